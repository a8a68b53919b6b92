// Proofs out of tiles: that the ledger holds an entry, and that a later ledger begins with an earlier one (RFC 6962, sections 2.1.1
// and 2.1.2). `isIncluded` and `isConsistent` of `digest` check them.

import { strict as assert } from 'node:assert'
import { accept, type Result } from '../../core/index.ts'
import type { LedgerProblem } from '../problem.ts'
import type { TileReader } from '../tiles/reader.ts'
import { type LeafRange, type RangeReader, readRanges, splitOf } from './range.ts'

/** The hashes from an entry to the root of the tree of this size. */
export async function proveInclusion(
  reader: TileReader,
  size: number,
  index: number,
): Promise<Result<readonly Uint8Array[], LedgerProblem>> {
  assert(index >= 0 && index < size, 'the entry is in the tree')
  return readAll(readRanges({ reader, size }), inclusionPath(index, { begin: 0, end: size }))
}

/** The hashes from the tree of the smaller size to the one of the larger. */
export async function proveConsistency(
  reader: TileReader,
  from: number,
  to: number,
): Promise<Result<readonly Uint8Array[], LedgerProblem>> {
  assert(from >= 0 && from <= to, 'the tree grew')
  const ranges = from === 0 ? [] : consistencyPath(from, { begin: 0, end: to }, true)
  return readAll(readRanges({ reader, size: to }), ranges)
}

/** PATH of RFC 6962: the siblings on the way up. */
function inclusionPath(index: number, { begin, end }: LeafRange): readonly LeafRange[] {
  if (end - begin === 1) return []
  const middle = begin + splitOf(end - begin)
  const [left, right] = [
    { begin, end: middle },
    { begin: middle, end },
  ]
  return index < middle
    ? [...inclusionPath(index, left), right]
    : [...inclusionPath(index, right), left]
}

/** SUBPROOF of RFC 6962. @param isKnown while the smaller tree is all of this part: its root needs no proof */
function consistencyPath(
  from: number,
  { begin, end }: LeafRange,
  isKnown: boolean,
): readonly LeafRange[] {
  if (from === end) return isKnown ? [] : [{ begin, end }]
  const middle = begin + splitOf(end - begin)
  const [left, right] = [
    { begin, end: middle },
    { begin: middle, end },
  ]
  return from <= middle
    ? [...consistencyPath(from, left, isKnown), right]
    : [...consistencyPath(from, right, false), left]
}

async function readAll(
  read: RangeReader,
  ranges: readonly LeafRange[],
): Promise<Result<readonly Uint8Array[], LedgerProblem>> {
  const hashes: Uint8Array[] = []
  for (const range of ranges) {
    const hash = await read(range)
    if (!hash.ok) return hash
    hashes.push(hash.value)
  }
  return accept(hashes)
}
