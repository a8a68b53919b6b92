// A ledger for tests, in memory: its files in a map, written as a plan says and in no other way.

import { createHash } from 'node:crypto'
import {
  type AppendPlan,
  countEntries,
  type LedgerEntry,
  type LedgerTree,
  planAppend,
  readHead,
  type TreeHead,
} from '../../src/ledger/index.ts'

/** Files by their paths, and how often each was read. */
export interface TestLedger extends LedgerTree {
  readonly files: Map<string, Uint8Array>
  readonly reads: string[]
}

/** The result, or an error that says why there is none. */
export function expectValue<T>(
  result:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly problems: readonly { code: string; message: string }[] },
): T {
  if (result.ok) return result.value
  const [{ code, message } = { code: '', message: '' }] = result.problems
  throw new Error(`${code}: ${message}`)
}

/** The codes of a refusal, or `accepted`. */
export function codesOf(result: {
  readonly ok: boolean
  readonly problems?: readonly { code: string }[]
}): readonly string[] | 'accepted' {
  return result.ok ? 'accepted' : (result.problems ?? []).map(({ code }) => code)
}

/** The entry of a record that is told from others by a number, or by any text. */
export function entryOf(name: number | string, release?: string): LedgerEntry {
  return {
    sha256: createHash('sha256').update(`record ${name}`).digest('hex'),
    predicateType: 'https://slsa.dev/provenance/v1',
    release: release ?? `staging__web__v1.${name}__run-1`,
  }
}

/** That many entries, in the order of their numbers. */
export function entriesOf(count: number, first = 0): readonly LedgerEntry[] {
  return Array.from({ length: count }, (_, at) => entryOf(first + at))
}

/** A ledger out of these files. */
export function ledgerOf(files: Map<string, Uint8Array>): TestLedger {
  const reads: string[] = []
  const reader = {
    read: async (path: string) => {
      reads.push(path)
      return files.get(path)
    },
  }
  return { files, reads, reader, size: countEntries(files.keys()) }
}

/** A ledger with these entries, appended as many at a time. */
export async function createLedger(
  entries: readonly LedgerEntry[] = [],
  step = entries.length,
): Promise<TestLedger> {
  let ledger = ledgerOf(new Map())
  for (let at = 0; at < entries.length; at += step) {
    ledger = await append(ledger, entries.slice(at, at + step))
  }
  return ledger
}

/** The ledger after an append; the one before stays as it was. */
export async function append(
  ledger: LedgerTree & { readonly files: Map<string, Uint8Array> },
  entries: readonly LedgerEntry[],
  signed: readonly number[] = [],
): Promise<TestLedger> {
  const plan = expectValue(
    await planAppend(ledger.reader, await headOf(ledger), entries, { signed }),
  )
  return ledgerOf(apply(ledger.files, plan))
}

/** The files after a plan was carried out. */
export function apply(files: Map<string, Uint8Array>, plan: AppendPlan): Map<string, Uint8Array> {
  const after = new Map(files)
  for (const { path, bytes } of plan.files) after.set(path, Uint8Array.from(bytes))
  for (const path of plan.obsolete) after.delete(path)
  return after
}

/** The head of a ledger as its tiles have it. */
export async function headOf({ reader, size }: LedgerTree): Promise<TreeHead> {
  const { root } = expectValue(await readHead(reader, size))
  return { size, root: Uint8Array.from(root) }
}

/** A copy of which one file is another. */
export function withFile(
  { files }: TestLedger,
  path: string,
  bytes: Uint8Array | undefined,
): TestLedger {
  const copy = new Map(files)
  if (bytes === undefined) copy.delete(path)
  else copy.set(path, bytes)
  return ledgerOf(copy)
}
