// Whether the files that an evidence definition says it is made by are there: in a snapshot that the records of a release in use name by digest.

import { accept, quote, refuse, type Result } from '../../core/index.ts'
import type { PolicyOf } from '../../policy/index.ts'
import type { Snapshot } from '../../snapshot/index.ts'
import type { GateProblem } from '../problem.ts'
import { currentReleaseOf, type ProjectState } from '../project-state.ts'
import type { ReleaseState } from '../release-state.ts'

/** A snapshot that somebody hands over; nobody vouches for it by that. */
export interface GivenSnapshot {
  /** Of the bytes of its document. */
  readonly sha256: string
  readonly snapshot: Snapshot
}

/** A snapshot that the signed records of a release in use name. */
export interface ReleaseSnapshot {
  readonly sha256: string
  readonly release: string
  /** Whether accepted provenance names it too, or the tracking record alone. */
  readonly namedBy: 'provenance' | 'tracking-record'
  /** Of the gate of the release. */
  readonly targets: readonly string[]
  /** What the release was made from, from the root of the repository. */
  readonly paths: ReadonlySet<string>
}

/**
 * Where the files of a definition are: there are none, for people make it; nobody handed over a snapshot to look in; or they are, or are
 * not, in the snapshots of the releases that it is for.
 */
export type EvidenceImplementation =
  | { readonly state: 'by-hand' | 'not-looked-at' }
  | {
      readonly state: 'in-snapshot' | 'not-in-snapshot'
      readonly snapshots: readonly Pick<ReleaseSnapshot, 'sha256' | 'release' | 'namedBy'>[]
      /** Files that one of them does not have. */
      readonly missing: readonly string[]
    }

/** Finds the releases in use that each snapshot is of; one that is of none is refused. */
export function bindSnapshots(
  project: ProjectState,
  given: readonly GivenSnapshot[],
): Result<readonly ReleaseSnapshot[], GateProblem> {
  const bound: ReleaseSnapshot[] = []
  for (const one of given) {
    const releases = releasesInUse(project).filter(({ release }) => release.snapshot === one.sha256)
    if (releases.length === 0) return refuse(unknownSnapshot(one, project))
    for (const { release, targets } of releases) {
      const paths = pathsOf(one.snapshot, release)
      if (paths === undefined) return refuse(otherSource(one, release))
      bound.push({
        ...{ sha256: one.sha256, release: release.id, targets, paths },
        namedBy: isProvenanced(release) ? 'provenance' : 'tracking-record',
      })
    }
  }
  return accept(bound)
}

/** Whether the files of a definition are in every snapshot of a release that it is for. */
export function implementationOf(
  { scope, implementedBy = [] }: Pick<PolicyOf<'evidence'>, 'scope' | 'implementedBy'>,
  snapshots: readonly ReleaseSnapshot[],
): EvidenceImplementation {
  if (implementedBy.length === 0) return { state: 'by-hand' }
  const asked = snapshots.filter(({ targets }) =>
    targets.some((target) => scope.targets?.includes(target) ?? true),
  )
  if (asked.length === 0) return { state: 'not-looked-at' }
  const missing = implementedBy.filter((path) => !asked.every(({ paths }) => paths.has(path)))
  return {
    state: missing.length === 0 ? 'in-snapshot' : 'not-in-snapshot',
    snapshots: asked.map(({ sha256, release, namedBy }) => ({ sha256, release, namedBy })),
    missing,
  }
}

interface ReleaseInUse {
  readonly release: ReleaseState
  readonly targets: readonly string[]
}

function releasesInUse(project: ProjectState): readonly ReleaseInUse[] {
  return [...project.registry.of('gate').values()].flatMap(({ id, scope: { targets } }) => {
    const release = currentReleaseOf(project, id)
    return release === undefined ? [] : [{ release, targets }]
  })
}

/** A work tree that is no commit, or another one, is not what the release was made from, whatever its records name. */
function pathsOf(
  { source, inputs }: Snapshot,
  { commits }: ReleaseState,
): ReadonlySet<string> | undefined {
  if (source.state !== 'clean' || !commits.includes(source.commit)) return undefined
  const { folder } = source
  return new Set(inputs.map(({ path }) => (folder === '' ? path : `${folder}/${path}`)))
}

/** That its provenance carries the claim means that it names the snapshot of the tracking record. */
function isProvenanced({ provenance }: ReleaseState): boolean {
  return provenance?.claims.includes('dependency-snapshot') === true
}

function unknownSnapshot({ sha256 }: GivenSnapshot, project: ProjectState): GateProblem {
  const named = releasesInUse(project).flatMap(({ release }) =>
    release.snapshot === undefined ? [] : [`${release.snapshot} of ${release.id}`],
  )
  return {
    code: 'gate/snapshot-unknown',
    message: `Expected a snapshot that a release in use names (${named.length === 0 ? 'there is none' : named.join(', ')}), found sha256:${sha256}`,
    hint: 'Hand over the bytes that assay record had with --snapshot when it tracked the release',
  }
}

function otherSource({ snapshot: { source } }: GivenSnapshot, release: ReleaseState): GateProblem {
  const found = source.state === 'absent' ? 'no commit' : `${source.state} ${quote(source.commit)}`
  return {
    code: 'gate/snapshot-source',
    message: `Expected a snapshot of a clean checkout of the commit of ${release.id} (${release.commits.map(quote).join(', ')}), found one of ${found}`,
  }
}
