// poetry.lock, lock versions 1.0 to 2.1 (Poetry documentation; the format is Poetry's own). Each digest is of the one
// file that it stands beside; pyproject.toml says what the project itself asks for.

import * as z from 'zod/mini'
import { judge, type Result, refuse } from '../../../core/index.ts'
import { isCommit, stripCredentials } from '../../address.ts'
import type { DependencySource, LockedDigest, Lockfile, LockfileInput } from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { assembleLockfile, indexByName, type LockedEntry, shownVersion } from '../assembly.ts'
import { parseNamedDigest } from '../digests.ts'
import { itemLines, type LockfileDocument, readShape, unknownVersion } from '../document.ts'
import { type Edge, PROJECT } from '../scopes.ts'
import { parseTomlDocument } from '../toml-tree.ts'
import { normalizeName } from './python-name.ts'
import { type ProjectRequests, readPyproject } from './python-project.ts'

const TEXT = z.optional(z.string())
const FILE = z.object({ file: z.string(), hash: z.string() })

const SOURCE = z.object({
  type: z.enum(['directory', 'file', 'git', 'legacy', 'url']),
  url: z.string(),
  reference: TEXT,
  resolved_reference: TEXT,
  subdirectory: TEXT,
})

const PACKAGE = z.object({
  name: z.string(),
  version: z.string(),
  optional: z.optional(z.boolean()),
  // Until Poetry 1.4.
  category: TEXT,
  // Since lock version 2.1.
  groups: z.optional(z.array(z.string())),
  files: z.optional(z.array(FILE)),
  dependencies: z.optional(z.record(z.string(), z.unknown())),
  source: z.optional(SOURCE),
})

const LOCKFILE = z.object({
  package: z.optional(z.array(PACKAGE)),
  metadata: z.object({
    'lock-version': z.string(),
    // Before lock version 2.0 the files stood here, by name.
    files: z.optional(z.record(z.string(), z.array(FILE))),
  }),
})

const VERSIONS: ReadonlySet<string> = new Set(['1.0', '1.1', '2.0', '2.1'])

type LockedPackage = z.output<typeof PACKAGE> & { readonly id: string; readonly line: number }

/** Reads a lockfile of Poetry; without a pyproject.toml beside it, who asks for a package is unknown. */
export function parsePoetryLock(input: LockfileInput): Result<Lockfile, SnapshotProblem> {
  const document = parseTomlDocument(input.path, input.bytes)
  if (!document.ok) return document
  const version = lockVersion(document.value)
  if (!VERSIONS.has(version)) {
    return unknownVersion(input.path, { found: version, known: '1.0, 1.1, 2.0 or 2.1' })
  }
  const shaped = readShape(document.value, LOCKFILE)
  if (!shaped.ok) return shaped
  const project = readPyproject(input)
  if (!project.ok) return project
  const lineOf = itemLines(document.value, 'package')
  const files = new Map(Object.entries(shaped.value.metadata.files ?? {}))
  const packages = (shaped.value.package ?? []).map((entry, index) => ({
    ...entry,
    files: entry.files ?? files.get(entry.name) ?? [],
    line: lineOf(index),
    id: packageId(entry),
  }))
  return readGraph({
    path: input.path,
    kind: `poetry/${version}`,
    packages,
    project: project.value,
  })
}

function lockVersion({ root }: LockfileDocument): string {
  const metadata = root['metadata']
  const isTable = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)
  return isTable ? shownVersion((metadata as LockfileDocument['root'])['lock-version']) : 'none'
}

function packageId({ name, version, source }: z.output<typeof PACKAGE>): string {
  const place = source === undefined || source.type === 'legacy' ? [] : [source.type, source.url]
  return [name, version, ...place, source?.resolved_reference]
    .filter((part) => part !== undefined)
    .join(' ')
}

interface PackageGraph {
  readonly path: string
  readonly kind: string
  readonly packages: readonly LockedPackage[]
  readonly project: ProjectRequests | undefined
}

function readGraph({
  path,
  kind,
  packages,
  project,
}: PackageGraph): Result<Lockfile, SnapshotProblem> {
  const problems: SnapshotProblem[] = []
  const direct = new Set(project?.map(([name]) => name))
  const entries = packages.map((locked): LockedEntry => {
    const name = normalizeName(locked.name)
    const said = direct.has(name) ? 'direct' : 'transitive'
    return {
      id: locked.id,
      name: locked.name,
      version: locked.version,
      digests: digestsOf(locked, `${path} line ${locked.line}`, problems),
      ...(locked.source?.type === 'legacy' && { registry: stripCredentials(locked.source.url) }),
      source: sourceOf(locked.source),
      line: locked.line,
      scope: {
        relationship: project === undefined ? 'unknown' : said,
        ...(locked.optional !== undefined && { optional: locked.optional }),
        ...devOf(locked),
      },
    }
  })
  const byName = indexByName(path, packages, ({ name }) => normalizeName(name))
  if (!byName.ok) return byName
  const lockfile = assembleLockfile({
    path,
    kind,
    ecosystem: 'pypi',
    entries,
    edges: [...projectEdges(project ?? [], byName.value), ...packageEdges(packages, byName.value)],
  })
  return lockfile.ok ? judge(lockfile.value, problems) : refuse(...lockfile.problems, ...problems)
}

function sourceOf(source: LockedPackage['source']): DependencySource {
  if (source === undefined || source.type === 'legacy') return { kind: 'registry' }
  const url = stripCredentials(source.url)
  switch (source.type) {
    case 'git': {
      const commit = source.resolved_reference
      return { kind: 'git', url, ...(isCommit(commit) && { commit }) }
    }
    case 'url':
      return { kind: 'url', url }
    case 'file':
      return { kind: 'file', path: url }
    default:
      return { kind: 'link', path: url }
  }
}

function digestsOf(
  { files = [] }: LockedPackage,
  at: string,
  problems: SnapshotProblem[],
): readonly LockedDigest[] {
  return files.flatMap(({ file, hash }): LockedDigest | readonly [] => {
    const digest = parseNamedDigest(hash, at)
    if (!digest.ok) problems.push(...digest.problems)
    return digest.ok ? { ...digest.value, of: file } : []
  })
}

/** Where the lockfile names groups or a category; lock version 2.0 leaves it to the graph. */
function devOf({ category, groups }: LockedPackage): { readonly dev?: boolean } {
  if (groups !== undefined) return { dev: groups.length > 0 && !groups.includes('main') }
  return category === undefined ? {} : { dev: category === 'dev' }
}

type ByName = ReadonlyMap<string, readonly LockedPackage[]>

function projectEdges(project: ProjectRequests, byName: ByName): readonly Edge[] {
  return project.flatMap(([name, kind]) =>
    (byName.get(name) ?? []).map(({ id }) => ({ from: PROJECT, to: id, kind })),
  )
}

/** A name that is not locked belongs to an extra that nobody asks for, or to another platform. */
function packageEdges(packages: readonly LockedPackage[], byName: ByName): readonly Edge[] {
  return packages.flatMap(({ id, dependencies = {} }) =>
    Object.entries(dependencies).flatMap(([name, request]) => {
      const kind = isConditional(request) ? 'optional' : 'prod'
      return (byName.get(normalizeName(name)) ?? []).map(
        ({ id: to }): Edge => ({ from: id, to, kind }),
      )
    }),
  )
}

function isConditional(request: unknown): boolean {
  if (Array.isArray(request)) return request.every(isConditional)
  return (
    typeof request === 'object' &&
    request !== null &&
    ('markers' in request || ('optional' in request && request.optional === true))
  )
}
