// What a ledger holds about one release or commit: each record read, verified, and held against its entry.

import { type Check, type Problem, quote, type Result } from '../../core/index.ts'
import type { RecordFinding, RecordVerifier } from '../../host/index.ts'
import type { KnownItems, LedgerItem, LedgerMaterial, LedgerRecord } from '../../record/index.ts'
import type { PlacedEntry } from './entry-index.ts'

/** The entries of a release, judged one by one. */
export interface ReleaseItems {
  /** Accepted, in ledger order. */
  readonly items: readonly LedgerItem[]
  /** Records that are not accepted; they count nowhere. */
  readonly refused: readonly Check[]
  /** Records that are not there, or other files in their places. */
  readonly lost: readonly Problem[]
}

/** What is known of the release by them: what is lost is refused as well. */
export function knownOf({ items, refused, lost }: ReleaseItems): KnownItems {
  return { items, refused: refused.length + lost.length }
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
  const refused: Check[] = []
  for (const [at, entry] of found.entries()) {
    const item = itemOf(entry, findings[at])
    if ('outcome' in item) refused.push(item)
    else items.push(item)
  }
  return { items, refused, lost }
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

function misplaced(entry: PlacedEntry, record: LedgerRecord | LedgerMaterial): Check {
  const found =
    record.kind === 'material'
      ? record.name
      : `${record.family} of ${quote(record.about.kind === 'set' ? record.about.id : `git:${record.about.commit}`)}`
  return {
    name: 'record',
    outcome: 'rejected',
    code: 'cli/ledger-record',
    message: `${named(entry)} is not the one that its entry names`,
    expected: `${entry.predicateType} of ${quote(entry.release)}`,
    found,
  }
}

function named({ index, sha256 }: PlacedEntry): string {
  return `Record ${sha256} at entry ${index}`
}
