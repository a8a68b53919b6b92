// A draft becomes a record: signed, verified under the trust document, and only then appended or written.

import { accept, type Check, type Result } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import type { Appended, Host, LedgerStore } from '../../host/index.ts'
import { type LedgerMaterial, type LedgerRecord, verifyRecord } from '../../record/index.ts'
import { entryOfRecord } from '../ledger/record-entry.ts'
import type { Draft, SignedDraft } from '../signing/signing.ts'
import { signDraft } from '../signing/signing.ts'
import type { SigningFlags } from '../signing/signing-flags.ts'
import type { RecordRequest } from './ledger-input.ts'

/** Where a record goes. */
export type RecordPlace =
  | { readonly kind: 'ledger'; readonly store: LedgerStore }
  | { readonly kind: 'file'; readonly path: string }

/** A record that was signed: where it went, or why it went nowhere. */
export interface Recording {
  readonly signed: SignedDraft
  /** Of the bundle, lower-case hex. */
  readonly sha256: string
  /** Under the trust document. */
  readonly verdict: Check
  /** Absent where the verdict is not accepted: then nothing was appended or written. */
  readonly record?: LedgerRecord | LedgerMaterial
  /** Of a ledger. */
  readonly appended?: Appended
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
  {
    draft,
    place,
    request,
  }: { readonly draft: Draft; readonly place: RecordPlace; readonly request: RecordRequest },
): Promise<Result<Recording>> {
  const placed = { ...draft, judgePlace: () => judgePlace(host, place) }
  const signed = await signDraft(host, flags, placed)
  if (!signed.ok) return signed
  const { bytes } = signed.value
  const sha256 = digestBytes('sha256', bytes)
  // The clock again: signing may have taken its time, and a signature is not older than its certificate.
  const { verdict, record } = verifyRecord(bytes, { ...request, now: host.now() })
  if (record === undefined) return accept({ signed: signed.value, sha256, verdict })
  const made = { signed: signed.value, sha256, verdict, record }
  if (place.kind === 'file') {
    const written = await host.writeBytes(place.path, bytes)
    return written.ok ? accept(made) : written
  }
  const entry = entryOfRecord(bytes)
  if (!entry.ok) return entry
  const appended = await place.store.append([{ entry: entry.value, bytes }])
  return appended.ok ? accept({ ...made, appended: appended.value }) : appended
}
