// Ledgers in folders for tests: records of any bytes, a disk whose Nth call does something else, and a look at what came of it.

import { createHash } from 'node:crypto'
import { join } from 'node:path'
import {
  createDisk,
  createLedgerStore,
  type LedgerDisk,
  type LedgerStore,
  type NewRecord,
} from '../../../src/host/ledger/index.ts'
import { auditTree, type LedgerEntry } from '../../../src/ledger/index.ts'
import { expectValue } from '../../ledger/test-ledger.ts'

/** The ledger `ledger` in a folder. */
export function openStore(
  folder: string,
  change: (disk: LedgerDisk) => LedgerDisk = (disk) => disk,
): LedgerStore {
  return createLedgerStore('ledger', change(createDisk(join(folder, 'ledger'), 'ledger')))
}

/** A record of any bytes: the store looks at nothing but its digest. */
export function recordOf(name: number | string, release?: string): NewRecord {
  const bytes = Buffer.from(`record ${name}\n`)
  const entry = {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    predicateType: 'https://slsa.dev/provenance/v1',
    release: release ?? `staging__web__v1.${name}__run-1`,
  }
  return { entry, bytes }
}

/** That many records, in the order of their numbers. */
export function recordsOf(count: number, first = 0): readonly NewRecord[] {
  return Array.from({ length: count }, (_, at) => recordOf(first + at))
}

/** A new ledger with these records, appended at once. */
export async function createStore(
  folder: string,
  records: readonly NewRecord[] = [],
): Promise<LedgerStore> {
  const store = openStore(folder)
  expectValue(await store.init())
  if (records.length > 0) expectValue(await store.append(records))
  return store
}

/** Calls that change something; reading is `read` and `list`. */
export const CHANGES = ['write', 'makeFolder', 'move', 'remove', 'flush'] as const
export const CALLS = [...CHANGES, 'read', 'list'] as const

/** A disk that does something else before its call number `at`, from 1. */
export function atNthCall(
  disk: LedgerDisk,
  at: number,
  {
    calls,
    act,
  }: {
    readonly calls: readonly (typeof CALLS)[number][]
    readonly act: (name: string, args: readonly unknown[]) => void
  },
): { readonly disk: LedgerDisk; readonly count: () => number } {
  let count = 0
  const changed: Record<string, unknown> = { ...disk }
  for (const name of calls) {
    changed[name] = (...args: unknown[]) => {
      count += 1
      if (count === at) act(name, args)
      return Reflect.apply(disk[name], disk, args)
    }
  }
  return { disk: changed as unknown as LedgerDisk, count: () => count }
}

/** The digests in the ledger, in their order, after all of it was found to be sound: tree, records, nothing extra. */
export async function readSound(store: LedgerStore): Promise<readonly string[]> {
  const state = expectValue(await store.read())
  const entries: LedgerEntry[] = []
  const audited = await auditTree(state, (entry) => void entries.push(entry), {
    signed: state.signed,
  })
  const head = expectValue(audited)
  if (Buffer.compare(head.root, state.head.root) !== 0) throw new Error('another root')
  for (const entry of entries) expectValue(await store.readRecord(entry))
  const names = entries.map(({ sha256 }) => sha256)
  const found = expectValue(await store.listRecords())
  const count = found.rest().length
  for (const sha256 of names) found.strike(sha256)
  const extra = found.rest().map(({ path }) => path)
  if (extra.length > 0 || count !== names.length) throw new Error(`extra: ${String(extra)}`)
  return names
}

/** What {@link readSound} gives for these records. */
export function digestsOf(records: readonly NewRecord[]): readonly string[] {
  return records.map(({ entry }) => entry.sha256)
}
