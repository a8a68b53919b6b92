// The last step of every JavaScript lockfile: entries and edges become dependencies with purls,
// scopes and order.

import { compareCodePoints, judge, quote, type Result, refuse } from '../../../core/index.ts'
import { stripCredentials } from '../../address.ts'
import type {
  Dependency,
  DependencySource,
  FloatingRequirement,
  LockedDigest,
  Lockfile,
} from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { buildPurl } from '../../purl.ts'
import { computeScopes, type Edge, PROJECT, type Scope } from './scopes.ts'

/** One entry of a lockfile, read but not yet placed in the graph. */
export interface LockedEntry {
  /** The entry's key; credentials are left out here, so edges may use the key as it is. */
  readonly id: string
  readonly name: string
  readonly version: string | undefined
  readonly digests: readonly LockedDigest[]
  readonly registry?: string | undefined
  readonly source: DependencySource
  readonly line: number
  /** Where the lockfile itself says so, and its tool acts on that. */
  readonly scope?: Omit<Scope, 'relationship'>
}

/** What a parser has found. */
export interface LockedGraph {
  readonly path: string
  readonly kind: string
  readonly entries: readonly LockedEntry[]
  readonly edges: readonly Edge[]
  readonly floating: readonly FloatingRequirement[]
}

/** `name` or `@scope/name`: no blank, no further slash. */
const PACKAGE_NAME = /^(?:@[^/\s]+\/)?[^@/\s][^/\s]*$/

/** Makes the lockfile; refuses names that are none and entries that share an id. */
export function assembleLockfile(graph: LockedGraph): Result<Lockfile, SnapshotProblem> {
  const problems: SnapshotProblem[] = []
  const members = graph.entries.flatMap(({ id, source }) => (source.kind === 'workspace' ? id : []))
  const scopeOf = computeScopes(graph.edges, new Set(members))
  const requests = Map.groupBy(graph.edges, (edge) => edge.from)
  const seen = new Set<string>()
  const dependencies = graph.entries.flatMap((entry): Dependency | readonly [] => {
    const at = `${graph.path} line ${entry.line}`
    const id = stripCredentials(entry.id)
    const purl = purlOf(entry, at)
    if (!purl.ok) problems.push(...purl.problems)
    if (seen.has(id))
      problems.push(entryProblem(`Expected each entry once, found ${quote(id)} twice`, at))
    seen.add(id)
    if (!purl.ok) return []
    return {
      id,
      purl: purl.value,
      name: entry.name,
      ...(entry.version !== undefined && { version: entry.version }),
      ecosystem: 'npm',
      digests: entry.digests,
      ...(entry.registry !== undefined && { registry: entry.registry }),
      source: entry.source,
      ...scopeOf(entry.id),
      ...entry.scope,
      locked: { path: graph.path, line: entry.line },
      dependsOn: uniqueIds(requests.get(entry.id) ?? []),
    }
  })
  dependencies.sort((a, b) => compareCodePoints(a.id, b.id))
  const floating = graph.floating.map((open) => ({
    ...open,
    requirement: stripCredentials(open.requirement),
  }))
  return judge({ path: graph.path, kind: graph.kind, dependencies, floating }, problems)
}

/** A `snapshot/lockfile-entry` problem. */
export function entryProblem(message: string, at: string): SnapshotProblem {
  return { code: 'snapshot/lockfile-entry', message, at }
}

function uniqueIds(edges: readonly Edge[]): readonly string[] {
  const ids = new Set(edges.flatMap(({ to }) => (to === PROJECT ? [] : stripCredentials(to))))
  return [...ids].toSorted(compareCodePoints)
}

/**
 * `vcs_url` in the manner of SPDX (`git+https://…@commit`) and `download_url` (purl specification,
 * known qualifiers).
 */
function purlOf(
  { name, version, source }: LockedEntry,
  at: string,
): Result<string, SnapshotProblem> {
  if (!PACKAGE_NAME.test(name)) {
    return refuse(
      entryProblem(`Expected a package name, found ${quote(stripCredentials(name))}`, at),
    )
  }
  const slash = name.indexOf('/')
  return buildPurl({
    type: 'npm',
    ...(slash > 0 && { namespace: name.slice(0, slash) }),
    name: name.slice(slash + 1),
    ...(version !== undefined && { version }),
    ...(source.kind === 'git' && { qualifiers: { vcs_url: vcsUrl(source.url, source.commit) } }),
    ...(source.kind === 'url' && { qualifiers: { download_url: source.url } }),
  })
}

function vcsUrl(url: string, commit: string | undefined): string {
  return `${url.startsWith('git') ? '' : 'git+'}${url}${commit === undefined ? '' : `@${commit}`}`
}
