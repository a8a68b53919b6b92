// Entries in their order, a bundle at a time: for those who know already that the hashes are right.

import { accept, type Result, refuse } from '../../core/index.ts'
import { parseEntry } from '../entry.ts'
import type { LedgerProblem } from '../problem.ts'
import { TILE_WIDTH } from '../tiles/address.ts'
import { type LedgerTree, readEntryBundle } from '../tiles/reader.ts'
import type { EntryVisitor } from './audit.ts'

/** Tells the visitor of every entry from this one on, or says which of them can not be read. */
export async function readEntries(
  { reader, size }: LedgerTree,
  begin: number,
  visit: EntryVisitor,
): Promise<Result<undefined, LedgerProblem>> {
  let at = begin
  while (at < size) {
    const index = Math.floor(at / TILE_WIDTH)
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const lines = await readEntryBundle(reader, { index, width })
    if (!lines.ok) return lines
    for (const line of lines.value.slice(at - index * TILE_WIDTH)) {
      const entry = parseEntry(line)
      if (!entry.ok) return refuse({ ...entry.problems[0], at: `entry ${at}` })
      await visit(entry.value, at)
      at += 1
    }
  }
  return accept(undefined)
}
