// Which packages the lockfiles of a snapshot hold, so that a report can be told to be about them.

import { judge, quote, type Result, refuse } from '../../core/index.ts'
import type { Lockfile } from '../dependency.ts'
import type { SnapshotProblem } from '../problem.ts'
import type { Snapshot } from '../snapshot.ts'
import type { ReportForm, Site } from './advisory.ts'
import type { Located, Locate } from './finding.ts'
import { keyOfPackage, keyOfVersion } from './package-name.ts'

/** A lockfile that a report is about. */
export interface AuditedLockfile {
  readonly path: string
  readonly sha256: string
}

/** The lockfiles, and how their packages are looked up. */
export interface LockfileContents {
  readonly lockfiles: readonly AuditedLockfile[]
  /** How many packages of the report's ecosystems they hold. */
  readonly packages: number
  readonly locate: Locate
}

/**
 * The lockfiles of the snapshot that a report is about.
 *
 * @param paths as the snapshot has them; none is said to be meant where there is one only that a report of this form can be about
 */
export function selectLockfiles(
  { lockfiles, inputs }: Snapshot,
  form: ReportForm,
  paths: readonly string[],
): Result<LockfileContents, SnapshotProblem> {
  const isNpm = form === 'npm-audit' || form === 'npm-audit-legacy'
  const candidates = lockfiles.filter(
    ({ dependencies }) => !isNpm || dependencies.every(({ ecosystem }) => ecosystem === 'npm'),
  )
  const unknown = paths.filter((path) => candidates.every((each) => each.path !== path))
  const shown = candidates.map(({ path }) => quote(path)).join(', ')
  if (paths.length === 0 && candidates.length !== 1) {
    return refuse({
      code: 'snapshot/advisory-lockfile',
      message: `Expected one lockfile in the snapshot that the report can be about, found ${shown || 'none'}`,
      hint: 'Name each that the report is about with --lockfile',
    })
  }
  const problems = unknown.map((path): SnapshotProblem => {
    const message = `Expected one of the lockfiles ${shown || 'of the snapshot'}, found ${quote(path)}`
    return { code: 'snapshot/advisory-lockfile', message }
  })
  const chosen = candidates.filter(({ path }) => paths.length === 0 || paths.includes(path))
  const digests = new Map(inputs.map(({ path, sha256 }) => [path, sha256]))
  return judge(
    {
      lockfiles: chosen.map(({ path }) => ({ path, sha256: digests.get(path) as string })),
      packages: chosen.reduce((sum, { dependencies }) => sum + dependencies.length, 0),
      locate: locateIn(chosen),
    },
    problems,
  )
}

function locateIn(lockfiles: readonly Lockfile[]): Locate {
  const all = lockfiles.flatMap(({ dependencies }) => dependencies)
  const byName = Map.groupBy(all, keyOfPackage)
  const hasPlaces = lockfiles.every(({ kind }) => kind.startsWith('npm/'))
  return (found, sites): Located => {
    const here = byName.get(keyOfPackage(found)) ?? []
    const places = Map.groupBy(here, ({ id }) => id)
    const versions = Map.groupBy(here, ({ ecosystem, version = '' }) =>
      keyOfVersion(ecosystem, version),
    )
    const at = (site: Site) => {
      if ('version' in site) {
        return versions.get(keyOfVersion(found.ecosystem, site.version)) ?? []
      }
      // Only npm names places by its own lockfile; in others the name has to do.
      return hasPlaces ? (places.get(site.place) ?? []) : here
    }
    const matched = sites.length === 0 ? [here] : sites.map(at)
    return {
      versions: [...new Set(matched)].flat().flatMap(({ version }) => version ?? []),
      inSnapshot: matched.every((each) => each.length > 0),
    }
  }
}
