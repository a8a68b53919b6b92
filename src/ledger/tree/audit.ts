// The whole tree, read once from its first entry to its last: every entry, and every hash that stands for them.

import { judge, quote, type Result } from '../../core/index.ts'
import { hashLeaf } from '../../digest/index.ts'
import { type LedgerEntry, parseEntry } from '../entry.ts'
import type { LedgerProblem } from '../problem.ts'
import {
  encodeTilePath,
  hashesAt,
  listKept,
  TILE_WIDTH,
  type TileAddress,
} from '../tiles/address.ts'
import { type LedgerTree, readEntryBundle, readHashTile, type TileReader } from '../tiles/reader.ts'
import { findDifferent } from '../tiles/tile.ts'
import { EMPTY_EDGE, extendEdge, rootOfEdge, type TreeEdge } from './edge.ts'
import type { TreeHead } from './head.ts'

/** Told of every entry that can be read, in order; the audit waits for it. */
export type EntryVisitor = (entry: LedgerEntry, index: number) => void | Promise<void>

/**
 * Computes the head of the ledger from its entries, and holds every tile of it against them.
 *
 * Memory does not grow with the ledger, but for the digests of its records: none may stand in it twice.
 *
 * @param signed sizes of the signed heads whose tiles must be there as well
 * @returns the head, or what is wrong: entries that can not be read, tiles that are not there or are not of the entries
 */
export async function auditTree(
  { reader, size }: LedgerTree,
  visit: EntryVisitor = () => {},
  { signed = [] }: { readonly signed?: readonly number[] } = {},
): Promise<Result<TreeHead, LedgerProblem>> {
  const problems: LedgerProblem[] = []
  const seen = new Set<string>()
  let edge = EMPTY_EDGE
  let last: readonly Uint8Array[] = []
  while (edge.size < size) {
    const index = edge.size / TILE_WIDTH
    const width = Math.min(TILE_WIDTH, size - edge.size)
    const lines = await readEntryBundle(reader, { index, width })
    // Without the entries nothing after them can be told from something else.
    if (!lines.ok) return judge(undefined as never, [...problems, ...lines.problems])
    for (const [at, line] of lines.value.entries()) {
      const place = edge.size + at
      const entry = parseEntry(line)
      if (!entry.ok) problems.push(...entry.problems.map((problem) => inEntry(place, problem)))
      else if (seen.has(shortOf(entry.value))) problems.push(repeated(place, entry.value))
      else await visit(entry.value, place)
      if (entry.ok) seen.add(shortOf(entry.value))
    }
    const extended = extendEdge(edge, lines.value.map(hashLeaf))
    for (const { hashes, ...tile } of extended.full) {
      problems.push(...(await checkTile(reader, { ...tile, width: TILE_WIDTH }, hashes)))
    }
    edge = extended.edge
    last = lines.value
  }
  for (const [level, hashes] of edge.levels.entries()) {
    const index = Math.floor(hashesAt(size, level) / TILE_WIDTH)
    const width = hashes.length
    if (width > 0) problems.push(...(await checkTile(reader, { level, index, width }, hashes)))
  }
  for (const address of listKept({ size, signed })) {
    problems.push(...(await checkKept(reader, address, { edge, last })))
  }
  return judge({ size, root: rootOfEdge(edge) }, problems)
}

/** The digest in 32 characters: a part of the line would keep the whole line in memory. */
function shortOf({ sha256 }: LedgerEntry): string {
  return Buffer.from(sha256, 'hex').toString('latin1')
}

/** What a signed head needs begins the tile at the edge; the hashes of its entries tell them from others. */
async function checkKept(
  reader: TileReader,
  { level, index, width }: TileAddress,
  { edge, last }: { readonly edge: TreeEdge; readonly last: readonly Uint8Array[] },
): Promise<readonly LedgerProblem[]> {
  if (level !== 'entries') {
    const expected = edge.levels.flatMap((hashes, at) => (at === level ? hashes : []))
    return checkTile(reader, { level, index, width }, expected)
  }
  const lines = await readEntryBundle(reader, { index, width })
  if (!lines.ok) return lines.problems
  const wrong = findDifferent(lines.value, last)
  if (wrong === -1) return []
  const message = `Expected entry ${index * TILE_WIDTH + wrong}, found another`
  const at = encodeTilePath({ level, index, width })
  return [{ code: 'ledger/tile-differs', message, at }]
}

async function checkTile(
  reader: TileReader,
  address: TileAddress & { readonly level: number },
  expected: readonly Uint8Array[],
): Promise<readonly LedgerProblem[]> {
  const hashes = await readHashTile(reader, address)
  if (!hashes.ok) return hashes.problems
  const wrong = findDifferent(hashes.value, expected)
  if (wrong === -1) return []
  const at = encodeTilePath(address)
  const message = `Expected the hash of ${describePart(address, wrong)}, found that of another`
  return [{ code: 'ledger/tile-differs', message, at }]
}

/** What a hash of a tile stands for. */
function describePart({ level, index }: TileAddress & { level: number }, at: number): string {
  const leaves = TILE_WIDTH ** level
  const first = (index * TILE_WIDTH + at) * leaves
  return level === 0 ? `entry ${first}` : `entries ${first} to ${first + leaves - 1}`
}

function inEntry(place: number, problem: LedgerProblem): LedgerProblem {
  const at = problem.at === undefined ? `entry ${place}` : `entry ${place}, ${problem.at}`
  return { ...problem, at }
}

function repeated(place: number, { sha256 }: LedgerEntry): LedgerProblem {
  const message = `Expected each record once, found ${quote(sha256)} again`
  return { code: 'ledger/entry-repeated', message, at: `entry ${place}` }
}
