// bun.lock, lockfile versions 0, 1 and 2: JSON with trailing commas; each package is a short array,
// its key a place.

import * as z from 'zod/mini'
import { accept, isJsonObject, judge, quote, type Result } from '../../../core/index.ts'
import { stripCredentials } from '../../address.ts'
import type { FloatingRequirement, Lockfile, LockfileInput } from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { parseDocument, readShape, unknownVersion } from '../document.ts'
import { readTrailingCommaJson } from '../trailing-comma-json.ts'
import { assembleLockfile, entryProblem, type LockedEntry } from '../assembly.ts'
import { parseIntegrity } from '../digests.ts'
import { type Edge, PROJECT } from '../scopes.ts'
import { isAddress, registrySource, sourceOf } from './source.ts'

const TEXTS = z.optional(z.record(z.string(), z.string()))

const REQUIREMENTS = z.object({
  dependencies: TEXTS,
  devDependencies: TEXTS,
  optionalDependencies: TEXTS,
  peerDependencies: TEXTS,
  optionalPeers: z.optional(z.array(z.string())),
})

const LOCKFILE = z.object({
  workspaces: z.record(
    z.string(),
    z.extend(REQUIREMENTS, { name: z.optional(z.string()), version: z.optional(z.string()) }),
  ),
  packages: z.record(z.string(), z.array(z.union([z.string(), REQUIREMENTS]))),
})

type Tree = z.output<typeof LOCKFILE>
type Requirements = z.output<typeof REQUIREMENTS>
type Locked = Tree['packages'][string]

/** Reads the text lockfile; the binary `bun.lockb` is another format. */
export function parseBunLock(input: LockfileInput): Result<Lockfile, SnapshotProblem> {
  const document = parseDocument(input.path, input.bytes, readTrailingCommaJson)
  if (!document.ok) return document
  const version = document.value.root['lockfileVersion']
  if (version !== 0 && version !== 1 && version !== 2) {
    const found = typeof version === 'number' ? String(version) : 'none'
    return unknownVersion(input.path, { found, known: '0, 1 or 2' })
  }
  const shaped = readShape(document.value, LOCKFILE)
  if (!shaped.ok) return shaped
  const tree = shaped.value
  const lines = document.value.root['packages']
  const lineOf = (key: string) =>
    document.value.lineOf(isJsonObject(lines) ? lines[key] : undefined)
  const problems: SnapshotProblem[] = []
  const entries = Object.entries(tree.packages).flatMap(
    ([id, locked]): LockedEntry | readonly [] => {
      const line = lineOf(id)
      const entry = readPackage(tree, { id, locked, line, at: `${input.path} line ${line}` })
      if (!entry.ok) problems.push(...entry.problems)
      return entry.ok ? entry.value : []
    },
  )
  const graph = { entries, ...connect(tree, entries) }
  const lockfile = assembleLockfile({
    path: input.path,
    kind: `bun/${version}`,
    ecosystem: 'npm',
    ...graph,
  })
  return lockfile.ok ? judge(lockfile.value, problems) : lockfile
}

/**
 * `[name@version, registry, {…}, integrity]`, or `[name@address, {…}, …]` for what no registry
 * serves.
 */
