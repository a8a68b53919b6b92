// Pipfile.lock, pipfile-spec 6 (Pipenv documentation): every category of a Pipfile, flat. Its digests name no file, so
// each is of one of the package's archives; edges are not written.

import * as z from 'zod/mini'
import {
  isJsonObject,
  judge,
  type JsonValue,
  quote,
  type Result,
  refuse,
} from '../../../core/index.ts'
import { isCommit, stripCredentials } from '../../address.ts'
import type {
  DependencySource,
  FloatingRequirement,
  LockedDigest,
  Lockfile,
  LockfileInput,
} from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { assembleLockfile, entryProblem, type LockedEntry, shownVersion } from '../assembly.ts'
import { parseNamedDigest } from '../digests.ts'
import { type LockfileDocument, parseJsonDocument, readShape, unknownVersion } from '../document.ts'
import { normalizeName, pinnedVersion } from './python-name.ts'
import { readPipfile } from './python-project.ts'

const TEXT = z.optional(z.string())

const META = z.object({
  _meta: z.object({
    'pipfile-spec': z.unknown(),
    sources: z.optional(z.array(z.object({ name: TEXT, url: z.string() }))),
  }),
})

const ENTRY = z.object({
  version: TEXT,
  hashes: z.optional(z.array(z.string())),
  index: TEXT,
  markers: TEXT,
  git: TEXT,
  ref: TEXT,
  path: TEXT,
  file: TEXT,
  editable: z.optional(z.boolean()),
})

const CATEGORIES = z.record(z.string(), z.record(z.string(), ENTRY))

type LockedPackage = z.output<typeof ENTRY>

/** Reads a lockfile of Pipenv; without a Pipfile beside it, who asks for a package is unknown. */
export function parsePipfileLock(input: LockfileInput): Result<Lockfile, SnapshotProblem> {
  const document = parseJsonDocument(input.path, input.bytes)
  if (!document.ok) return document
  const meta = readShape(document.value, META)
  if (!meta.ok) return meta
  const version = (document.value.root['_meta'] as LockfileDocument['root'])['pipfile-spec']
  if (version !== 6) {
    return unknownVersion(input.path, { found: shownVersion(version), known: '6' })
  }
  const { _meta: _, ...rest } = document.value.root
  const shaped = readShape({ ...document.value, root: rest }, CATEGORIES)
  if (!shaped.ok) return shaped
  const pipfile = readPipfile(input)
  if (!pipfile.ok) return pipfile
  const { _meta: lockMeta } = meta.value
  const sources = lockMeta.sources ?? []
  return readCategories({
    document: document.value,
    categories: shaped.value,
    pipfile: pipfile.value,
    registries: new Map(sources.map(({ name, url }) => [name, stripCredentials(url)])),
  })
}

interface LockedCategories {
  readonly document: LockfileDocument
  readonly categories: z.output<typeof CATEGORIES>
  readonly pipfile: ReadonlyMap<string, ReadonlySet<string>> | undefined
  /** Addresses of the Pipfile's sources, by name. */
  readonly registries: ReadonlyMap<string | undefined, string>
}

function readCategories(locked: LockedCategories): Result<Lockfile, SnapshotProblem> {
  const { document, categories, pipfile } = locked
  const problems: SnapshotProblem[] = []
  const entries: LockedEntry[] = []
  const floating: FloatingRequirement[] = []
  for (const [category, packages] of Object.entries(categories)) {
    const asked = pipfile?.get(PIPFILE_TABLES.get(category) ?? category)
    const said = (name: string) => (asked?.has(normalizeName(name)) ? 'direct' : 'transitive')
    for (const [name, entry] of Object.entries(packages)) {
      const line = document.lineOf(memberOf(memberOf(document.root, category), name))
      const at = `${document.path} line ${line}`
      const source = sourceOf(entry)
      const version = versionOf(entry, name, { at, problems })
      entries.push({
        id: `${category}/${name}`,
        name,
        version,
        digests: digestsOf(entry, at, problems),
        ...(source.kind === 'registry' && { registry: registryOf(entry, locked.registries) }),
        source,
        line,
        scope: {
          relationship: pipfile === undefined ? 'unknown' : said(name),
          dev: category === 'develop',
          optional: PLATFORM_MARKER.test(entry.markers ?? ''),
        },
      })
      if (isOpen(entry, source, version)) {
        floating.push({ name, requirement: entry.version ?? entry.ref ?? '*', line })
      }
    }
  }
  const { path } = document
  const graph = { path, kind: 'pipenv/6', ecosystem: 'pypi', entries, edges: [], floating } as const
  const lockfile = assembleLockfile(graph)
  return lockfile.ok ? judge(lockfile.value, problems) : refuse(...lockfile.problems, ...problems)
}

/** Pipenv repeats each package's range of Python versions as a marker; those leave nothing out. */
const PLATFORM_MARKER = /\b(?:implementation_name|os_name|platform_[a-z_]+|sys_platform)\b/

/** Two categories have other names in the Pipfile. */
const PIPFILE_TABLES: ReadonlyMap<string, string> = new Map([
  ['default', 'packages'],
  ['develop', 'dev-packages'],
])

/** Something of a registry or a repository that tomorrow can be other bytes. */
function isOpen(
  { hashes = [] }: LockedPackage,
  source: DependencySource,
  version: string | undefined,
): boolean {
  if (source.kind === 'git') return source.commit === undefined
  if (source.kind === 'url') return hashes.length === 0
  return source.kind === 'registry' && (version === undefined || hashes.length === 0)
}

function sourceOf({ git, ref, path, file }: LockedPackage): DependencySource {
  if (git !== undefined) {
    return { kind: 'git', url: stripCredentials(git), ...(isCommit(ref) && { commit: ref }) }
  }
  if (path !== undefined) return { kind: 'link', path }
  if (file === undefined) return { kind: 'registry' }
  return /^https?:\/\//.test(file)
    ? { kind: 'url', url: stripCredentials(file) }
    : { kind: 'file', path: file }
}

function versionOf(
  { version }: LockedPackage,
  name: string,
  { at, problems }: { readonly at: string; readonly problems: SnapshotProblem[] },
): string | undefined {
  if (version === undefined || version === '*') return undefined
  const pinned = pinnedVersion(version)
  if (pinned === undefined) {
    problems.push(
      entryProblem(`Expected one version of ${quote(name)}, found ${quote(version)}`, at),
    )
  }
  return pinned
}

/** Without an index of its own a package comes from the first source. */
function registryOf(
  { index }: LockedPackage,
  registries: LockedCategories['registries'],
): string | undefined {
  return index === undefined ? registries.values().next().value : registries.get(index)
}

function digestsOf(
  { hashes = [] }: LockedPackage,
  at: string,
  problems: SnapshotProblem[],
): readonly LockedDigest[] {
  return hashes.flatMap((hash) => {
    const digest = parseNamedDigest(hash, at)
    if (!digest.ok) problems.push(...digest.problems)
    return digest.ok ? digest.value : []
  })
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? value[name] : undefined
}
