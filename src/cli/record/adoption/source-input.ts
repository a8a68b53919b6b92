// What is to be adopted: every record of a run, verified under the trust document of the project and never by what came with it.

import { accept, type Check, groupChecks, quote, type Result } from '../../../core/index.ts'
import { digestBytes } from '../../../digest/index.ts'
import type { Host, LedgerStore, NewRecord } from '../../../host/index.ts'
import { type LedgerEntry, readEntries } from '../../../ledger/index.ts'
import type { Phase, Registry } from '../../../policy/index.ts'
import {
  type AdoptionSource,
  type LedgerMaterial,
  type LedgerRecord,
  verifyRecord,
} from '../../../record/index.ts'
import { usage } from '../../usage.ts'
import type { RecordRequest } from '../ledger-input.ts'
import { type OpenedSource, openPack } from './pack-input.ts'

/** A record of the source: its file, its entry, and what was read of it. */
export interface SourceRecord extends NewRecord {
  readonly record: LedgerRecord | LedgerMaterial
}

/** The source, as far as it is accepted. */
export interface SourceInput extends AdoptionSource {
  /** All that it holds, in its order; records that need no adoption are among them. */
  readonly files: readonly SourceRecord[]
  /** Of its records under the trust document. */
  readonly verdict: Check
}

/** Under what it is read. */
export interface SourceSetting {
  readonly request: RecordRequest
  readonly registry: Registry
  readonly phase: Phase | undefined
}

/** Reads a pack, or the folder of the ledger of a run, which is known by its head. */
export async function readSource(
  host: Host,
  path: string,
  { request, registry, phase }: SourceSetting,
): Promise<Result<SourceInput>> {
  const reading = await host.readPack(path)
  const isFolder = !reading.ok && reading.problems[0].code === 'host/file-not-regular'
  if (!reading.ok && !isFolder) return reading
  const opened = reading.ok
    ? openPack(reading.value, phase)
    : await openRun(host, path, { registry, phase })
  if (!opened.ok) return opened
  const { records, checks, ...source } = opened.value
  const judged = records.map((file) => ({ ...file, ...verifyRecord(file.bytes, request) }))
  const accepted = judged.filter((one): one is typeof one & SourceRecord => {
    return one.record !== undefined
  })
  return accept({
    ...source,
    records: accepted.flatMap(({ record }) => (record.kind === 'record' ? [record] : [])),
    files: accepted.map(({ entry, bytes, record }) => ({ entry, bytes, record })),
    verdict: verdictOf(checks, judged),
  })
}

/** What is accepted is counted; what is not is told with its reasons. */
function verdictOf(
  checks: readonly Check[],
  judged: readonly (NewRecord & { readonly verdict: Check })[],
): Check {
  const records = judged
    .filter(({ verdict }) => verdict.outcome !== 'accepted')
    .map(({ entry, verdict }) => ({
      ...verdict,
      message: `${quote(entry.sha256)}: ${verdict.message}`,
    }))
  const refused = [...checks.filter(({ outcome }) => outcome !== 'accepted'), ...records]
  if (refused.length === 0) {
    const message = `The trust document accepts every record of the source: ${judged.length}`
    return { name: 'source', outcome: 'accepted', message }
  }
  return groupChecks('source', 'The source is not accepted', refused)
}

async function openRun(
  host: Host,
  path: string,
  { registry, phase }: Pick<SourceSetting, 'registry' | 'phase'>,
): Promise<Result<OpenedSource>> {
  const store = await host.openLedger(path)
  const state = await store.read()
  if (!state.ok) return state
  if (phase === undefined) {
    return usage('Expected --phase: the ledger of a run may hold both phases of its release')
  }
  const entries: LedgerEntry[] = []
  const read = await readEntries(state.value, 0, (entry) => void entries.push(entry))
  if (!read.ok) return read
  const files = await readFiles(store, entries)
  if (!files.ok) return files
  const pack = digestBytes('sha256', state.value.headFile)
  return accept({ pack, phase, registry, records: files.value, checks: [] })
}

async function readFiles(
  store: LedgerStore,
  entries: readonly LedgerEntry[],
): Promise<Result<readonly NewRecord[]>> {
  const files: NewRecord[] = []
  for (const entry of entries) {
    const bytes = await store.readRecord(entry)
    if (!bytes.ok) return bytes
    files.push({ entry, bytes: bytes.value })
  }
  return accept(files)
}
