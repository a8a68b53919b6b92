// One more record, or several: found to be new, planned on the edge of the tree, and written as one change.

import { strict as assert } from 'node:assert'
import { accept, judge, type Problem, type Result } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import {
  claimRelease,
  type LedgerEntry,
  type LedgerProblem,
  type LedgerTree,
  planAppend,
  readEntries,
  type ReleaseSets,
} from '../../ledger/index.ts'
import type { HostProblem } from '../problem.ts'
import { addClaims, readClaims } from './claims.ts'
import type { LedgerDisk } from './disk.ts'
import { commitChange } from './journal.ts'
import { headFile, recordPathOf } from './layout.ts'
import type { LedgerState } from './state.ts'

/** A record that was verified, and its entry. */
export interface NewRecord {
  readonly entry: LedgerEntry
  /** The file, byte for byte: its SHA-256 is in the entry. */
  readonly bytes: Uint8Array
}

/** What came of each, in their order. */
export interface AppendedRecord {
  readonly entry: LedgerEntry
  readonly index: number
  /** False where the ledger had it already. */
  readonly isNew: boolean
}

/** The ledger after an append. */
export interface Appended {
  readonly records: readonly AppendedRecord[]
  readonly head: LedgerState['head']
}

/** What else speaks against the entries, by the sets that their release versions have in the ledger now. */
export type AppendJudge = (sets: ReleaseSets) => readonly Problem[]

/** Appends what is new of them, all or nothing; the lock is held. */
export async function appendRecords(
  disk: LedgerDisk,
  state: LedgerState,
  records: readonly NewRecord[],
  judgeSets: AppendJudge = () => [],
): Promise<Result<Appended, Problem | LedgerProblem | HostProblem>> {
  for (const { entry, bytes } of records) {
    assert(digestBytes('sha256', bytes) === entry.sha256, 'an entry names the bytes of its record')
  }
  const places = await findPlaces(disk, state, records)
  if (!places.ok) return places
  const added = records.filter(({ entry }) => !places.value.has(entry.sha256))
  const entries = added.map(({ entry }) => entry)
  const sets = await readClaims(disk, state, entries)
  if (!sets.ok) return sets
  const claimed = new Map(sets.value)
  const conflicts = entries.flatMap((entry) => claimRelease(claimed, entry) ?? [])
  const judged = judge(undefined, [...conflicts, ...judgeSets(sets.value)])
  if (!judged.ok) return judged
  const plan = await planAppend(state.reader, state.head, entries, { signed: state.signed })
  if (!plan.ok) return plan
  const { head, files, obsolete } = plan.value
  const answer: Appended = {
    head,
    records: records.map(({ entry }) => {
      const at = places.value.get(entry.sha256)
      const index = at ?? state.size + entries.indexOf(entry)
      return { entry, index, isNew: at === undefined }
    }),
  }
  if (entries.length === 0) return accept(answer)
  const recordFiles = added.map(({ entry, bytes }) => ({ path: recordPathOf(entry), bytes }))
  const changed = { files: [...recordFiles, ...files, headFile(head)], remove: obsolete }
  commitChange(disk, changed)
  noteClaims(disk, entries, head)
  return accept(answer)
}

/** Where those stand that the ledger has. What has no file has no entry either, so that new records cost no search. */
async function findPlaces(
  disk: LedgerDisk,
  tree: LedgerTree,
  records: readonly NewRecord[],
): Promise<Result<ReadonlyMap<string, number>, LedgerProblem>> {
  const candidates = records
    .map(({ entry }) => entry)
    .filter((entry) => disk.look(recordPathOf(entry)) === 'file')
  return candidates.length === 0 ? accept(new Map()) : findEntries(tree, candidates)
}

/** Reads all entries for those of these records. */
async function findEntries(
  tree: LedgerTree,
  records: readonly Pick<LedgerEntry, 'sha256'>[],
): Promise<Result<ReadonlyMap<string, number>, LedgerProblem>> {
  const asked = new Set(records.map(({ sha256 }) => sha256))
  const places = new Map<string, number>()
  const read = await readEntries(tree, 0, ({ sha256 }, index) => {
    if (asked.has(sha256)) places.set(sha256, index)
  })
  return read.ok ? accept(places) : read
}

/** The records are in the ledger already: what can not be noted now is computed when it is needed. */
function noteClaims(
  disk: LedgerDisk,
  entries: readonly LedgerEntry[],
  head: LedgerState['head'],
): void {
  try {
    addClaims(disk, entries, head)
  } catch {
    // Its head is that of before, so that nobody takes it for this ledger's.
  }
}
