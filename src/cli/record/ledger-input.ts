// What a ledger holds about releases and commits: each record verified anew, for nothing in a folder is believed.

import { accept, type Check, countOf, refuse, type Result } from '../../core/index.ts'
import type { LedgerStore, RecordVerifier } from '../../host/index.ts'
import {
  findEntriesOf,
  type LedgerEntry,
  type LedgerTree,
  readEntries,
} from '../../ledger/index.ts'
import { type KnownItems, verifyRecord } from '../../record/index.ts'
import { PREDICATE_TYPES } from '../../statement/index.ts'
import { knownOf, readItems, type ReleaseItems } from '../judging/release-items.ts'
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
  /** Releases with a provenance that says that they were built from this commit; nothing of it is verified either. */
  readonly builtFrom: (commit: string) => Promise<Result<readonly string[]>>
}

/** Reads a ledger as it is now: of its records, those that are asked for. */
export async function readLedger(
  store: LedgerStore,
  request: RecordRequest,
): Promise<Result<LedgerInput>> {
  const state = await store.read()
  if (!state.ok) return state
  let provenance: Promise<Result<Releases>> | undefined
  const readRelease = async (release: string) => {
    const places = await findEntriesOf(state.value, release)
    if (!places.ok) return places
    const source = { read: store.readRecord, verify: verifyUnder(request) }
    const items = await readItems(places.value, source)
    const [lost, ...more] = items.lost
    return lost === undefined ? accept(items) : refuse(lost, ...more)
  }
  return accept({
    size: state.value.size,
    items: readRelease,
    known: async (release) => {
      const items = await readRelease(release)
      return items.ok ? accept(knownOf(items.value)) : items
    },
    releasesOf: (digest) => findReleases(store, state.value, digest),
    builtFrom: async (commit) => {
      provenance ??= indexProvenance(store, state.value)
      const releases = await provenance
      return releases.ok ? accept(releases.value.get(commit) ?? []) : releases
    },
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

const PROVENANCE: readonly string[] = [
  PREDICATE_TYPES.provenance,
  PREDICATE_TYPES['provenance-v0.2'],
]

type Releases = ReadonlyMap<string, readonly string[]>

/** The releases of every commit that a provenance names: read once, however many records ask. */
async function indexProvenance(store: LedgerStore, tree: LedgerTree): Promise<Result<Releases>> {
  const entries: LedgerEntry[] = []
  const read = await readEntries(tree, 0, (entry) => {
    if (PROVENANCE.includes(entry.predicateType)) entries.push(entry)
  })
  if (!read.ok) return read
  const found = new Map<string, Set<string>>()
  for (const entry of entries) {
    const bytes = await store.readRecord(entry)
    if (!bytes.ok) return bytes
    const statement = readStatement(bytes.value)
    const said = statement.ok ? JSON.stringify(statement.value.predicate) : ''
    for (const [commit] of said.matchAll(NAMED_COMMIT)) {
      found.set(commit, (found.get(commit) ?? new Set()).add(entry.release))
    }
  }
  return accept(new Map([...found].map(([commit, releases]) => [commit, [...releases]])))
}

/** SHA-1 or SHA-256. */
const NAMED_COMMIT = /\b(?:[0-9a-f]{40}|[0-9a-f]{64})\b/g

/** Verifies here and now: a release has few records. */
export function verifyUnder(request: RecordRequest): RecordVerifier['verify'] {
  return (files) =>
    Promise.resolve(
      files.map((bytes) => {
        const { verdict, record, ...said } = verifyRecord(bytes, request)
        return { ...said, ...(record === undefined ? { verdict } : { record }) }
      }),
    )
}

/** What a person has to know of entries that count nowhere. */
export function describeRefused(refused: readonly Check[]): readonly string[] {
  if (refused.length === 0) return []
  const reasons = refused.map(({ message }) => message).join('; ')
  return [`Not accepted, and counted nowhere: ${countOf(refused.length, 'record')}. ${reasons}`]
}
