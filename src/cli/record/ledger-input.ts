// What a ledger holds about releases and commits: each record verified anew, for nothing in a folder is believed.

import { accept, countOf, type Result } from '../../core/index.ts'
import type { LedgerStore } from '../../host/index.ts'
import { type LedgerEntry, type LedgerTree, readEntries } from '../../ledger/index.ts'
import { type LedgerItem, verifyRecord } from '../../record/index.ts'

/** Under what records are verified. */
export type RecordRequest = Parameters<typeof verifyRecord>[1]

/** A ledger, looked up by what its entries are about. */
export interface LedgerInput {
  readonly size: number
  /** Every artifact set that it names. */
  readonly sets: readonly string[]
  /** What is accepted of the entries of a release (`git:<commit>` for a commit), in ledger order. */
  readonly items: (release: string) => Promise<Result<ReleaseItems>>
}

/** The entries of one release. */
export interface ReleaseItems {
  readonly accepted: readonly LedgerItem[]
  /** Entries whose records are not accepted; they count nowhere. */
  readonly refused: readonly number[]
}

interface Place {
  readonly entry: LedgerEntry
  readonly index: number
}

/** Reads every entry, and the records of those that are asked for. */
export async function readLedger(
  store: LedgerStore,
  request: RecordRequest,
): Promise<Result<LedgerInput>> {
  const state = await store.read()
  if (!state.ok) return state
  const places = await indexEntries(state.value)
  if (!places.ok) return places
  return accept({
    size: state.value.size,
    sets: [...places.value.keys()].filter((release) => release.includes('__')),
    items: async (release) => readItems(store, request, places.value.get(release) ?? []),
  })
}

async function indexEntries(
  tree: LedgerTree,
): Promise<Result<ReadonlyMap<string, readonly Place[]>>> {
  const places = new Map<string, Place[]>()
  const read = await readEntries(tree, 0, (entry, index) => {
    const list = places.get(entry.release)
    if (list === undefined) places.set(entry.release, [{ entry, index }])
    else list.push({ entry, index })
  })
  return read.ok ? accept(places) : read
}

async function readItems(
  store: LedgerStore,
  request: RecordRequest,
  places: readonly Place[],
): Promise<Result<ReleaseItems>> {
  const accepted: LedgerItem[] = []
  const refused: number[] = []
  for (const { entry, index } of places) {
    const bytes = await store.readRecord(entry)
    if (!bytes.ok) return bytes
    const { record } = verifyRecord(bytes.value, request)
    if (record === undefined) refused.push(index)
    else accepted.push({ ...record, index })
  }
  return accept({ accepted, refused })
}

/** What a person has to know of entries that count nowhere. */
export function describeRefused(refused: readonly number[]): readonly string[] {
  if (refused.length === 0) return []
  const what = countOf(refused.length, 'record')
  return [
    `Not accepted under the trust document, and counted nowhere: ${what} (entry ${refused.join(', ')})`,
  ]
}
