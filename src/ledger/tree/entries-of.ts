// The entries of one release. All others are told apart by their bytes alone: a large ledger is looked through, not read.

import { accept, encodeUtf8, type Result, refuse } from '../../core/index.ts'
import { parseEntry, type PlacedEntry } from '../entry.ts'
import type { LedgerProblem } from '../problem.ts'
import { TILE_WIDTH } from '../tiles/address.ts'
import { type LedgerTree, readEntryBundle } from '../tiles/reader.ts'

/**
 * The entries that are about it, in ledger order. Like `readEntries` it is for those who know already that the hashes are right.
 *
 * @param release an artifact set id, or `git:<commit>`
 */
export async function findEntriesOf(
  { reader, size }: LedgerTree,
  release: string,
): Promise<Result<readonly PlacedEntry[], LedgerProblem>> {
  // Entries are canonical: a member is written in one way, and no text of an entry has quotes in it.
  const mark = Buffer.from(encodeUtf8(`"release":${JSON.stringify(release)}`))
  const found: PlacedEntry[] = []
  for (let bundle = 0; bundle * TILE_WIDTH < size; bundle++) {
    const begin = bundle * TILE_WIDTH
    const width = Math.min(TILE_WIDTH, size - begin)
    const lines = await readEntryBundle(reader, { index: bundle, width })
    if (!lines.ok) return lines
    for (const [at, line] of lines.value.entries()) {
      if (!Buffer.from(line.buffer, line.byteOffset, line.length).includes(mark)) continue
      const index = begin + at
      const entry = parseEntry(line)
      if (!entry.ok) return refuse({ ...entry.problems[0], at: `entry ${index}` })
      found.push({ ...entry.value, index })
    }
  }
  return accept(found)
}
