// What records are verified under, and what comes of each: plain values, which can go from one thread to another.

import type { Check, Instant } from '../../core/index.ts'
import {
  type LedgerMaterial,
  type LedgerRecord,
  type RecordVerdict,
  verifyRecord,
} from '../../record/index.ts'
import { parseTrust } from '../../trust/index.ts'
import { loadSigstore } from '../../verify/index.ts'

/** Under what records are verified. */
export interface RecordQuestion {
  /** The trust document, as it is written. */
  readonly trust: Uint8Array
  readonly now: Instant
  /** Judge as of this time instead. */
  readonly at?: Instant
  readonly unsafeExampleKeys?: boolean
}

/** What the bytes are, or why they are not accepted; and SHA-256 of their envelope, where that can be read. */
export type RecordFinding = Pick<RecordVerdict, 'envelope'> &
  ({ readonly record: LedgerRecord | LedgerMaterial } | { readonly verdict: Check })

/** Makes the function that verifies the bytes of a record. */
export async function loadRecordJudge({
  trust: bytes,
  ...question
}: RecordQuestion): Promise<(bytes: Uint8Array) => RecordFinding> {
  const trust = parseTrust(bytes)
  if (!trust.ok) throw new Error('The trust document was read before it came here')
  const sigstore = trust.value.roots.length > 0 ? await loadSigstore() : undefined
  const request = {
    ...question,
    trust: trust.value,
    ...(sigstore !== undefined && { sigstore }),
  }
  return (record) => findingOf(verifyRecord(record, request))
}

/** What was accepted says no more than that: of many records nobody keeps the whole verdict. */
function findingOf({ verdict, record, envelope }: RecordVerdict): RecordFinding {
  return {
    ...(record === undefined ? { verdict } : { record }),
    ...(envelope !== undefined && { envelope }),
  }
}
