// The tree of packages that npm locks: where each lies under `node_modules`, and so what each name
// means in each place.

import { judge, quote, type Result, refuse } from '../../../../core/index.ts'
import { stripCredentials } from '../../../address.ts'
import type { DependencySource, FloatingRequirement, Lockfile } from '../../../dependency.ts'
import type { SnapshotProblem } from '../../../problem.ts'
import { assembleLockfile, entryProblem, type LockedEntry } from '../../assembly.ts'
import { parseIntegrity } from '../../digests.ts'
import { type Edge, PROJECT } from '../../scopes.ts'
import { isAddress, isRepository, registrySource, sourceOf } from '../source.ts'

/** One member of `packages`; version 1 is brought into this form. */
export interface PackageEntry {
  readonly name?: string | undefined
  readonly version?: string | undefined
  readonly resolved?: string | undefined
  readonly integrity?: string | undefined
  readonly link?: boolean | undefined
  readonly dev?: boolean | undefined
  readonly optional?: boolean | undefined
  readonly devOptional?: boolean | undefined
  readonly peer?: boolean | undefined
  readonly inBundle?: boolean | undefined
  readonly dependencies?: Requirements
  readonly devDependencies?: Requirements
  readonly optionalDependencies?: Requirements
  readonly peerDependencies?: Requirements
  readonly peerDependenciesMeta?:
    | Readonly<Record<string, { readonly optional?: boolean | undefined }>>
    | undefined
  readonly line: number
}

type Requirements = Readonly<Record<string, string>> | undefined

/** A tree by location; the project itself is at `""`, and locked by nobody. */
export interface PackageTree {
  readonly path: string
  readonly kind: string
  readonly entries: ReadonlyMap<string, PackageEntry>
}

/** One request of one package, and where it leads. */
interface Request {
  readonly from: string
  readonly name: string
  readonly requirement: string
  readonly kind: Edge['kind']
  readonly to: string | undefined
  readonly line: number
}

/** npm nests no deeper than file systems allow; each level is one more place to look for a name. */
const DEPTH_MAX = 64

function depthOf(location: string): number {
  return location.split('node_modules/').length - 1
}

/** Reads the tree into the shape of all lockfiles. */
export function readPackageTree(tree: PackageTree): Result<Lockfile, SnapshotProblem> {
  const deep = [...tree.entries].find(([location]) => depthOf(location) > DEPTH_MAX)
  if (deep !== undefined) {
    const message = `Expected packages in at most ${DEPTH_MAX} folders named node_modules inside each other, found more`
    return refuse(entryProblem(message, `${tree.path} line ${deep[1].line}`))
  }
  const requests = [...tree.entries].flatMap(([from, entry]) => requestsOf(tree, from, entry))
  const spelled = new Map<string, string>()
  for (const { to, requirement } of requests) {
    if (to !== undefined && isAddress(requirement)) spelled.set(to, requirement)
  }
  const problems: SnapshotProblem[] = []
  const entries = [...tree.entries].flatMap(([location, entry]): LockedEntry | readonly [] => {
    if (location === PROJECT || followLink(tree, location) !== location) return []
    const read = readEntry(tree, location, entry, spelled.get(location))
    if (!read.ok) problems.push(...read.problems)
    return read.ok ? read.value : []
  })
  const edges = requests.flatMap(({ from, to, kind }) =>
    to === undefined ? [] : { from, to, kind },
  )
  const floating = findFloating(requests, entries)
  const lockfile = assembleLockfile({ ...tree, ecosystem: 'npm', entries, edges, floating })
  return lockfile.ok ? judge(lockfile.value, problems) : lockfile
}

function readEntry(
  tree: PackageTree,
  location: string,
  entry: PackageEntry,
  spelled: string | undefined,
): Result<LockedEntry, SnapshotProblem> {
  const at = `${tree.path} line ${entry.line}`
  const digests = parseIntegrity(entry.integrity ?? '', at)
  if (!digests.ok) return digests
  const name = entry.name ?? nameOf(location)
  const problems: SnapshotProblem[] = []
  const bundler = entry.inBundle === true ? bundlerOf(tree, location) : PROJECT
  if (bundler === undefined) {
    const shown = quote(stripCredentials(location))
    problems.push(entryProblem(`Expected the package that bundles ${shown}, found none`, at))
  }
  const place =
    bundler === undefined || bundler === PROJECT
      ? placeOf(location, { ...entry, name, spelled })
      : { source: { kind: 'bundled', within: stripCredentials(bundler) } as const }
  const { dev = false, optional = false, devOptional = false, peer = false } = entry
  const scope = { dev, optional: optional || devOptional, peer }
  return judge(
    {
      id: location,
      name,
      version: entry.version,
      digests: digests.value,
      ...place,
      line: entry.line,
      scope,
    },
    problems,
  )
}