function readPackage(
  tree: Tree,
  {
    id,
    locked,
    line,
    at,
  }: { readonly id: string; readonly locked: Locked; readonly line: number; readonly at: string },
): Result<LockedEntry, SnapshotProblem> {
  const [spelled] = locked
  if (typeof spelled !== 'string' || spelled.indexOf('@', 1) < 0) {
    const shown = quote(stripCredentials(id))
    return judge({} as LockedEntry, [
      entryProblem(`Expected ${shown} to start with its name and version`, at),
    ])
  }
  const split = spelled.indexOf('@', 1)
  const name = spelled.slice(0, split)
  const version = spelled.slice(split + 1)
  if (version.startsWith('workspace:')) {
    const path = version.slice('workspace:'.length)
    const source = { kind: 'workspace', path } as const
    return judge(
      { id, name, version: tree.workspaces[path]?.version, digests: [], source, line },
      [],
    )
  }
  const last = locked.at(-1)
  const integrity = typeof last === 'string' && /^(?:md5|sha\d+)-/.test(last) ? last : ''
  const digests = parseIntegrity(integrity, at)
  if (!digests.ok) return digests
  if (isAddress(version)) {
    const source = sourceOf(version)
    // The commit in full stands behind the requirements; the address has its beginning.
    const full = source.kind === 'git' ? locked.findLast((part) => isFullCommit(part)) : undefined
    const place =
      typeof full === 'string' ? { ...source, commit: full.replace(/^.*-/, '') } : source
    return judge(
      {
        id,
        name,
        version: undefined,
        digests: digests.value,
        source: place,
        line,
      },
      [],
    )
  }
  const url = typeof locked[1] === 'string' && locked[1] !== '' ? locked[1] : undefined
  return accept({ id, name, version, digests: digests.value, line, ...registrySource(name, url) })
}

function connect(
  tree: Tree,
  entries: readonly LockedEntry[],
): { readonly edges: readonly Edge[]; readonly floating: readonly FloatingRequirement[] } {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const members = new Map(
    entries.flatMap(({ id, source }) => (source.kind === 'workspace' ? [[source.path, id]] : [])),
  )
  const edges: Edge[] = []
  const floating: FloatingRequirement[] = []
  const ask = (from: string, requirements: Requirements, line: number) => {
    for (const { name, requirement, kind } of requestsOf(requirements)) {
      const to = resolveName(byId, from, name)
      if (to !== undefined) edges.push({ from, to, kind })
      else if (kind === 'prod' || kind === 'dev') floating.push({ name, requirement, line })
    }
  }
  for (const [path, requirements] of Object.entries(tree.workspaces)) {
    const from = path === '' ? PROJECT : members.get(path)
    if (from === undefined) continue
    if (from !== PROJECT) edges.push({ from: PROJECT, to: from, kind: 'prod' })
    ask(from, requirements, byId.get(from)?.line ?? 1)
  }
  for (const { id, line, source } of entries) {
    const requirements = tree.packages[id]?.find((part) => typeof part === 'object')
    if (requirements !== undefined && source.kind !== 'workspace') {
      ask(id, { ...requirements, devDependencies: undefined }, line)
    }
    if (source.kind === 'git' && source.commit === undefined) {
      floating.push({ name: id, requirement: source.url, line })
    }
  }
  return { edges, floating: floating.toSorted((a, b) => a.line - b.line) }
}

function requestsOf(
  requirements: Requirements,
): readonly { name: string; requirement: string; kind: Edge['kind'] }[] {
  const optional = new Set(requirements.optionalPeers ?? [])
  const asked = new Map<string, { name: string; requirement: string; kind: Edge['kind'] }>()
  const add = (
    list: Readonly<Record<string, string>> | undefined,
    kindOf: (name: string) => Edge['kind'],
  ) => {
    for (const [name, requirement] of Object.entries(list ?? {})) {
      asked.set(name, { name, requirement, kind: kindOf(name) })
    }
  }
  add(requirements.peerDependencies, (name) => (optional.has(name) ? 'optional-peer' : 'peer'))
  add(requirements.devDependencies, () => 'dev')
  add(requirements.dependencies, () => 'prod')
  add(requirements.optionalDependencies, () => 'optional')
  return [...asked.values()]
}

/** `a/b` is the `b` that lies under `a`: the nearest one wins, as in Node. */
function resolveName(
  byId: ReadonlyMap<string, LockedEntry>,
  from: string,
  name: string,
): string | undefined {
  const parts = from === PROJECT ? [] : (from.match(/(?:@[^/]+\/)?[^/]+/g) ?? [])
  for (let depth = parts.length; depth >= 0; depth--) {
    const id = [...parts.slice(0, depth), name].join('/')
    if (byId.has(id)) return id
  }
  return undefined
}

function isFullCommit(part: Locked[number]): boolean {
  return typeof part === 'string' && /^(?:.*-)?[0-9a-f]{40}$/.test(part)
}
