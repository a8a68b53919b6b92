// composer.lock (Composer documentation, Basic usage; the schema is Composer's own). A package is pinned by the SHA-1 of
// its archive where the registry gives one, else by the commit that the archive was packed from.

import * as z from 'zod/mini'
import { accept, judge, type Result, refuse } from '../../../core/index.ts'
import { isCommit, registryOf, stripCredentials } from '../../address.ts'
import type {
  DependencySource,
  FloatingRequirement,
  LockedDigest,
  Lockfile,
  LockfileInput,
} from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { assembleLockfile, type LockedEntry, shownVersion } from '../assembly.ts'
import { parseHexDigest } from '../digests.ts'
import {
  itemLines,
  type LockfileDocument,
  parseJsonDocument,
  readShape,
  unknownVersion,
} from '../document.ts'
import { type Edge, PROJECT } from '../scopes.ts'

const TEXT = z.optional(z.nullable(z.string()))
/** PHP writes an empty map as an empty list. */
const LINKS = z.optional(z.union([z.record(z.string(), z.string()), z.array(z.never())]))

const PACKAGE = z.object({
  name: z.string(),
  version: z.string(),
  source: z.optional(z.object({ type: z.string(), url: z.string(), reference: TEXT })),
  dist: z.optional(z.object({ type: z.string(), url: z.string(), reference: TEXT, shasum: TEXT })),
  require: LINKS,
  provide: LINKS,
  replace: LINKS,
  'notification-url': TEXT,
})

const LOCKFILE = z.object({
  packages: z.array(PACKAGE),
  'packages-dev': z.optional(z.nullable(z.array(PACKAGE))),
})

const MANIFEST = z.object({ require: LINKS, 'require-dev': LINKS })

type LockedPackage = z.output<typeof PACKAGE> & { readonly line: number; readonly dev: boolean }

/** Reads a lockfile of Composer 1 or 2; without a composer.json beside it, who asks for a package is unknown. */
export function parseComposerLock(input: LockfileInput): Result<Lockfile, SnapshotProblem> {
  const document = parseJsonDocument(input.path, input.bytes)
  if (!document.ok) return document
  const version = document.value.root['plugin-api-version']
  // Composer 1 did not write it before 1.10.
  if (version !== undefined && !/^[12]\.\d+(?:\.\d+)?$/.test(shownVersion(version))) {
    const known = 'of plugin API 1 or 2'
    return unknownVersion(input.path, { found: shownVersion(version), known })
  }
  const shaped = readShape(document.value, LOCKFILE)
  if (!shaped.ok) return shaped
  const manifest = readManifest(input)
  if (!manifest.ok) return manifest
  const packages = [
    ...withLines(document.value, 'packages', shaped.value.packages),
    ...withLines(document.value, 'packages-dev', shaped.value['packages-dev'] ?? []),
  ]
  const kind = version === undefined ? 'composer' : `composer/${shownVersion(version)}`
  return readGraph({ path: input.path, kind, packages, manifest: manifest.value })
}

function readManifest(
  input: LockfileInput,
): Result<z.output<typeof MANIFEST> | undefined, SnapshotProblem> {
  const bytes = input.siblings('composer.json')
  if (bytes === undefined) return accept(undefined)
  const document = parseJsonDocument(input.path.replace(/[^/]*$/, 'composer.json'), bytes)
  return document.ok ? readShape(document.value, MANIFEST) : document
}

function withLines(
  document: LockfileDocument,
  member: 'packages' | 'packages-dev',
  packages: readonly z.output<typeof PACKAGE>[],
): readonly LockedPackage[] {
  const lineOf = itemLines(document, member)
  return packages.map((entry, index) => ({
    ...entry,
    line: lineOf(index),
    dev: member === 'packages-dev',
  }))
}

interface PackageGraph {
  readonly path: string
  readonly kind: string
  readonly packages: readonly LockedPackage[]
  readonly manifest: z.output<typeof MANIFEST> | undefined
}