/** npm leaves `resolved` out where it is told to, and for what lies in the project. */
function placeOf(
  location: string,
  { name, resolved, spelled, link }: PackageEntry & { name: string; spelled: string | undefined },
): { readonly source: DependencySource; readonly registry?: string | undefined } {
  const inside = /(?:^|\/)node_modules\//.test(location)
  if (!inside || link === true) {
    const path = inside ? (resolved ?? location) : location
    // A folder that a manifest names by its path is a link; every other one is a member.
    return { source: { kind: spelled === undefined ? 'workspace' : 'link', path } }
  }
  if (resolved === undefined) {
    if (spelled !== undefined && /^https?:/.test(spelled)) return { source: sourceOf(spelled) }
    return registrySource(name)
  }
  if (!/^https?:\/\//.test(resolved)) return { source: sourceOf(resolved) }
  const foreign = spelled !== undefined && (/^https?:/.test(spelled) || isRepository(spelled))
  return foreign ? { source: sourceOf(resolved) } : registrySource(name, resolved)
}

/**
 * What the package asks for, each name once; a later list replaces an earlier one, as npm has it.
 */
function requestsOf(tree: PackageTree, from: string, entry: PackageEntry): readonly Request[] {
  if (entry.link === true && followLink(tree, from) !== from) return []
  const asked = new Map<string, { requirement: string; kind: Edge['kind'] }>()
  const add = (requirements: Requirements, kindOf: (name: string) => Edge['kind']) => {
    for (const [name, requirement] of Object.entries(requirements ?? {})) {
      asked.set(name, { requirement, kind: kindOf(name) })
    }
  }
  const { peerDependenciesMeta: meta } = entry
  add(entry.peerDependencies, (name) => (meta?.[name]?.optional ? 'optional-peer' : 'peer'))
  // Only the project and its members have their development dependencies installed.
  if (!/(?:^|\/)node_modules\//.test(from)) add(entry.devDependencies, () => 'dev')
  add(entry.dependencies, () => 'prod')
  add(entry.optionalDependencies, () => 'optional')
  return [...asked].map(([name, { requirement, kind }]) => {
    const to = resolveName(tree, from, name)
    return { from, name, requirement, kind, to, line: entry.line }
  })
}

/** Node's own look-up: the folder's `node_modules`, then that of each folder above it. */
function resolveName(tree: PackageTree, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = parentOf(folder)) {
    const location = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    if (tree.entries.has(location)) return followLink(tree, location)
    if (folder === '' || folder === '..') return undefined
  }
}

function parentOf(folder: string): string {
  return folder.slice(0, Math.max(0, folder.lastIndexOf('/')))
}

/** The entry of the folder that a link leads to, where the lockfile has one. */
function followLink(tree: PackageTree, location: string): string {
  const { link, resolved } = tree.entries.get(location) ?? {}
  return link === true && resolved !== undefined && tree.entries.has(resolved) ? resolved : location
}

/** The nearest package around this one that is not bundled itself. */
function bundlerOf(tree: PackageTree, location: string): string | undefined {
  let around = location
  do {
    const end = around.lastIndexOf('/node_modules/')
    if (end < 0) return PROJECT
    around = around.slice(0, end)
    if (!tree.entries.has(around)) return undefined
  } while (tree.entries.get(around)?.inBundle === true)
  return around
}

/** `node_modules/a/node_modules/@b/c` is `@b/c`; a member's folder is named by its last part. */
function nameOf(location: string): string {
  const parts = location.split('/')
  const last = parts.at(-1) ?? ''
  const scope = parts.at(-2) ?? ''
  return scope.startsWith('@') ? `${scope}/${last}` : last
}

/**
 * A required package that is not locked, and a repository without a commit, may be another one
 * tomorrow.
 */
function findFloating(
  requests: readonly Request[],
  entries: readonly LockedEntry[],
): readonly FloatingRequirement[] {
  const missing = requests.filter(({ to, kind }) => {
    return to === undefined && (kind === 'prod' || kind === 'dev')
  })
  const loose = entries.filter(({ source }) => source.kind === 'git' && source.commit === undefined)
  return [
    ...missing.map(({ name, requirement, line }) => ({ name, requirement, line })),
    ...loose.map(({ name, source, line }) => {
      return { name, requirement: 'url' in source ? (source.url ?? '') : '', line }
    }),
  ].toSorted((a, b) => a.line - b.line)
}
