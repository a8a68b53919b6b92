// What a ledger holds about releases and commits: each record verified anew, for nothing in a folder is believed.

import { accept, countOf, type Result } from '../../core/index.ts'
import type { LedgerStore } from '../../host/index.ts'
import {
  findEntriesOf,
  type LedgerEntry,
  type LedgerTree,
  type PlacedEntry,
  readEntries,
} from '../../ledger/index.ts'
import { type KnownItems, type LedgerItem, verifyRecord } from '../../record/index.ts'
import { readStatement } from '../ledger/record-entry.ts'

/** Under what records are verified. */
export type RecordRequest = Parameters<typeof verifyRecord>[1]

/** A ledger, looked up by what its entries are about. */
export interface LedgerInput {
  readonly size: number
  /** What is accepted of the entries of a release (`git:<commit>` for a commit), in ledger order. */
  readonly items: (release: string) => Promise<Result<ReleaseItems>>
  /** The same, with the number of those that are not accepted. */
  readonly known: (release: string) => Promise<Result<KnownItems>>
  /** Releases whose first record says that this is their set. Nothing of it is verified: it says where to look. */
  readonly releasesOf: (digest: string) => Promise<Result<readonly string[]>>
}

/** The entries of one release. */
export interface ReleaseItems {
  readonly accepted: readonly LedgerItem[]
  /** Entries whose records are not accepted; they count nowhere. */
  readonly refused: readonly number[]
}

/** Reads a ledger as it is now: of its records, those that are asked for. */
export async function readLedger(
  store: LedgerStore,
  request: RecordRequest,
): Promise<Result<LedgerInput>> {
  const state = await store.read()
  if (!state.ok) return state
  const readRelease = async (release: string) => {
    const places = await findEntriesOf(state.value, release)
    return places.ok ? readItems(store, request, places.value) : places
  }
  return accept({
    size: state.value.size,
    items: readRelease,
    known: async (release) => {
      const items = await readRelease(release)
      return items.ok ? accept(knownOf(items.value)) : items
    },
    releasesOf: (digest) => findReleases(store, state.value, digest),
  })
}

async function findReleases(
  store: LedgerStore,
  tree: LedgerTree,
  digest: string,
): Promise<Result<readonly string[]>> {
  const first = new Map<string, LedgerEntry>()
  const read = await readEntries(tree, 0, (entry) => {
    if (!first.has(entry.release)) first.set(entry.release, entry)
  })
  if (!read.ok) return read
  const found: string[] = []
  for (const [release, entry] of first) {
    const bytes = await store.readRecord(entry)
    if (!bytes.ok) return bytes
    const statement = readStatement(bytes.value)
    const subjects = statement.ok ? statement.value.subjects : []
    const isOfSet = subjects.some(({ name, digest: own }) => {
      return name === release && own['dirHash'] === digest
    })
    if (isOfSet) found.push(release)
  }
  return accept(found)
}

async function readItems(
  store: LedgerStore,
  request: RecordRequest,
  places: readonly PlacedEntry[],
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

/** As judging a release takes it. */
export function knownOf({ accepted, refused }: ReleaseItems): KnownItems {
  return { items: accepted, refused: refused.length }
}

/** What a person has to know of entries that count nowhere. */
export function describeRefused(refused: readonly number[]): readonly string[] {
  if (refused.length === 0) return []
  const what = countOf(refused.length, 'record')
  return [
    `Not accepted under the trust document, and counted nowhere: ${what} (entry ${refused.join(', ')})`,
  ]
}
