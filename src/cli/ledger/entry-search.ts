// An entry as a person names it: by its place, or by the digest of its record or the beginning of it.

import { accept, quote, type Result, refuse } from '../../core/index.ts'
import { type LedgerTree, type PlacedEntry, readEntries } from '../../ledger/index.ts'
import type { CliProblem } from '../problem.ts'

/** Shorter ones are places. */
const DIGEST_MIN = 8

/** The one entry that is meant, or `cli/ledger-entry-missing`. */
export async function findEntry(tree: LedgerTree, name: string): Promise<Result<PlacedEntry>> {
  const isPlace = /^\d{1,15}$/.test(name) && name.length < DIGEST_MIN
  const isDigest = /^[0-9a-f]{8,64}$/.test(name)
  const found: PlacedEntry[] = []
  if (isPlace || isDigest) {
    const place = isPlace ? Number(name) : 0
    const read = await readEntries(tree, place, (entry, index) => {
      const isMeant = isPlace ? index === place : entry.sha256.startsWith(name)
      if (isMeant) found.push({ ...entry, index })
    })
    if (!read.ok) return read
  }
  const [first, second] = found
  if (first !== undefined && second === undefined) return accept(first)
  return refuse<CliProblem>({
    code: 'cli/ledger-entry-missing',
    message: `Expected one entry by its place, or by at least ${DIGEST_MIN} digits of its digest, found ${found.length === 0 ? 'none' : found.length} for ${quote(name)}`,
    hint: 'assay ledger list',
  })
}
