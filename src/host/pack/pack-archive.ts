// A pack as one tar archive, in the one form that it can have: the same files are the same bytes, and bytes of any other form are no
// pack. So it is read in memory, and what was read is written again and compared.

import { strict as assert } from 'node:assert'
import { accept, compareCodePoints, equalBytes, type Result, refuse } from '../../core/index.ts'
import { type DigestProblem, listArchive, scanTar } from '../../digest/index.ts'
import type { HostProblem } from '../problem.ts'
import { Header } from '../artifact-set/tar.ts'

/** The files of a pack by their paths. */
export type PackFiles = ReadonlyMap<string, Uint8Array>

const BLOCK_BYTES = 512

/** The archive of these files, sorted by path; of nobody, of no time. */
export function encodeArchive(files: PackFiles): Uint8Array {
  const blocks: Uint8Array[] = []
  for (const [path, bytes] of [...files].toSorted(([a], [b]) => compareCodePoints(a, b))) {
    blocks.push(headerOf(path, bytes.length), bytes, new Uint8Array(paddingOf(bytes.length)))
  }
  // Two blocks of zeros end it (POSIX.1-2017 pax, "ustar Interchange Format").
  return Uint8Array.from(Buffer.concat([...blocks, new Uint8Array(2 * BLOCK_BYTES)]))
}

function headerOf(path: string, size: number): Uint8Array {
  const block = Buffer.alloc(BLOCK_BYTES)
  const header = new Header({
    path,
    size,
    type: 'File',
    mode: 0o644,
    uid: 0,
    gid: 0,
    uname: '',
    gname: '',
    mtime: new Date(0),
  })
  assert(!header.encode(block), 'the paths of a pack fit a header')
  return block
}

function paddingOf(size: number): number {
  return (BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES
}

/** Reads what {@link encodeArchive} writes, and nothing else. */
export async function parseArchive(
  bytes: Uint8Array,
): Promise<Result<PackFiles, DigestProblem | HostProblem>> {
  const entries = await scanTar([bytes])
  if (!entries.ok) return entries
  const listing = listArchive(entries.value, {
    strip: 0,
    symlinks: 'refuse',
    excludedBy: () => undefined,
  })
  if (!listing.ok) return listing
  const files = new Map<string, Uint8Array>()
  let at = 0
  for (const entry of entries.value) {
    const size = entry.kind === 'file' ? entry.size : 0
    files.set(entry.name, bytes.subarray(at + BLOCK_BYTES, at + BLOCK_BYTES + size))
    at += BLOCK_BYTES + size + paddingOf(size)
  }
  const paths = [...files.keys()]
  const isWritable = paths.every((path) => path !== '' && Buffer.byteLength(path) <= PATH_BYTES_MAX)
  if (isWritable && equalBytes(encodeArchive(files), bytes)) return accept(files)
  return refuse({
    code: 'host/pack-form',
    message: 'Expected an archive as assay pack writes it, found one of another form',
    hint: 'Whoever packed the files again, or changed a byte outside of them, made another archive',
  })
}

/** What the name of a header holds, so that no path needs an extended header. */
const PATH_BYTES_MAX = 100
