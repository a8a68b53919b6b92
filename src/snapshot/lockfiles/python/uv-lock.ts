// uv.lock, version 1 (uv documentation, Locking; the format is uv's own): the universal resolution of a project or a
// workspace. Each digest is of the one file that it stands beside.

import * as z from 'zod/mini'
import { judge, quote, type Result, refuse } from '../../../core/index.ts'
import { isCommit, stripCredentials, withoutQuery } from '../../address.ts'
import type { DependencySource, LockedDigest, Lockfile, LockfileInput } from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { assembleLockfile, entryProblem, type LockedEntry, shownVersion } from '../assembly.ts'
import { parseNamedDigest } from '../digests.ts'
import { itemLines, readShape, unknownVersion } from '../document.ts'
import { type Edge, PROJECT } from '../scopes.ts'
import { parseTomlDocument } from '../toml-tree.ts'

const TEXT = z.optional(z.string())

const SOURCE = z.object({
  registry: TEXT,
  git: TEXT,
  url: TEXT,
  path: TEXT,
  directory: TEXT,
  editable: TEXT,
  virtual: TEXT,
})

const REQUEST = z.object({
  name: z.string(),
  version: TEXT,
  source: z.optional(SOURCE),
  marker: TEXT,
})

const FILE = z.object({ url: TEXT, path: TEXT, filename: TEXT, hash: TEXT })
const REQUESTS = z.optional(z.array(REQUEST))
const REQUEST_GROUPS = z.optional(z.record(z.string(), z.array(REQUEST)))

const PACKAGE = z.object({
  name: z.string(),
  version: TEXT,
  source: SOURCE,
  sdist: z.optional(FILE),
  wheels: z.optional(z.array(FILE)),
  dependencies: REQUESTS,
  'optional-dependencies': REQUEST_GROUPS,
  'dev-dependencies': REQUEST_GROUPS,
})

const LOCKFILE = z.object({ package: z.optional(z.array(PACKAGE)) })

type LockedPackage = z.output<typeof PACKAGE> & { readonly id: string; readonly line: number }

/** Reads a lockfile of uv. A revision of version 1 only adds members, as its authors promise. */
export function parseUvLock(input: LockfileInput): Result<Lockfile, SnapshotProblem> {
  const document = parseTomlDocument(input.path, input.bytes)
  if (!document.ok) return document
  const version = document.value.root['version']
  if (version !== 1) {
    return unknownVersion(input.path, { found: shownVersion(version), known: '1' })
  }
  const shaped = readShape(document.value, LOCKFILE)
  if (!shaped.ok) return shaped
  const lineOf = itemLines(document.value, 'package')
  const packages = (shaped.value.package ?? []).map((entry, index) => ({
    ...entry,
    line: lineOf(index),
    id: packageId(entry),
  }))
  return readGraph(input.path, packages)
}

function packageId({ name, version, source }: z.output<typeof REQUEST>): string {
  const place = Object.entries(source ?? {}).find(([, text]) => text !== undefined)
  return [name, version, place?.join('+')].filter((part) => part !== undefined).join(' ')
}

function readGraph(
  path: string,
  packages: readonly LockedPackage[],
): Result<Lockfile, SnapshotProblem> {
  const problems: SnapshotProblem[] = []
  const entries = packages
    .filter((locked) => !isProject(locked))
    .map((locked): LockedEntry => {
      const at = `${path} line ${locked.line}`
      const source = sourceOf(locked)
      if (source === undefined) {
        problems.push(entryProblem(`Expected a source of ${quote(locked.name)}`, at))
      }
      return {
        id: locked.id,
        name: locked.name,
        version: locked.version,
        digests: digestsOf(locked, at, problems),
        ...(locked.source.registry !== undefined && {
          registry: stripCredentials(locked.source.registry),
        }),
        source: source ?? { kind: 'registry' },
        line: locked.line,
      }
    })
  const edges = listEdges(path, packages)
  if (!edges.ok) problems.push(...edges.problems)
  const graph = { path, kind: 'uv/1', ecosystem: 'pypi', entries } as const
  const lockfile = assembleLockfile({ ...graph, edges: edges.ok ? edges.value : [] })
  return lockfile.ok ? judge(lockfile.value, problems) : refuse(...lockfile.problems, ...problems)
}

function isProject({ source }: LockedPackage): boolean {
  return source.virtual === '.' || source.editable === '.'
}

/** Members are used in place: virtual ones are not even built. */
function isMember({ source }: LockedPackage): boolean {
  return source.virtual !== undefined || source.editable !== undefined
}

