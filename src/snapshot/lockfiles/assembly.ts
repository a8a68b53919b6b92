// The last step of every lockfile: entries and edges become dependencies with purls and order.

import { compareCodePoints, type JsonValue, judge, quote, type Result } from '../../core/index.ts'
import { stripCredentials } from '../address.ts'
import type {
  Dependency,
  DependencySource,
  Ecosystem,
  FloatingRequirement,
  LockedDigest,
  Lockfile,
} from '../dependency.ts'
import type { SnapshotProblem } from '../problem.ts'
import { buildPurl } from '../purl/purl.ts'
import { computeScopes, type Edge, PROJECT } from './scopes.ts'

/** One entry of a lockfile, read but not yet placed in the graph. */
export interface LockedEntry {
  /** The entry's key; edges use it. Credentials are left out of it here. */
  readonly id: string
  readonly name: string
  readonly version?: string | undefined
  readonly digests: readonly LockedDigest[]
  readonly registry?: string | undefined
  readonly source: DependencySource
  readonly line: number
  /** The file that locks it, where that is not the lockfile itself. */
  readonly path?: string | undefined
  /** Part of the purl where one version is several archives: `{ platform: 'java' }`. */
  readonly qualifiers?: Readonly<Record<string, string>> | undefined
  /** Where the lockfile says it outright, and its tool acts on that. */
  readonly scope?: Partial<Pick<Dependency, 'relationship' | 'dev' | 'optional' | 'peer'>>
}

/** What a parser has found. Edges from {@link PROJECT} are the project's own requests. */
export interface LockedGraph {
  readonly path: string
  readonly kind: string
  readonly ecosystem: Ecosystem
  readonly entries: readonly LockedEntry[]
  readonly edges: readonly Edge[]
  readonly floating?: readonly FloatingRequirement[]
}

/** What separates the namespace from the name; the last one counts. */
const SEPARATORS: Partial<Record<Ecosystem, string>> = {
  composer: '/',
  golang: '/',
  maven: ':',
  npm: '/',
}

/** npm's rule for names, which a purl has not: `name` or `@scope/name`, no blank, no further slash. */
const NAMES: Partial<Record<Ecosystem, RegExp>> = {
  npm: /^(?:@[^/\s]+\/)?[^@/\s][^/\s]*$/,
}

/** Makes the lockfile; refuses names that no package or no purl can have, and entries that share an id. */
export function assembleLockfile(graph: LockedGraph): Result<Lockfile, SnapshotProblem> {
  const problems: SnapshotProblem[] = []
  const members = graph.entries.filter(({ source }) => source.kind === 'workspace')
  const scopeOf = computeScopes(graph.edges, new Set(members.map(({ id }) => id)))
  const requests = Map.groupBy(graph.edges, (edge) => edge.from)
  const seen = new Set<string>()
  const dependencies = graph.entries.flatMap((entry): Dependency | readonly [] => {
    const path = entry.path ?? graph.path
    const at = `${path} line ${entry.line}`
    if (NAMES[graph.ecosystem]?.test(entry.name) === false) {
      // What is no name is not shown: it may be part of an address with a password.
      problems.push(entryProblem('Expected a package name, found another text', at))
      return []
    }
    const id = stripCredentials(entry.id)
    if (seen.has(id)) {
      problems.push(entryProblem(`Expected each entry once, found ${quote(id)} twice`, at))
    }
    seen.add(id)
    const purl = purlOf(graph.ecosystem, entry)
    if (!purl.ok) {
      problems.push(...purl.problems.map((problem) => ({ ...problem, at })))
      return []
    }
    return {
      id,
      purl: purl.value,
      name: entry.name,
      ...(entry.version !== undefined && { version: entry.version }),
      ecosystem: graph.ecosystem,
      digests: entry.digests,
      ...(entry.registry !== undefined && { registry: entry.registry }),
      source: entry.source,
      ...scopeOf(entry.id),
      ...entry.scope,
      locked: { path, line: entry.line },
      dependsOn: uniqueIds(requests.get(entry.id) ?? []),
    }
  })
  dependencies.sort((a, b) => compareCodePoints(a.id, b.id))
  const floating = (graph.floating ?? []).map((open) => ({
    ...open,
    name: stripCredentials(open.name),
    requirement: stripCredentials(open.requirement),
  }))
  return judge({ path: graph.path, kind: graph.kind, dependencies, floating }, problems)
}

/** Versions and platforms of one name: more than any real lockfile has, and few enough for edges between all of them. */
const VARIANTS_MAX = 64

/** Finds items by name; refuses more of one name than edges to each of them can be followed. */
export function indexByName<Item>(
  path: string,
  items: readonly Item[],
  nameOf: (item: Item) => string,
): Result<ReadonlyMap<string, readonly Item[]>, SnapshotProblem> {
  const byName = Map.groupBy(items, nameOf)
  const problems = [...byName]
    .filter(([, variants]) => variants.length > VARIANTS_MAX)
    .map(([name]) =>
      entryProblem(`Expected at most ${VARIANTS_MAX} entries of ${quote(name)}, found more`, path),
    )
  return judge(byName, problems)
}

/** A `snapshot/lockfile-entry` problem. */
export function entryProblem(message: string, at: string): SnapshotProblem {
  return { code: 'snapshot/lockfile-entry', message, at }
}

/** A format version of a document, as a message shows it. */
export function shownVersion(version: JsonValue | undefined): string {
  return typeof version === 'number' || typeof version === 'string' ? String(version) : 'none'
}

function uniqueIds(edges: readonly Edge[]): readonly string[] {
  const ids = new Set(edges.map(({ to }) => to))
  ids.delete(PROJECT)
  return [...ids].map(stripCredentials).toSorted(compareCodePoints)
}

/** `vcs_url` in the manner of SPDX (`git+https://…@commit`) and `download_url` (purl specification, known qualifiers). */
function purlOf(
  ecosystem: Ecosystem,
  { name, version, registry, source, qualifiers }: LockedEntry,
): Result<string, SnapshotProblem> {
  const separator = SEPARATORS[ecosystem]
  const cut = separator === undefined ? -1 : name.lastIndexOf(separator)
  const all = {
    ...qualifiers,
    // What a registry names too is known by that name, wherever its bytes come from.
    ...(source.kind === 'git' &&
      registry === undefined && { vcs_url: vcsUrl(source.url, source.commit) }),
    ...(source.kind === 'url' && { download_url: source.url }),
  }
  return buildPurl({
    type: ecosystem,
    ...(cut > 0 && { namespace: name.slice(0, cut) }),
    name: name.slice(cut + 1),
    ...(version !== undefined && { version }),
    ...(Object.keys(all).length > 0 && { qualifiers: all }),
  })
}

function vcsUrl(url: string, commit: string | undefined): string {
  return `${url.startsWith('git') ? '' : 'git+'}${url}${commit === undefined ? '' : `@${commit}`}`
}
