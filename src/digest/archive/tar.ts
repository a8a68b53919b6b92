// Our own pass over the headers of a tar archive, before any tool's reader sees it: one reading, or none.

import {
  LIMITS,
  type Problem,
  quote,
  type Result,
  accept,
  judge,
  refuse,
} from '../../core/index.ts'
import { type ByteReader, createByteReader } from './byte-reader.ts'
import { parsePax } from './pax.ts'
import type { DigestProblem } from '../problem.ts'
import { parseTarHeader, TAR_BLOCK_BYTES, type TarHeader } from './tar-header.ts'

/**
 * One entry of an archive, by the name that the archive gives it.
 *
 * @example { kind: 'file', name: 'package/index.js', size: 1204 }
 */
export type ArchiveEntry =
  | { readonly kind: 'file'; readonly name: string; readonly size: number }
  | { readonly kind: 'folder'; readonly name: string }
  | { readonly kind: 'link'; readonly name: string; readonly target: string }

/** One extended header; real ones hold a path and a time. */
const PAX_BYTES_MAX = 64 * 1024

/**
 * Reads the headers of an uncompressed tar archive and passes over the contents.
 *
 * Demanded: POSIX or plain GNU headers whose checksum fits, files, folders and symbolic links alone, no name twice,
 * of extended headers only path, times and comment, and two zero blocks with nothing but zeros after them.
 *
 * @param chunks the archive's bytes, in portions of any size
 * @returns the entries in the archive's order, or why two tools might read different files from it
 */
export async function scanTar(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Result<readonly ArchiveEntry[], DigestProblem>> {
  const reader = createByteReader(chunks)
  const entries = new Map<string, ArchiveEntry>()
  const problems: DigestProblem[] = []
  let bytes = 0
  for (let count = 1; ; count++) {
    const header = await readHeader(reader)
    if (!header.ok) return header
    if (header.value === undefined) return judge([...entries.values()], problems)
    bytes += header.value.size
    const limit = judgeLimits(count, bytes)
    if (!limit.ok) return limit
    if (!(await skipContent(reader, header.value.size))) return refuse(cut())

    const entry = parseEntry(header.value)
    if (!entry.ok) {
      problems.push(...entry.problems)
      continue
    }
    const key = entry.value.name.replace(/\/$/, '')
    if (entries.has(key)) problems.push(duplicate(key))
    entries.set(key, entry.value)
  }
}

/** The header of the next entry with its extended headers applied, or nothing at the archive's right end. */
async function readHeader(
  reader: ByteReader,
): Promise<Result<TarHeader | undefined, DigestProblem>> {
  let path: string | undefined
  let extended = false
  for (;;) {
    const block = await reader.take(TAR_BLOCK_BYTES)
    if (block.length < TAR_BLOCK_BYTES) return refuse(cut())
    if (isZero(block)) {
      return extended ? malformed('Expected an entry after its extended header') : readEnd(reader)
    }
    const header = parseTarHeader(block)
    if (!header.ok) return header
    const { type, size } = header.value
    if (type !== 'x' && type !== 'g') {
      return accept(path === undefined ? header.value : { ...header.value, name: path })
    }
    if (extended) return malformed('Expected an entry after its extended header, found another one')
    const records = await readPax(reader, size, type === 'x' ? 'entry' : 'global')
    if (!records.ok) return records
    extended = type === 'x'
    path = records.value.path
  }
}

async function readPax(reader: ByteReader, size: number, scope: 'entry' | 'global') {
  if (size > PAX_BYTES_MAX) {
    return limited(`an extended header of at most ${PAX_BYTES_MAX} bytes, found ${size}`)
  }
  const content = await reader.take(size)
  if (content.length < size) return refuse(cut())
  const records = parsePax(content, scope)
  return (await reader.skip(padding(size))) ? records : refuse(cut())
}

/** The second zero block, and zeros to the end of the last block: junk there is another archive to some tools. */
async function readEnd(reader: ByteReader): Promise<Result<undefined, DigestProblem>> {
  for (let blocks = 1; ; blocks++) {
    const block = await reader.take(TAR_BLOCK_BYTES)
    if (block.length === 0 && blocks > 1) return accept(undefined)
    if (block.length < TAR_BLOCK_BYTES) return refuse(cut())
    if (!isZero(block)) {
      return refuse({
        code: 'digest/archive-end',
        message: 'Expected nothing after the end of the archive, found more',
      })
    }
  }
}

function parseEntry({
  name,
  type,
  size,
  linkName,
}: TarHeader): Result<ArchiveEntry, DigestProblem> {
  const isFolderName = name.endsWith('/')
  if (type === '0' && !isFolderName && linkName === '') return accept({ kind: 'file', name, size })
  if (type === '5' && size === 0) return accept({ kind: 'folder', name })
  if (type === '2' && size === 0 && !isFolderName) {
    return accept({ kind: 'link', name, target: linkName })
  }
  return refuse({
    code: 'digest/archive-entry',
    message: `Expected files and folders alone, found ${describeType(type)} at ${quote(name)}`,
    ...hintFor(type),
  })
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['0', 'a file with the name of a folder or of a link'],
  ['1', 'a hard link'],
  ['2', 'a symbolic link with content'],
  ['3', 'a character device'],
  ['4', 'a block device'],
  ['5', 'a folder with content'],
  ['6', 'a named pipe'],
  ['7', 'a contiguous file'],
  ['K', 'a GNU long link name'],
  ['L', 'a GNU long name'],
  ['S', 'a file with holes'],
])

function describeType(type: string): string {
  return TYPES.get(type) ?? `an entry of type ${quote(type)}`
}

function hintFor(type: string): Pick<Problem, 'hint'> {
  if (type === 'L') return { hint: 'Make the archive with tar --format=posix' }
  return type === 'S' ? { hint: 'Make the archive without --sparse' } : {}
}

function judgeLimits(entries: number, bytes: number): Result<undefined, DigestProblem> {
  const { archiveEntriesMax, archiveBytesMax } = LIMITS
  if (entries > archiveEntriesMax) return limited(`at most ${archiveEntriesMax} entries`)
  if (bytes > archiveBytesMax) return limited(`at most ${archiveBytesMax} bytes of content`)
  return accept(undefined)
}

async function skipContent(reader: ByteReader, size: number): Promise<boolean> {
  return reader.skip(size + padding(size))
}

/** Content fills whole blocks. */
function padding(size: number): number {
  return (TAR_BLOCK_BYTES - (size % TAR_BLOCK_BYTES)) % TAR_BLOCK_BYTES
}

function isZero(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0)
}

function cut(): DigestProblem {
  return {
    code: 'digest/archive-end',
    message: 'Expected an archive that ends with two zero blocks, found one that is cut',
  }
}

function malformed(message: string): Result<never, DigestProblem> {
  return refuse({ code: 'digest/archive-format', message })
}

function limited(expected: string): Result<never, DigestProblem> {
  return refuse({ code: 'digest/archive-limit', message: `Expected ${expected} in an archive` })
}

function duplicate(name: string): DigestProblem {
  return {
    code: 'digest/archive-duplicate',
    message: `Expected each name once in the archive, found ${quote(name)} twice`,
  }
}
