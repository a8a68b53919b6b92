// The records that a merge would bring in: each is judged as one that is appended.

import { accept, type Check, groupChecks, quote, type Result } from '../../core/index.ts'
import type { ConflictSide, LedgerStore } from '../../host/index.ts'
import { type LedgerEntry, type LedgerTree, readEntries } from '../../ledger/index.ts'
import { verifyRecord } from '../../record/index.ts'
import { judgeEntry } from './record-entry.ts'

/** What a record is verified by. */
export type RecordRequest = Parameters<typeof verifyRecord>[1]

interface Question {
  readonly store: LedgerStore
  readonly ours: LedgerTree
  readonly theirs: LedgerTree & Pick<ConflictSide, 'readRecord'>
  /** Entries that both begin with. */
  readonly common: number
  /** Undefined where a person calls that unsafe: then only what the entries say is judged. */
  readonly request: RecordRequest | undefined
}

/** The verdict about what theirs has and ours has not. */
export async function checkIncoming(question: Question): Promise<Result<Check>> {
  const { ours, theirs, common, store, request } = question
  const known = new Set<string>()
  const own = await readEntries(ours, common, ({ sha256 }) => void known.add(sha256))
  if (!own.ok) return own
  const incoming: LedgerEntry[] = []
  const read = await readEntries(theirs, common, (entry) => {
    if (!known.has(entry.sha256)) incoming.push(entry)
  })
  if (!read.ok) return read
  const checks: Check[] = [
    { name: 'incoming', outcome: 'accepted', message: `${incoming.length} to be brought in` },
  ]
  for (const entry of incoming) {
    const here = await store.readRecord(entry)
    const bytes = here.ok ? here : await theirs.readRecord(entry)
    if (!bytes.ok) return bytes
    const named = judgeEntry(entry, bytes.value)
    if (!named.ok) return named
    if (request === undefined) continue
    const { verdict } = verifyRecord(bytes.value, request)
    checks.push({ ...verdict, message: `${quote(entry.sha256)}: ${verdict.message}` })
  }
  return accept(
    groupChecks('ledger-merge', 'The records are judged before they are merged', checks),
  )
}
