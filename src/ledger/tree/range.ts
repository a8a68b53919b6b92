// The nodes that proofs are made of, named by the leaves below them and read from hash tiles.

import { strict as assert } from 'node:assert'
import { accept, type Result } from '../../core/index.ts'
import { hashNode } from '../../digest/index.ts'
import type { LedgerProblem } from '../problem.ts'
import { hashesAt, TILE_WIDTH, encodeTilePath } from '../tiles/address.ts'
import { type LedgerTree, readHashTile } from '../tiles/reader.ts'
import { hashSubtree } from './edge.ts'

/** The leaves from the first to the last but one. */
export interface LeafRange {
  readonly begin: number
  readonly end: number
}

/** Gives the hash over a range of leaves that is a node of the tree. */
export type RangeReader = (range: LeafRange) => Promise<Result<Uint8Array, LedgerProblem>>

/** A reader that asks for each tile once. */
export function readRanges({ reader, size }: LedgerTree): RangeReader {
  const tiles = new Map<string, ReturnType<typeof readHashTile>>()

  const readTile = (level: number, index: number): ReturnType<typeof readHashTile> => {
    const width = Math.min(TILE_WIDTH, hashesAt(size, level) - index * TILE_WIDTH)
    const path = encodeTilePath({ level, index, width })
    const known = tiles.get(path) ?? readHashTile(reader, { level, index, width })
    tiles.set(path, known)
    return known
  }

  /** A subtree of a power of two of leaves stands in one tile. */
  const readComplete: RangeReader = async ({ begin, end }) => {
    let level = 0
    let step = 1
    while (step * TILE_WIDTH <= end - begin) {
      level += 1
      step *= TILE_WIDTH
    }
    const first = begin / step
    const index = Math.floor(first / TILE_WIDTH)
    const tile = await readTile(level, index)
    if (!tile.ok) return tile
    const at = first % TILE_WIDTH
    return accept(hashSubtree(tile.value.slice(at, at + (end - begin) / step)))
  }

  const read: RangeReader = async ({ begin, end }) => {
    const split = splitOf(end - begin)
    if (split * 2 === end - begin || end - begin === 1) return readComplete({ begin, end })
    const left = await readComplete({ begin, end: begin + split })
    if (!left.ok) return left
    const right = await read({ begin: begin + split, end })
    return right.ok ? accept(hashNode(left.value, right.value)) : right
  }
  return read
}

/** The largest power of two below the count (RFC 6962, section 2.1); 1 for a single leaf. */
export function splitOf(count: number): number {
  assert(count > 0, 'a range has a leaf')
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}