function readGraph({
  path,
  kind,
  packages,
  manifest,
}: PackageGraph): Result<Lockfile, SnapshotProblem> {
  const problems: SnapshotProblem[] = []
  const floating: FloatingRequirement[] = []
  const entries = packages.map((locked): LockedEntry => {
    const digests = digestsOf(locked, `${path} line ${locked.line}`)
    if (!digests.ok) problems.push(...digests.problems)
    const source = sourceOf(locked)
    if (isOpen(locked, source)) {
      floating.push({ name: locked.name, requirement: locked.version, line: locked.line })
    }
    const registry = locked['notification-url'] ?? undefined
    return {
      id: locked.name,
      name: locked.name,
      version: locked.version,
      digests: digests.ok ? digests.value : [],
      ...(registry !== undefined && { registry: registryOf(registry, locked.name) }),
      source,
      line: locked.line,
      // The lockfile lists apart what is installed for development only.
      scope: {
        dev: locked.dev,
        ...(manifest === undefined && { relationship: 'unknown' as const }),
      },
    }
  })
  const edges = listEdges(packages, manifest)
  const lockfile = assembleLockfile({ path, kind, ecosystem: 'composer', entries, edges, floating })
  return lockfile.ok ? judge(lockfile.value, problems) : refuse(...lockfile.problems, ...problems)
}

/** Composer installs the archive where there is one; a path is linked. */
function sourceOf({ source, dist }: LockedPackage): DependencySource {
  if (dist?.type === 'path') return { kind: 'link', path: dist.url }
  const reference = source?.reference ?? undefined
  const isSummed = (dist?.shasum ?? '') !== ''
  if (source?.type === 'git' && !isSummed) {
    const url = stripCredentials(source.url)
    return { kind: 'git', url, ...(isCommit(reference) && { commit: reference }) }
  }
  if (dist === undefined) return { kind: 'registry' }
  return /^https?:\/\//.test(dist.url)
    ? { kind: 'registry', url: stripCredentials(dist.url) }
    : { kind: 'file', path: dist.url }
}

/** Neither a digest nor a commit holds it; an archive that names a commit was packed from it. */
function isOpen({ dist }: LockedPackage, source: DependencySource): boolean {
  if (source.kind === 'git') return source.commit === undefined
  const isHeld = (dist?.shasum ?? '') !== '' || isCommit(dist?.reference ?? undefined)
  return source.kind !== 'link' && !isHeld
}

function digestsOf(
  { dist }: LockedPackage,
  at: string,
): Result<readonly LockedDigest[], SnapshotProblem> {
  const shasum = dist?.shasum ?? ''
  if (shasum === '') return accept([])
  const digest = parseHexDigest('sha1', shasum, at)
  return digest.ok ? accept([digest.value]) : digest
}

/** A name can be another package's, which provides or replaces it; `php` and `ext-…` are the platform. */
function listEdges(
  packages: readonly LockedPackage[],
  manifest: PackageGraph['manifest'],
): readonly Edge[] {
  const locked = new Set(packages.map(({ name }) => name))
  const providers = new Map<string, string[]>()
  for (const { name, provide, replace } of packages) {
    for (const given of [name, ...linkNames(provide), ...linkNames(replace)]) {
      providers.set(given, providers.get(given) ?? [])
      providers.get(given)?.push(name)
    }
  }
  const ask = (from: string, links: z.output<typeof LINKS>, kind: Edge['kind']) =>
    linkNames(links).flatMap((name) => {
      const targets = locked.has(name) ? [name] : (providers.get(name) ?? [])
      return targets.map((to): Edge => ({ from, to, kind }))
    })
  return [
    ...ask(PROJECT, manifest?.require, 'prod'),
    ...ask(PROJECT, manifest?.['require-dev'], 'dev'),
    ...packages.flatMap(({ name, require }) => ask(name, require, 'prod')),
  ]
}

function linkNames(links: z.output<typeof LINKS>): readonly string[] {
  return Object.keys(links ?? {})
}