function sourceOf({ source, sdist }: LockedPackage): DependencySource | undefined {
  const { registry, git, url, path, directory, editable, virtual } = source
  const place = editable ?? virtual
  if (registry !== undefined) {
    const archive = sdist?.url === undefined ? {} : { url: stripCredentials(sdist.url) }
    return { kind: 'registry', ...archive }
  }
  if (git !== undefined) {
    const [address = '', commit] = git.split('#')
    const repository = stripCredentials(address).replace(/\?.*$/, '')
    return { kind: 'git', url: repository, ...(isCommit(commit) && { commit }) }
  }
  if (url !== undefined) return { kind: 'url', url: stripCredentials(url) }
  if (path !== undefined) return { kind: 'file', path }
  if (directory !== undefined) return { kind: 'link', path: directory }
  return place === undefined ? undefined : { kind: 'workspace', path: place }
}

function digestsOf(
  { sdist, wheels = [] }: LockedPackage,
  at: string,
  problems: SnapshotProblem[],
): readonly LockedDigest[] {
  const files = sdist === undefined ? wheels : [sdist, ...wheels]
  return files.flatMap(({ hash, ...file }): LockedDigest | readonly [] => {
    if (hash === undefined) return []
    const digest = parseNamedDigest(hash, at)
    if (!digest.ok) problems.push(...digest.problems)
    const of = fileName(file)
    return digest.ok ? { ...digest.value, ...(of !== undefined && { of }) } : []
  })
}

function fileName({
  url,
  path,
  filename,
}: Omit<z.output<typeof FILE>, 'hash'>): string | undefined {
  const name = filename ?? withoutQuery(url ?? path ?? '').replace(/^.*\//, '')
  return name === '' ? undefined : name
}

/** uv writes version and source where a name is locked more than once. */
function listEdges(
  path: string,
  packages: readonly LockedPackage[],
): Result<readonly Edge[], SnapshotProblem> {
  const problems: SnapshotProblem[] = []
  const byKey = indexTargets(packages)
  const edges = packages.flatMap((locked) => {
    const from = isProject(locked) ? PROJECT : locked.id
    const own = from !== PROJECT && isMember(locked)
    const member: readonly Edge[] = own ? [{ from: PROJECT, to: locked.id, kind: 'prod' }] : []
    const requests = requestsOf(locked).flatMap(([request, kind]): Edge | readonly [] => {
      const [found, other] = byKey.get(targetKey(request)) ?? []
      if (found !== undefined && other === undefined) {
        return { from, to: isProject(found) ? PROJECT : found.id, kind }
      }
      const message = `Expected one package ${quote(request.name)} in the lockfile`
      problems.push(entryProblem(message, `${path} line ${locked.line}`))
      return []
    })
    return [...member, ...requests]
  })
  return judge(edges, problems)
}

/** Each package under every key that a request for it may have. */
function indexTargets(packages: readonly LockedPackage[]): ReadonlyMap<string, LockedPackage[]> {
  const byKey = new Map<string, LockedPackage[]>()
  for (const locked of packages) {
    const { name, version, source } = locked
    const keys = [{ name }, { name, version }, { name, source }, { name, version, source }]
    for (const key of new Set(keys.map(targetKey))) {
      byKey.set(key, byKey.get(key) ?? [])
      byKey.get(key)?.push(locked)
    }
  }
  return byKey
}

function targetKey({ name, version, source }: z.output<typeof REQUEST>): string {
  return JSON.stringify([name, version ?? null, source ?? null])
}

/** What is only wanted on some platforms can be left out, as an extra can; a group is for development (PEP 735). */
function requestsOf(
  locked: LockedPackage,
): readonly (readonly [z.output<typeof REQUEST>, Edge['kind']])[] {
  const extras = Object.values(locked['optional-dependencies'] ?? {}).flat()
  const groups = Object.values(locked['dev-dependencies'] ?? {}).flat()
  // Of a package that is no member, only extras are locked that somebody asks for.
  const extraKind = isMember(locked) ? 'optional' : undefined
  const kindOf = ({ marker }: z.output<typeof REQUEST>) =>
    marker === undefined ? 'prod' : 'optional'
  return [
    ...(locked.dependencies ?? []).map((request) => [request, kindOf(request)] as const),
    ...extras.map((request) => [request, extraKind ?? kindOf(request)] as const),
    ...groups.map((request) => [request, 'dev'] as const),
  ]
}
