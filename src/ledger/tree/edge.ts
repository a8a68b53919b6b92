// The right edge of a tree: the hashes of its last tile on every level. All that an append has to know of what is there already.

import { strict as assert } from 'node:assert'
import { accept, type Result } from '../../core/index.ts'
import { hashEmptyTree, hashNode } from '../../digest/index.ts'
import type { LedgerProblem } from '../problem.ts'
import { hashesAt, levelsOf, TILE_WIDTH } from '../tiles/address.ts'
import { readHashTile, type TileReader } from '../tiles/reader.ts'

/** The edge of a tree of that many leaves. */
export interface TreeEdge {
  readonly size: number
  /** For each level of tiles, from the leaves upwards: the hashes of its partial tile, fewer than 256. */
  readonly levels: readonly (readonly Uint8Array[])[]
}

/** A tile of hashes that is full. */
export interface FullTile {
  readonly level: number
  readonly index: number
  readonly hashes: readonly Uint8Array[]
}

/** The tree of which nothing is there. */
export const EMPTY_EDGE: TreeEdge = { size: 0, levels: [] }

/** Reads the edge: at most one tile for each level, however large the tree is. */
export async function readEdge(
  reader: TileReader,
  size: number,
): Promise<Result<TreeEdge, LedgerProblem>> {
  assert(Number.isSafeInteger(size) && size >= 0, 'a ledger has a whole number of entries')
  const levels: (readonly Uint8Array[])[] = []
  for (const level of levelsOf(size)) {
    const count = hashesAt(size, level)
    const width = count % TILE_WIDTH
    const index = Math.floor(count / TILE_WIDTH)
    const hashes = width === 0 ? accept([]) : await readHashTile(reader, { level, index, width })
    if (!hashes.ok) return hashes
    levels.push(hashes.value)
  }
  return accept({ size, levels })
}

/** The edge after more leaves, and the tiles that became full, each after those that it is made of. */
export function extendEdge(
  { size, levels }: TreeEdge,
  leaves: readonly Uint8Array[],
): { readonly edge: TreeEdge; readonly full: readonly FullTile[] } {
  const after: (readonly Uint8Array[])[] = []
  const full: FullTile[] = []
  let added = leaves
  for (let level = 0; level < levels.length || added.length > 0; level++) {
    const hashes = [...(levels[level] ?? []), ...added]
    const first = Math.floor(hashesAt(size, level) / TILE_WIDTH)
    const tiles = Math.floor(hashes.length / TILE_WIDTH)
    const whole = Array.from({ length: tiles }, (_, tile) =>
      hashes.slice(tile * TILE_WIDTH, (tile + 1) * TILE_WIDTH),
    )
    full.push(...whole.map((hashes, tile) => ({ level, index: first + tile, hashes })))
    after.push(hashes.slice(tiles * TILE_WIDTH))
    added = whole.map(hashSubtree)
  }
  return { edge: { size: size + leaves.length, levels: after }, full }
}

/** The root over the whole tree (RFC 6962, section 2.1): the complete subtrees at the edge, the smallest first. */
export function rootOfEdge({ levels }: TreeEdge): Uint8Array {
  const subtrees = levels.flatMap(completeSubtrees)
  const [first, ...rest] = subtrees
  if (first === undefined) return hashEmptyTree()
  return rest.reduce((right, left) => hashNode(left, right), first)
}

/** The roots of the complete subtrees that these hashes make, from the last and smallest to the first and largest. */
function completeSubtrees(hashes: readonly Uint8Array[]): readonly Uint8Array[] {
  const roots: Uint8Array[] = []
  let end = hashes.length
  for (let width = 1; end > 0; width *= 2) {
    // One bit of the number of hashes for each subtree.
    if (Math.floor(end / width) % 2 === 0) continue
    roots.push(hashSubtree(hashes.slice(end - width, end)))
    end -= width
  }
  return roots
}

/** The root over a power of two of hashes. */
export function hashSubtree(hashes: readonly Uint8Array[]): Uint8Array {
  let row = hashes
  while (row.length > 1) row = pairs(row)
  const [root] = row
  assert(root !== undefined, 'a subtree has a hash')
  return root
}

function pairs(row: readonly Uint8Array[]): readonly Uint8Array[] {
  const nodes: Uint8Array[] = []
  for (let at = 0; at + 1 < row.length; at += 2) {
    const [left, right] = row.slice(at, at + 2)
    assert(left !== undefined && right !== undefined, 'a complete row has pairs')
    nodes.push(hashNode(left, right))
  }
  return nodes
}
