// The ledger that a merge plan makes of two: the files of its base, what was appended to it, and the records of both.

import { accept, equalBytes, LIMITS, type Result, refuse } from '../../core/index.ts'
import {
  type LedgerEntry,
  type LedgerProblem,
  type LedgerTree,
  listTiles,
  parseTilePath,
  planAppend,
  type PlannedFile,
  readEarlier,
  readHead,
  type TileReader,
  type TreeHead,
} from '../../ledger/index.ts'
import type { LedgerDisk } from './disk.ts'
import { commitChange } from './journal.ts'
import { CHECKPOINT_PATH, headFile, recordPathOf } from './layout.ts'
import { listTileFiles, sizesOf } from './state.ts'

/** What becomes of a ledger. */
export interface LedgerMerge {
  /** Whose tiles and signed head stay. */
  readonly base: LedgerTree & { readonly checkpoint?: Uint8Array }
  /** What is appended to it. */
  readonly append: readonly LedgerEntry[]
  /** Records that the folder lacks, by their entries. */
  readonly records: readonly { readonly entry: LedgerEntry; readonly bytes: Uint8Array }[]
}

/** Makes the folder that ledger, as one change; the lock is held. */
export async function mergeInto(
  disk: LedgerDisk,
  { base, append, records }: LedgerMerge,
): Promise<Result<TreeHead, LedgerProblem>> {
  const { reader, size, checkpoint } = base
  const signed = checkpoint === undefined ? [] : sizesOf(checkpoint)
  const before = await readHead(reader, size)
  if (!before.ok) return before
  const plan = await planAppend(reader, before.value, append, { signed })
  if (!plan.ok) return plan
  const { head, files: planned } = plan.value
  const merged = readOver(reader, planned)
  // Tiles that only the signed head needs are the beginnings of others.
  const earlier = readEarlier({ reader: merged, size: head.size })
  const tiles = [...listTiles({ size: head.size, signed })]
  const files: PlannedFile[] = records.map(({ entry, bytes }) => ({
    path: recordPathOf(entry),
    bytes,
  }))
  for (const path of orderOf(tiles)) {
    const bytes = (await merged.read(path)) ?? (await earlier.read(path))
    if (bytes === undefined) {
      const message = `Expected the tile ${path}, found none`
      return refuse({ code: 'ledger/tile-missing', message, at: path })
    }
    if (!isThere(disk, path, bytes)) files.push({ path, bytes })
  }
  files.push(headFile(head))
  if (checkpoint !== undefined) files.push({ path: CHECKPOINT_PATH, bytes: checkpoint })
  const needed = new Set(tiles)
  const remove = [...listTileFiles(disk)].filter(
    (path) => !needed.has(path) && parseTilePath(path) !== undefined,
  )
  commitChange(disk, { files, remove })
  return accept(head)
}

/** Entries last, as an append writes them. */
function orderOf(tiles: readonly string[]): readonly string[] {
  const isEntries = (path: string): boolean => path.startsWith('tile/entries/')
  return [...tiles.filter((path) => !isEntries(path)), ...tiles.filter(isEntries)]
}

function readOver(reader: TileReader, files: readonly PlannedFile[]): TileReader {
  const byPath = new Map(files.map(({ path, bytes }) => [path, bytes]))
  return { read: async (path) => byPath.get(path) ?? reader.read(path) }
}

function isThere(disk: LedgerDisk, path: string, bytes: Uint8Array): boolean {
  const found = disk.read(path, LIMITS.ledgerTileBytesMax)
  return found !== undefined && equalBytes(found, bytes)
}
