// What a ledger holds about one release or commit: each record read, verified, and held against its entry.

import { type Check, type Problem, quote, type Result } from '../../core/index.ts'
import type { RecordFinding, RecordVerifier } from '../../host/index.ts'
import type { PlacedEntry } from '../../ledger/index.ts'
import type { KnownItems, LedgerItem, LedgerMaterial, LedgerRecord } from '../../record/index.ts'

/** The entries of a release, judged one by one. */
export interface ReleaseItems {
  /** Accepted, in ledger order. */
  readonly items: readonly LedgerItem[]
  /** Records that are not accepted; they count nowhere. */
  readonly refused: readonly Check[]
  /** Files that hold the same signature, or the same words of the same signer, as an accepted one: neither for it nor against it. */
  readonly copies: readonly RecordCopy[]
  /** Records that are not there, or other files in their places. */
  readonly lost: readonly Problem[]
}

/** A file that holds an accepted record again, such as one without the timestamp of the other. */
export interface RecordCopy {
  readonly index: number
  readonly sha256: string
  /** SHA-256 of the accepted one. */
  readonly of: string
}

/** What is known of the release by them: what is lost is refused as well. */
export function knownOf({ items, refused, lost }: ReleaseItems): KnownItems {
  return { items, refused: refused.length + lost.length }
}

/** What is refused or lost, each with why. */
export function refusedOf({
  refused,
  lost,
}: Pick<ReleaseItems, 'refused' | 'lost'>): readonly Check[] {
  return [
    ...refused,
    ...lost.map(({ code, message, at = 'an entry' }): Check => {
      return { name: 'record', outcome: 'missing', code, message: `${at}: ${message}` }
    }),
  ]
}

/** Where records come from, and what verifies them. */
export interface RecordSource {
  readonly read: (entry: PlacedEntry) => Promise<Result<Uint8Array>>
  readonly verify: RecordVerifier['verify']
}

/** Reads and verifies the records of these entries. */
export async function readItems(
  entries: readonly PlacedEntry[],
  { read, verify }: RecordSource,
): Promise<ReleaseItems> {
  const found: PlacedEntry[] = []
  const files: Uint8Array[] = []
  const lost: Problem[] = []
  for (const entry of entries) {
    const bytes = await read(entry)
    if (bytes.ok) {
      found.push(entry)
      files.push(bytes.value)
    } else lost.push({ ...bytes.problems[0], at: `entry ${entry.index}` })
  }
  const findings = await verify(files)
  const items: LedgerItem[] = []
  const others: { readonly entry: PlacedEntry; readonly check: Check; envelope: string }[] = []
  const acts = new Map<string, string>()
  const envelopes = new Map<string, number>()
  const copies: RecordCopy[] = []
  for (const [at, entry] of found.entries()) {
    const finding = findings[at]
    const item = itemOf(entry, finding)
    const envelope = finding?.envelope ?? ''
    if ('outcome' in item) {
      // An entry that is not of its record is no copy of anything.
      others.push({ entry, check: item, envelope: item.code === MISPLACED ? '' : envelope })
      continue
    }
    if (!envelopes.has(envelope)) envelopes.set(envelope, items.length)
    items.push(item)
    const of = acts.get(item.signingAct)
    if (of === undefined) acts.set(item.signingAct, entry.sha256)
    else copies.push(copyOf(entry, of))
  }
  // What is refused may speak against a release; but not where the same signature is accepted and heard. Words that somebody else, or
  // another key, signed as well are no copy: nobody silences another (A-84).
  const refused: Check[] = []
  for (const { entry, check, envelope } of others) {
    const at = envelopes.get(envelope) ?? -1
    const item = items[at]
    if (item === undefined) refused.push(check)
    else {
      copies.push(copyOf(entry, item.sha256))
      items[at] = { ...item, firstIndex: Math.min(item.firstIndex ?? item.index, entry.index) }
    }
  }
  return { items, refused, copies: copies.toSorted((a, b) => a.index - b.index), lost }
}

function copyOf({ index, sha256 }: PlacedEntry, of: string): RecordCopy {
  return { index, sha256, of }
}

/** The record at its place, or why it does not stand there. */
function itemOf(entry: PlacedEntry, finding: RecordFinding | undefined): LedgerItem | Check {
  if (finding === undefined) throw new Error('Each file has a finding')
  if ('verdict' in finding) {
    const { verdict } = finding
    return { ...verdict, name: 'record', message: `${named(entry)}: ${verdict.message}` }
  }
  const { record } = finding
  return isOf(record, entry) ? { ...record, index: entry.index } : misplaced(entry, record)
}

/** A record is of the type that its entry says, and about the release that it says; evidence may name no release at all. */
function isOf(record: LedgerRecord | LedgerMaterial, entry: PlacedEntry): boolean {
  if (record.predicateType !== entry.predicateType) return false
  if (record.kind === 'material') return true
  const { about } = record
  return entry.release === (about.kind === 'set' ? about.id : `git:${about.commit}`)
}

const MISPLACED = 'cli/ledger-record'

function misplaced(entry: PlacedEntry, record: LedgerRecord | LedgerMaterial): Check {
  const found =
    record.kind === 'material'
      ? record.name
      : `${record.family} of ${quote(record.about.kind === 'set' ? record.about.id : `git:${record.about.commit}`)}`
  return {
    name: 'record',
    outcome: 'rejected',
    code: MISPLACED,
    message: `${named(entry)} is not the one that its entry names`,
    expected: `${entry.predicateType} of ${quote(entry.release)}`,
    found,
  }
}

function named({ index, sha256 }: PlacedEntry): string {
  return `Record ${sha256} at entry ${index}`
}
