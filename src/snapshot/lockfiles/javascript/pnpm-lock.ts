// pnpm-lock.yaml, lockfile version 9.0 (pnpm 9 and later): packages by content, snapshots by the
// peers around them.

import * as z from 'zod/mini'
import {
  accept,
  membersOf,
  type JsonObject,
  judge,
  quote,
  type Result,
} from '../../../core/index.ts'
import { stripCredentials } from '../../address.ts'
import type { DependencySource, Lockfile, LockfileInput } from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import {
  type LockfileDocument,
  parseDocument,
  readPartShape,
  readShape,
  unknownVersion,
} from '../document.ts'
import { readYamlTree } from '../yaml-tree.ts'
import { assembleLockfile, entryProblem, type LockedEntry } from '../assembly.ts'
import { parseIntegrity } from '../digests.ts'
import { type Edge, PROJECT } from '../scopes.ts'
import { isAddress, registrySource, sourceOf } from './source.ts'

const TEXT = z.optional(z.string())
const TEXTS = z.optional(z.record(z.string(), z.string()))
const DIRECT = z.optional(z.record(z.string(), z.object({ version: z.string() })))

const PACKAGE = z.object({
  resolution: z.object({
    integrity: TEXT,
    tarball: TEXT,
    directory: TEXT,
    type: TEXT,
    repo: TEXT,
    commit: TEXT,
  }),
  name: TEXT,
  version: TEXT,
  peerDependencies: TEXTS,
  peerDependenciesMeta: z.optional(z.record(z.string(), z.object({ optional: TEXT }))),
})

const SNAPSHOT = z.union([
  z.object({ dependencies: TEXTS, optionalDependencies: TEXTS }),
  z.literal(''),
])

const IMPORTERS = z.record(
  z.string(),
  z.object({ dependencies: DIRECT, devDependencies: DIRECT, optionalDependencies: DIRECT }),
)

const PARTS = z.optional(z.record(z.string(), z.unknown()))

type Package = z.output<typeof PACKAGE>
type Importers = z.output<typeof IMPORTERS>

/**
 * Reads `lockfileVersion: '9.0'`; one entry for each snapshot, so a package with two sets of peers
 * is there twice.
 */
export function parsePnpmLock(input: LockfileInput): Result<Lockfile, SnapshotProblem> {
  const document = parseDocument(input.path, input.bytes, readYamlTree)
  if (!document.ok) return document
  const version = document.value.root['lockfileVersion']
  if (version !== '9.0') {
    const found = typeof version === 'string' ? version : 'none'
    return unknownVersion(input.path, { found, known: '9.0' })
  }
  const tree = readTree(document.value)
  if (!tree.ok) return tree
  const packages = readPackages(document.value, tree.value)
  if (!packages.ok) return packages
  const edges = readEdges(document.value, tree.value, packages.value.peers)
  if (!edges.ok) return edges
  const members = readMembers(document.value, Object.keys(tree.value.importers))
  const entries = [...members, ...packages.value.entries]
  const floating = entries.flatMap(({ name, source, line }) =>
    source.kind === 'git' && source.commit === undefined
      ? [{ name, requirement: source.url, line }]
      : [],
  )
  const graph = { entries, edges: edges.value, floating }
  return assembleLockfile({ path: input.path, kind: 'pnpm/9.0', ecosystem: 'npm', ...graph })
}

/** The three maps of the file; packages and snapshots are shaped one by one. */
interface Tree {
  readonly importers: Importers
  readonly packages: JsonObject
  readonly snapshots: JsonObject
}

function readTree(document: LockfileDocument): Result<Tree, SnapshotProblem> {
  const { root } = document
  const importers = readPartShape(document, IMPORTERS, {
    part: root['importers'],
    path: ['importers'],
  })
  if (!importers.ok) return importers
  const maps = readShape(document, z.object({ packages: PARTS, snapshots: PARTS }))
  if (!maps.ok) return maps
  const [packages, snapshots] = [objectAt(root, 'packages'), objectAt(root, 'snapshots')]
  return accept({ importers: importers.value, packages, snapshots })
}

/** What a package says of its peers, by the package's key; only of those that have some. */
type Peers = ReadonlyMap<string, ReadonlyMap<string, Edge['kind']>>

interface Packages {
  readonly entries: readonly LockedEntry[]
  readonly peers: Peers
}

function readPackages(
  document: LockfileDocument,
  { packages, snapshots }: Tree,
): Result<Packages, SnapshotProblem> {
  const problems: SnapshotProblem[] = []
  const entries: LockedEntry[] = []
  const peers = new Map<string, ReadonlyMap<string, Edge['kind']>>()
  const missing = (key: string, where: 'packages' | 'snapshots') => {
    const at = `${document.path} line ${document.lineOf(packages[key])}`
    const shown = quote(stripCredentials(key))
    problems.push(entryProblem(`Expected ${shown} under "${where}", found it nowhere`, at))
  }
  const idsByKey = Map.groupBy(Object.keys(snapshots), withoutPeers)
  for (const key of idsByKey.keys()) if (!Object.hasOwn(packages, key)) missing(key, 'packages')
  for (const [key, part] of Object.entries(packages)) {
    const locked = readPartShape(document, PACKAGE, { part, path: ['packages', key] })
    if (!locked.ok) {
      problems.push(...locked.problems)
      continue
    }
    const line = document.lineOf(part)
    for (const id of idsByKey.get(key) ?? []) {
      const entry = readPackage(id, locked.value, { line, at: `${document.path} line ${line}` })
      if (entry.ok) entries.push(entry.value)
      else problems.push(...entry.problems)
    }
    if (!idsByKey.has(key)) missing(key, 'snapshots')
    if (locked.value.peerDependencies !== undefined) peers.set(key, peersOf(locked.value))
  }
  return judge({ entries, peers }, problems)
}

