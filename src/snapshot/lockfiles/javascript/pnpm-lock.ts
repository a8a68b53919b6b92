// pnpm-lock.yaml, lockfile version 9.0 (pnpm 9 and later): packages by content, snapshots by the
// peers around them.

import * as z from 'zod/mini'
import { isJsonObject, type JsonObject, judge, quote, type Result } from '../../../core/index.ts'
import { stripCredentials } from '../../address.ts'
import type { DependencySource, Lockfile, LockfileInput } from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { type LockfileDocument, parseDocument, readShape, unknownVersion } from '../document.ts'
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

const LOCKFILE = z.object({
  importers: z.record(
    z.string(),
    z.object({ dependencies: DIRECT, devDependencies: DIRECT, optionalDependencies: DIRECT }),
  ),
  packages: z.optional(z.record(z.string(), PACKAGE)),
  snapshots: z.optional(
    z.record(
      z.string(),
      z.union([z.object({ dependencies: TEXTS, optionalDependencies: TEXTS }), z.literal('')]),
    ),
  ),
})

type Package = z.output<typeof PACKAGE>
type Tree = z.output<typeof LOCKFILE>

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
  const tree = readShape(document.value, LOCKFILE)
  if (!tree.ok) return tree
  const entries = readEntries(document.value, tree.value)
  if (!entries.ok) return entries
  const edges = readEdges(document.value, tree.value)
  if (!edges.ok) return edges
  const floating = entries.value.flatMap(({ name, source, line }) =>
    source.kind === 'git' && source.commit === undefined
      ? [{ name, requirement: source.url, line }]
      : [],
  )
  const graph = { entries: entries.value, edges: edges.value, floating }
  return assembleLockfile({ path: input.path, kind: 'pnpm/9.0', ecosystem: 'npm', ...graph })
}

function readEntries(
  document: LockfileDocument,
  { importers, packages = {}, snapshots = {} }: Tree,
): Result<readonly LockedEntry[], SnapshotProblem> {
  const problems: SnapshotProblem[] = []
  const lines = objectAt(document.root, 'packages')
  const used = new Set<string>()
  const entries = Object.keys(snapshots).flatMap((id): LockedEntry | readonly [] => {
    const key = withoutPeers(id)
    used.add(key)
    const locked = Object.hasOwn(packages, key) ? packages[key] : undefined
    const line = document.lineOf(lines[key])
    const at = `${document.path} line ${line}`
    if (locked === undefined) {
      const shown = quote(stripCredentials(key))
      problems.push(entryProblem(`Expected ${shown} under "packages", found it nowhere`, at))
      return []
    }
    const entry = readPackage(id, locked, { line, at })
    if (!entry.ok) problems.push(...entry.problems)
    return entry.ok ? entry.value : []
  })
  for (const key of Object.keys(packages)) {
    if (used.has(key)) continue
    const shown = quote(stripCredentials(key))
    const at = `${document.path} line ${document.lineOf(lines[key])}`
    problems.push(entryProblem(`Expected ${shown} under "snapshots", found it nowhere`, at))
  }
  return judge([...readMembers(document, Object.keys(importers)), ...entries], problems)
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
  { importers, packages = {}, snapshots = {} }: Tree,
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
  const snapshotLines = objectAt(document.root, 'snapshots')
  for (const [from, snapshot] of Object.entries(snapshots)) {
    if (snapshot === '') continue
    const line = document.lineOf(snapshotLines[from])
    for (const [name, version] of Object.entries(snapshot.dependencies ?? {})) {
      add(from, name, { version, kind: kindOf(packages[withoutPeers(from)], name) }, line)
    }
    for (const [name, version] of Object.entries(snapshot.optionalDependencies ?? {})) {
      add(from, name, { version, kind: 'optional' }, line)
    }
  }
  return judge(edges, problems)
}

/** A snapshot lists the peers it was given among its dependencies. */
function kindOf(asking: Package | undefined, name: string): Edge['kind'] {
  if (!Object.hasOwn(asking?.peerDependencies ?? {}, name)) return 'prod'
  return asking?.peerDependenciesMeta?.[name]?.optional === 'true' ? 'optional-peer' : 'peer'
}

interface Target {
  readonly version: string
  readonly kind: Edge['kind']
}

function directLists(importer: Tree['importers'][string]) {
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
  importers: Tree['importers'],
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
  const value = root[name]
  return isJsonObject(value) ? value : {}
}
