// The contents of a tar archive as an artifact set, read in memory and never extracted.

import { type FileHandle, open } from 'node:fs/promises'
import { constants } from 'node:fs'
import { Parser, type ReadEntry } from './tar.ts'
import { accept, quote, type Result, refuse } from '../../core/index.ts'
import {
  type ArchiveEntry,
  type ArchiveListing,
  type Artifact,
  type DigestProblem,
  listArchive,
  type ListingOptions,
  scanTar,
} from '../../digest/index.ts'
import { type ContentDigests, createDigester } from '../digest-file.ts'
import { ArchiveFault, readArchiveBytes } from './archive-bytes.ts'
import { createContentDigester } from './hashing/file-digests.ts'
import { problemOfFault } from './file-fault.ts'
import { isUnchanged, stampOf } from './hashing/file-stamp.ts'
import { faultOf } from './hashing/hash-file.ts'

/** How names become paths, and whether SHA-512 is wanted too. */
export interface ArchiveOptions extends ListingOptions {
  readonly sha512: boolean
  /** The file whose bytes are wanted too. */
  readonly wanted?: { readonly path: string; readonly bytesMax: number }
  /** Whether the archive's own digests are wanted, made of the very bytes that its contents are read from. */
  readonly digestArchive?: boolean
}

/** What an archive holds, in its own order. */
export interface ArchiveContents extends Pick<ArchiveListing, 'links' | 'leftOut'> {
  readonly artifacts: readonly Artifact[]
  /** Of the wanted file; absent where there is none. */
  readonly content?: Uint8Array
  /** Of the archive itself, where they were wanted. */
  readonly digests?: ContentDigests
}

/**
 * Reads the archive twice: first our own pass over its headers, then the `tar` package for the contents,
 * whose every entry has to be the one that the first pass saw.
 *
 * @param location absolute; @param path as the person named it
 */
export async function readArchive(
  location: string,
  path: string,
  options: ArchiveOptions,
): Promise<Result<ArchiveContents, DigestProblem>> {
  let file: FileHandle | undefined
  try {
    file = await open(location, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const before = stampOf(await file.stat())
    const entries = await scanTar(readArchiveBytes(file))
    if (!entries.ok) return located(path, entries)
    const listing = listArchive(entries.value, options)
    if (!listing.ok) return located(path, listing)
    const read = await digestEntries(file, entries.value, listing.value, options)
    const unchanged = isUnchanged(before, stampOf(await file.stat()))
    if (!unchanged) return refuse(problemOfFault(path, 'changed'))
    const { links, leftOut } = listing.value
    return accept({ ...read, links, leftOut })
  } catch (cause) {
    if (cause instanceof ArchiveFault) return refuse({ ...cause.problem, at: path })
    return refuse(problemOfFault(path, faultOf(cause)))
  } finally {
    await file?.close()
  }
}

/** Problems of what is inside say in which archive it is. */
function located(
  path: string,
  result: { readonly problems: readonly [DigestProblem, ...DigestProblem[]] },
): Result<never, DigestProblem> {
  const [first, ...rest] = result.problems
  return refuse({ ...first, at: path }, ...rest.map((problem) => ({ ...problem, at: path })))
}

/** Digests the files of the listing while `tar` reads; stops when it reads something else than we did. */
async function digestEntries(
  file: FileHandle,
  entries: readonly ArchiveEntry[],
  listing: ArchiveListing,
  { sha512, wanted, digestArchive = false }: ArchiveOptions,
): Promise<Pick<ArchiveContents, 'artifacts' | 'content' | 'digests'>> {
  const digester = digestArchive ? createDigester() : undefined
  const artifacts: Artifact[] = []
  // At most one, for no two entries have one path.
  const found: Buffer[][] = []
  const differences: string[] = []
  let seen = 0
  const parser = new Parser({
    strict: true,
    onReadEntry(read) {
      const entry = entries[seen++]
      if (entry === undefined || !isSameEntry(read, entry)) differences.push(read.path)
      const path = listing.files.get(read.path)
      if (path !== undefined && path === wanted?.path) {
        found.push(collectParts(read, wanted.bytesMax))
      }
      if (path === undefined) read.resume()
      else digestEntry(read, sha512, (digests) => artifacts.push({ path, ...digests }))
    },
  })
  parser.on('ignoredEntry', (read: ReadEntry) => differences.push(read.path))
  parser.on('error', (cause: Error) => differences.push(cause.message))
  for await (const chunk of readArchiveBytes(file, digester?.update)) {
    parser.write(chunk)
    judgeDifferences(differences)
  }
  parser.end()
  // The package takes an archive of nothing for no archive; that it holds nothing is told elsewhere.
  if (entries.length === 0) {
    return { artifacts: [], ...(digester !== undefined && { digests: digester.end() }) }
  }
  if (seen !== entries.length || artifacts.length !== listing.files.size)
    differences.push('its end')
  judgeDifferences(differences)
  const [parts] = found
  return {
    artifacts,
    ...(parts !== undefined && { content: Uint8Array.from(Buffer.concat(parts)) }),
    ...(digester !== undefined && { digests: digester.end() }),
  }
}

/** The content, once the archive was read. */
function collectParts(read: ReadEntry, bytesMax: number): Buffer[] {
  const { size, path } = read
  if (size > bytesMax) {
    throw new ArchiveFault(
      'digest/archive-limit',
      `Expected at most ${bytesMax} bytes of ${quote(path)} in an archive, found ${size}`,
    )
  }
  const parts: Buffer[] = []
  read.on('data', (part: Buffer) => parts.push(part))
  return parts
}

function judgeDifferences([first]: readonly string[]): void {
  if (first === undefined) return
  throw new ArchiveFault(
    'digest/archive-differs',
    `Expected two readers to see the same entries in the archive, found that they differ at ${quote(first)}`,
  )
}

const KIND_OF_TYPE: ReadonlyMap<string, ArchiveEntry['kind']> = new Map([
  ['Directory', 'folder'],
  ['File', 'file'],
  ['OldFile', 'file'],
  ['SymbolicLink', 'link'],
])

function isSameEntry(read: ReadEntry, entry: ArchiveEntry): boolean {
  if (KIND_OF_TYPE.get(read.type) !== entry.kind || read.path !== entry.name) return false
  if (entry.kind === 'file') return read.size === entry.size
  return entry.kind === 'folder' || read.linkpath === entry.target
}

function digestEntry(
  read: ReadEntry,
  sha512: boolean,
  take: (digests: Omit<Artifact, 'path'>) => void,
): void {
  const digester = createContentDigester(sha512)
  read.on('data', (part: Buffer) => digester.update(part))
  read.on('end', () => take(digester.end()))
}
