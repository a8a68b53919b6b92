// yarn.lock of Yarn 2 and later ("berry"): YAML with `__metadata`; each block answers descriptors
// by one locator.

import * as z from 'zod/mini'
import { accept, judge, quote, type Result } from '../../../../core/index.ts'
import { stripCredentials, withoutFragment } from '../../../address.ts'
import type { LockedDigest, Lockfile, LockfileInput } from '../../../dependency.ts'
import type { SnapshotProblem } from '../../../problem.ts'
import { type LockfileDocument, parseDocument, readShape, unknownVersion } from '../../document.ts'
import { readYamlTree } from '../../yaml-tree.ts'
import { assembleLockfile, entryProblem, type LockedEntry } from '../../assembly.ts'
import { parseHexDigest } from '../../digests.ts'
import { type BerryBlock, connectBlocks } from './berry-graph.ts'
import { readManifest } from '../manifest.ts'
import { PROJECT } from '../../scopes.ts'
import { registrySource, sourceOf } from '../source.ts'

const TEXTS = z.optional(z.record(z.string(), z.string()))

const BLOCK = z.object({
  version: z.string(),
  resolution: z.string(),
  dependencies: TEXTS,
  dependenciesMeta: z.optional(
    z.record(z.string(), z.object({ optional: z.optional(z.string()) })),
  ),
  checksum: z.optional(z.string()),
})

const METADATA = z.object({
  __metadata: z.object({ version: z.string(), cacheKey: z.optional(z.string()) }),
})

/** Written by Yarn 2.4 to 4; each was tried with a real lockfile. */
const VERSIONS = new Set(['5', '6', '8', '9', '10'])

/**
 * Reads a lockfile of Yarn 2 and later. Its checksums are of the zip files in Yarn's own cache:
 * `berry-zip`, and no digest of any archive that a registry serves.
 */
export function parseYarnBerryLock(input: LockfileInput): Result<Lockfile, SnapshotProblem> {
  const document = parseDocument(input.path, input.bytes, readYamlTree)
  if (!document.ok) return document
  const metadata = readShape(document.value, METADATA)
  if (!metadata.ok) return metadata
  const {
    __metadata: { version, cacheKey },
  } = metadata.value
  if (!VERSIONS.has(version)) {
    return unknownVersion(input.path, { found: version, known: '5, 6, 8, 9 or 10' })
  }
  const manifest = readManifest(input)
  if (!manifest.ok) return manifest
  const blocks = readBlocks(document.value, cacheKey)
  if (!blocks.ok) return blocks
  const entries = blocks.value.flatMap(({ entry }) => (entry.id === PROJECT ? [] : entry))
  const graph = { entries, ...connectBlocks(blocks.value, manifest.value) }
  return assembleLockfile({
    path: input.path,
    kind: `berry/${version}`,
    ecosystem: 'npm',
    ...graph,
  })
}

function readBlocks(
  document: LockfileDocument,
  cacheKey: string | undefined,
): Result<readonly BerryBlock[], SnapshotProblem> {
  const problems: SnapshotProblem[] = []
  const blocks = Object.entries(document.root).flatMap(([key, raw]): BerryBlock | readonly [] => {
    if (key === '__metadata') return []
    const line = document.lineOf(raw)
    const at = `${document.path} line ${line}`
    const block = BLOCK.safeParse(raw)
    if (!block.success) {
      const shown = quote(stripCredentials(key))
      problems.push(entryProblem(`Expected "version" and "resolution" in ${shown}`, at))
      return []
    }
    const entry = readEntry(block.data, { line, at, cacheKey })
    if (!entry.ok) problems.push(...entry.problems)
    if (!entry.ok) return []
    const { dependencies = {}, dependenciesMeta = {} } = block.data
    const optional = new Set(
      Object.keys(dependenciesMeta).filter((name) => dependenciesMeta[name]?.optional === 'true'),
    )
    return {
      descriptors: key.split(',').map((part) => part.trim()),
      entry: entry.value,
      dependencies,
      optional,
    }
  })
  return judge(blocks, problems)
}

function readEntry(
  { version, resolution, checksum }: z.output<typeof BLOCK>,
  { line, at, cacheKey }: { line: number; at: string; cacheKey: string | undefined },
): Result<LockedEntry, SnapshotProblem> {
  const split = resolution.indexOf('@', 1)
  if (split < 0) {
    const shown = quote(stripCredentials(resolution))
    return judge({} as LockedEntry, [entryProblem(`Expected a locator, found ${shown}`, at)])
  }
  const name = resolution.slice(0, split)
  const reference = resolution.slice(split + 1)
  const digests = parseChecksum(checksum, { at, cacheKey })
  if (!digests.ok) return digests
  const project = reference === 'workspace:.'
  const local = version === '0.0.0-use.local'
  return accept({
    id: project ? PROJECT : resolution,
    name,
    version: local ? undefined : version,
    digests: digests.value,
    line,
    ...placeOf(name, reference),
  })
}

/** `10c0/<hex>`, or plain `<hex>` under the key of the whole file. */
function parseChecksum(
  checksum: string | undefined,
  { at, cacheKey }: { readonly at: string; readonly cacheKey: string | undefined },
): Result<readonly LockedDigest[], SnapshotProblem> {
  if (checksum === undefined) return accept([])
  const slash = checksum.indexOf('/')
  const key = slash < 0 ? cacheKey : checksum.slice(0, slash)
  const digest = parseHexDigest('berry-zip', checksum.slice(slash + 1), at)
  return digest.ok ? accept([{ ...digest.value, ...(key !== undefined && { of: key }) }]) : digest
}

/** A patched package comes from where the package under the patch comes from. */
function placeOf(name: string, reference: string): Pick<LockedEntry, 'source' | 'registry'> {
  const [place = '', bindings = ''] = reference.split('::', 2)
  if (place.startsWith('patch:')) {
    const under = decode(withoutFragment(place.slice('patch:'.length)))
    const split = under.indexOf('@', 1)
    return placeOf(under.slice(0, split), under.slice(split + 1))
  }
  if (place.startsWith('npm:')) {
    const archive = /(?:^|&)__archiveUrl=([^&]+)/.exec(bindings)?.[1]
    return registrySource(name, archive === undefined ? undefined : decode(archive))
  }
  return { source: sourceOf(place) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Not encoded as Yarn does it: the text stands for itself.
    return text
  }
}
