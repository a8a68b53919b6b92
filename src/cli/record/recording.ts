// A draft becomes a record: signed, verified under the trust document, and only then appended or written.

import { accept, type Check, type Result, refuse } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import type { Appended, Host, LedgerStore } from '../../host/index.ts'
import {
  type LedgerMaterial,
  type LedgerRecord,
  type RecordVerdict,
  verifyRecord,
} from '../../record/index.ts'
import { entryOfRecord } from '../ledger/record-entry.ts'
import type { CliProblem } from '../problem.ts'
import { problemsOf } from '../signing/own-verification.ts'
import type { Draft, PlacedDraft, SignedDraft } from '../signing/signing.ts'
import { beforeLogging, judgeTokenHolder } from '../signing/unpublished.ts'
import { signDraft } from '../signing/signing.ts'
import type { SigningFlags } from '../signing/signing-flags.ts'
import type { RecordRequest } from './ledger-input.ts'

/** Where a record goes. */
export type RecordPlace =
  | { readonly kind: 'ledger'; readonly store: LedgerStore }
  | { readonly kind: 'file'; readonly path: string }

/** A record that was signed, and judged under the trust document. */
export interface SignedRecord {
  readonly signed: SignedDraft
  /** Of the bundle, lower-case hex. */
  readonly sha256: string
  readonly verdict: Check
  /** Absent where the verdict is not accepted: then it goes nowhere. */
  readonly record?: LedgerRecord | LedgerMaterial
}

/** A record, and where it went. */
export interface Recording extends SignedRecord {
  /** Of a ledger. */
  readonly appended?: Appended
}

/** What a record is made with. */
export interface RecordingTask {
  readonly draft: Draft
  readonly place: RecordPlace
  readonly request: RecordRequest
}

/** Whether the record could go there now; before what can not be undone. */
export async function judgePlace(host: Host, place: RecordPlace): Promise<Result<unknown>> {
  // To append nothing takes the lock, and the right to write.
  return place.kind === 'ledger' ? place.store.append([]) : host.judgeOutput(place.path)
}

/** Signs the draft and puts the record where it goes: all of that, or nothing. */
export async function makeRecord(
  host: Host,
  flags: SigningFlags,
  task: RecordingTask,
): Promise<Result<Recording>> {
  const signed = await signRecord(host, flags, task)
  return signed.ok ? putRecord(host, task.place, signed.value) : signed
}

/** Signs the draft, and judges it from the bytes that would be kept. Nothing is kept yet. */
export async function signRecord(
  host: Host,
  flags: SigningFlags,
  { draft, place, request }: RecordingTask,
): Promise<Result<SignedRecord>> {
  const placed = { ...judgedBy(request, draft), judgePlace: () => judgePlace(host, place) }
  const signed = await signDraft(host, flags, placed)
  if (!signed.ok) return signed
  const { bytes } = signed.value
  // The clock again: signing takes its time, and a certificate is younger than the request.
  const found = verifyRecord(bytes, { ...request, now: host.now() })
  return accept({ signed: signed.value, sha256: digestBytes('sha256', bytes), ...found })
}

/** Puts a record where it goes, if it was accepted. */
export async function putRecord(
  host: Host,
  place: RecordPlace,
  signed: SignedRecord,
): Promise<Result<Recording>> {
  const { bytes } = signed.signed
  if (signed.record === undefined) return accept(signed)
  if (place.kind === 'file') {
    const written = await host.writeBytes(place.path, bytes)
    return written.ok ? accept(signed) : written
  }
  const entry = entryOfRecord(bytes)
  if (!entry.ok) return entry
  const appended = await place.store.append([{ entry: entry.value, bytes }])
  return appended.ok ? accept({ ...signed, appended: appended.value }) : appended
}

/** The draft, held against the trust document before anything is sent, and again before a log has it. */
export function judgedBy(request: RecordRequest, draft: Draft): Omit<PlacedDraft, 'judgePlace'> {
  const { sigstore } = request
  const unlogged = { ...request, ...(sigstore && { sigstore: beforeLogging(sigstore) }) }
  return {
    ...draft,
    judgeHolder: (holder) => judgeTokenHolder(holder, draft.statement, request.trust),
    judgeUnpublished: (bytes) => judgeWelcome(verifyRecord(bytes, unlogged)),
  }
}

/** A log takes nothing back: what the trust document does not accept is not shown to it. */
function judgeWelcome({ verdict, record }: RecordVerdict): Result<unknown> {
  if (record !== undefined) return accept(undefined)
  return refuse<CliProblem>({
    code: 'cli/bundle-not-verified',
    message: 'Expected a record that the trust document accepts, found one that it does not',
    hint: 'Nothing was published or recorded',
    because: problemsOf([verdict]),
  })
}
