// What is in tiles (C2SP tlog-tiles): hashes one after the other, and entries, each after its length in two bytes.

import { accept, equalBytes, type Result, refuse } from '../../core/index.ts'
import { HASH_BYTES } from '../../digest/index.ts'
import type { LedgerProblem } from '../problem.ts'

const LENGTH_BYTES = 2

/** The bytes of a hash tile. */
export function encodeHashTile(hashes: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(hashes)
}

/** The hashes of a tile of that many, or `ledger/tile-malformed`. */
export function parseHashTile(
  bytes: Uint8Array,
  width: number,
): Result<readonly Uint8Array[], LedgerProblem> {
  if (bytes.length !== width * HASH_BYTES) {
    return malformed(`${width} hashes of ${HASH_BYTES} bytes, found ${bytes.length} bytes`)
  }
  const starts = Array.from({ length: width }, (_, at) => at * HASH_BYTES)
  return accept(starts.map((start) => bytes.subarray(start, start + HASH_BYTES)))
}

/** The bytes of an entry bundle. */
export function encodeEntryBundle(lines: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(lines.flatMap((line) => [lengthOf(line), line]))
}

/** The lines of a bundle of that many, or `ledger/tile-malformed`. */
export function parseEntryBundle(
  bytes: Uint8Array,
  width: number,
): Result<readonly Uint8Array[], LedgerProblem> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const lines: Uint8Array[] = []
  let at = 0
  while (at < bytes.length && lines.length < width) {
    const start = at + LENGTH_BYTES
    const end = start > bytes.length ? start : start + view.getUint16(at)
    if (end > bytes.length) return malformed(`entry ${lines.length} whole, found its beginning`)
    lines.push(bytes.subarray(start, end))
    at = end
  }
  if (lines.length < width) return malformed(`${width} entries, found ${lines.length}`)
  if (at < bytes.length) return malformed(`${width} entries, found bytes after them`)
  return accept(lines)
}

/** The place of the first hash or line that is not the expected one; -1 where all are. */
export function findDifferent(
  found: readonly Uint8Array[],
  expected: readonly Uint8Array[],
): number {
  return found.findIndex((hash, at) => {
    const other = expected[at]
    return other === undefined || !equalBytes(hash, other)
  })
}

function lengthOf(line: Uint8Array): Uint8Array {
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeUInt16BE(line.length)
  return length
}

function malformed(expected: string): Result<never, LedgerProblem> {
  return refuse({ code: 'ledger/tile-malformed', message: `Expected a tile with ${expected}` })
}