function peersOf({ peerDependencies, peerDependenciesMeta }: Package) {
  const names = Object.keys(peerDependencies ?? {})
  return new Map(
    names.map((name): [string, Edge['kind']] => {
      const isOptional = peerDependenciesMeta?.[name]?.optional === 'true'
      return [name, isOptional ? 'optional-peer' : 'peer']
    }),
  )
}

/** Members of the workspace: pnpm locks their folders, not their names. */
function readMembers(document: LockfileDocument, paths: readonly string[]): readonly LockedEntry[] {
  const lines = objectAt(document.root, 'importers')
  return paths
    .filter((path) => path !== '.')
    .map((path) => ({
      id: memberId(path),
      name: path.split('/').at(-1) ?? path,
      version: undefined,
      digests: [],
      source: { kind: 'workspace', path },
      line: document.lineOf(lines[path]),
    }))
}

function readPackage(
  id: string,
  locked: Package,
  { line, at }: { readonly line: number; readonly at: string },
): Result<LockedEntry, SnapshotProblem> {
  const { resolution } = locked
  const digests = parseIntegrity(resolution.integrity ?? '', at)
  if (!digests.ok) return digests
  const key = withoutPeers(id)
  const split = key.indexOf('@', 1)
  const name = locked.name ?? (split < 0 ? key : key.slice(0, split))
  const spelled = split < 0 ? '' : key.slice(split + 1)
  const address = isAddress(spelled)
  const version = locked.version ?? (address ? undefined : spelled)
  const place =
    address || resolution.type !== undefined
      ? { source: placeOf(resolution, spelled) }
      : registrySource(name, resolution.tarball)
  return judge({ id, name, version, digests: digests.value, line, ...place }, [])
}

function placeOf(resolution: Package['resolution'], spelled: string): DependencySource {
  const { type, repo, commit, directory, tarball } = resolution
  if (type === 'git' && repo !== undefined) return sourceOf(`git+${repo}#${commit ?? ''}`)
  if (directory !== undefined) return { kind: 'file', path: directory }
  return sourceOf(tarball ?? spelled)
}

function readEdges(
  document: LockfileDocument,
  { importers, snapshots }: Tree,
  peers: Peers,
): Result<readonly Edge[], SnapshotProblem> {
  const edges: Edge[] = []
  const problems: SnapshotProblem[] = []
  const add = (from: string, name: string, { version, kind }: Target, line: number) => {
    if (version.startsWith('link:')) {
      edges.push(...linkEdge(importers, { from, path: version.slice('link:'.length), kind }))
      return
    }
    const to = [`${name}@${version}`, version].find((id) => Object.hasOwn(snapshots, id))
    if (to !== undefined) {
      edges.push({ from, to, kind })
      return
    }
    const shown = quote(stripCredentials(`${name}@${version}`))
    const at = `${document.path} line ${line}`
    problems.push(entryProblem(`Expected ${shown} under "snapshots", found it nowhere`, at))
  }
  const importerLines = objectAt(document.root, 'importers')
  for (const [path, importer] of Object.entries(importers)) {
    const from = path === '.' ? PROJECT : memberId(path)
    const line = document.lineOf(importerLines[path])
    // A member belongs to the project whether or not another member asks for it.
    if (from !== PROJECT) edges.push({ from: PROJECT, to: from, kind: 'prod' })
    for (const [kind, list] of directLists(importer)) {
      for (const [name, { version }] of Object.entries(list ?? {})) {
        add(from, name, { version, kind }, line)
      }
    }
  }
  for (const [from, part] of Object.entries(snapshots)) {
    const snapshot = readPartShape(document, SNAPSHOT, { part, path: ['snapshots', from] })
    if (!snapshot.ok) {
      problems.push(...snapshot.problems)
      continue
    }
    if (snapshot.value === '') continue
    const line = document.lineOf(part)
    // A snapshot lists the peers it was given among its dependencies.
    const kinds = peers.get(withoutPeers(from))
    for (const [name, version] of Object.entries(snapshot.value.dependencies ?? {})) {
      add(from, name, { version, kind: kinds?.get(name) ?? 'prod' }, line)
    }
    for (const [name, version] of Object.entries(snapshot.value.optionalDependencies ?? {})) {
      add(from, name, { version, kind: 'optional' }, line)
    }
  }
  return judge(edges, problems)
}

interface Target {
  readonly version: string
  readonly kind: Edge['kind']
}

function directLists(importer: Importers[string]) {
  return [
    ['prod', importer.dependencies],
    ['dev', importer.devDependencies],
    ['optional', importer.optionalDependencies],
  ] as const
}

/**
 * `link:` is relative to the importer's folder; only a link to another importer leads to an entry.
 */
function linkEdge(
  importers: Importers,
  { from, path, kind }: { from: string; path: string; kind: Edge['kind'] },
): readonly Edge[] {
  const folder = from === PROJECT ? '' : from.slice(memberId('').length)
  const target = new URL(path, `file:///${folder}/`).pathname.slice(1)
  return Object.hasOwn(importers, target) ? [{ from, to: memberId(target), kind }] : []
}

function memberId(path: string): string {
  return `link:${path}`
}

/** `a@1.0.0(b@2.0.0(c@3.0.0))` is the package `a@1.0.0`. */
function withoutPeers(id: string): string {
  return id.endsWith(')') ? id.slice(0, Math.max(0, id.indexOf('('))) : id
}

function objectAt(root: JsonObject, name: string): JsonObject {
  return membersOf(root[name])
}
