// What an append writes, and in which order, so that whoever stops in the middle leaves a ledger that is whole.

import {
  accept,
  countOf,
  encodeHex,
  equalBytes,
  judge,
  quote,
  refuse,
  type Result,
} from '../../core/index.ts'
import { hashLeaf } from '../../digest/index.ts'
import { buildEntry, encodeEntry, type LedgerEntry } from '../entry.ts'
import type { LedgerProblem } from '../problem.ts'
import { encodeTilePath, hashesAt, listObsolete, TILE_WIDTH } from '../tiles/address.ts'
import { readEntryBundle, type TileReader } from '../tiles/reader.ts'
import { encodeEntryBundle, encodeHashTile, findDifferent } from '../tiles/tile.ts'
import { extendEdge, type FullTile, readEdge, rootOfEdge, type TreeEdge } from './edge.ts'
import type { TreeHead } from './head.ts'

/** A file to write, whole, in place of one that may be there. */
export interface PlannedFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** What makes a ledger longer. */
export interface AppendPlan {
  readonly head: TreeHead
  /**
   * In the order in which they must be written. Each entry bundle stands after all hash tiles of its tree: once it is there, its
   * entries are in the ledger; as long as it is not, the tiles before it are leftovers that a later append writes again.
   */
  readonly files: readonly PlannedFile[]
  /** Paths of partial tiles that may be removed once all is written. */
  readonly obsolete: readonly string[]
}

/**
 * Plans an append. It reads the right edge of the tree alone: the same few tiles at any size.
 *
 * @param head of the ledger as it is; a tree with another root is refused, as is an edge whose hashes are not of its entries
 * @param signed sizes of the signed heads whose tiles others may be reading
 */
export async function planAppend(
  reader: TileReader,
  head: TreeHead,
  entries: readonly LedgerEntry[],
  { signed = [] }: { readonly signed?: readonly number[] } = {},
): Promise<Result<AppendPlan, LedgerProblem>> {
  const checked = checkEntries(entries)
  if (!checked.ok) return checked
  const edge = await readCheckedEdge(reader, head)
  if (!edge.ok) return edge
  const bundle = await readLastBundle(reader, edge.value)
  if (!bundle.ok) return bundle

  const files: PlannedFile[] = []
  const sizes = [head.size]
  let last = edge.value
  let lines = [...bundle.value]
  let rest = entries.map(encodeEntry)
  while (rest.length > 0) {
    // To the end of the bundle and no further: so every bundle is complete before the next is begun.
    const added = rest.slice(0, TILE_WIDTH - lines.length)
    rest = rest.slice(added.length)
    lines.push(...added)
    const before = last.size
    const extended = extendEdge(last, added.map(hashLeaf))
    last = extended.edge
    sizes.push(last.size)
    files.push(
      ...extended.full.map(fullTileFile),
      ...partialTileFiles(last, before),
      bundleFile(last, lines),
    )
    if (lines.length === TILE_WIDTH) lines = []
  }
  const { size } = last
  const obsolete = listObsolete(sizes, { size, signed })
  return accept({ head: { size, root: rootOfEdge(last) }, files, obsolete })
}

function checkEntries(entries: readonly LedgerEntry[]): Result<undefined, LedgerProblem> {
  const seen = new Set<string>()
  const problems = entries.flatMap((entry): readonly LedgerProblem[] => {
    const built = buildEntry(entry)
    if (!built.ok) return built.problems
    const isRepeated = seen.has(entry.sha256)
    seen.add(entry.sha256)
    const message = `Cannot append the record ${quote(entry.sha256)} twice`
    return isRepeated ? [{ code: 'ledger/entry-repeated', message }] : []
  })
  return judge(undefined, problems)
}

async function readCheckedEdge(
  reader: TileReader,
  { size, root }: TreeHead,
): Promise<Result<TreeEdge, LedgerProblem>> {
  const edge = await readEdge(reader, size)
  if (!edge.ok) return edge
  const found = rootOfEdge(edge.value)
  if (equalBytes(found, root)) return edge
  const message = `Expected the root ${encodeHex(root)} over ${countOf(size, 'entry')}, found ${encodeHex(found)}`
  return refuse({ code: 'ledger/head-differs', message })
}

/** The lines of the bundle that is not full; nothing is put on top of entries that were changed. */
async function readLastBundle(
  reader: TileReader,
  { size, levels }: TreeEdge,
): Promise<Result<readonly Uint8Array[], LedgerProblem>> {
  const [leaves = []] = levels
  if (leaves.length === 0) return accept([])
  const index = Math.floor(size / TILE_WIDTH)
  const lines = await readEntryBundle(reader, { index, width: leaves.length })
  if (!lines.ok) return lines
  const wrong = findDifferent(lines.value.map(hashLeaf), leaves)
  if (wrong === -1) return lines
  const message = `Expected the hash of entry ${index * TILE_WIDTH + wrong}, found that of another`
  const at = encodeTilePath({ level: 0, index, width: leaves.length })
  return refuse({ code: 'ledger/tile-differs', message, at })
}

function fullTileFile({ level, index, hashes }: FullTile): PlannedFile {
  const path = encodeTilePath({ level, index, width: TILE_WIDTH })
  return { path, bytes: encodeHashTile(hashes) }
}

/** The partial hash tiles that this many more leaves changed. */
function partialTileFiles({ size, levels }: TreeEdge, before: number): readonly PlannedFile[] {
  return levels.flatMap((hashes, level) => {
    const count = hashesAt(size, level)
    const width = count % TILE_WIDTH
    if (width === 0 || count === hashesAt(before, level)) return []
    const path = encodeTilePath({ level, index: Math.floor(count / TILE_WIDTH), width })
    return [{ path, bytes: encodeHashTile(hashes) }]
  })
}

function bundleFile({ size }: TreeEdge, lines: readonly Uint8Array[]): PlannedFile {
  const index = Math.floor((size - 1) / TILE_WIDTH)
  const path = encodeTilePath({ level: 'entries', index, width: lines.length })
  return { path, bytes: encodeEntryBundle(lines) }
}
