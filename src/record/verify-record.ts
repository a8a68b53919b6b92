// From the bytes of a bundle to what the ledger keeps: verified first, then read. There is no other way in.

import { parseBundle } from '../bundle/index.ts'
import { type Check, groupChecks, type Problems } from '../core/index.ts'
import { digestBytes } from '../digest/index.ts'
import type { BundleProblem } from '../bundle/index.ts'
import { type StatedRequest, verifyStated } from '../verify/index.ts'
import type { LedgerMaterial, LedgerRecord } from './ledger-record.ts'
import type { RecordProblem } from './problem.ts'
import { readRecord } from './read-record.ts'
import { checkReportedTime } from './time/reported-time.ts'
import { judgeSignerRoles } from './signer/signer-roles.ts'
import { envelopeDigestOf, signingActOf } from './signer/signing-act.ts'
import { failed, passed } from './view.ts'

/** The verdict, and the record where everything was accepted. */
export interface RecordVerdict {
  readonly verdict: Check
  readonly record?: LedgerRecord | LedgerMaterial
  /** Of what is signed and its signature, accepted or not, the same in every wrapping; absent where it can not be read. */
  readonly envelope?: string
}

/**
 * Is this the word of somebody who may say it, and a record of a family or evidence for one?
 *
 * @param bytes of one bundle, as they stand in a file of the ledger
 */
export function verifyRecord(
  bytes: Uint8Array,
  request: Omit<StatedRequest, 'bundle'>,
): RecordVerdict {
  const bundle = parseBundle(bytes)
  if (!bundle.ok) return { verdict: unreadable(bundle.problems) }
  const { verdict, verified, provenance } = verifyStated({ ...request, bundle: bundle.value })
  const { content } = bundle.value
  if (content.kind !== 'dsse') return { verdict }
  const envelope = envelopeDigestOf(content.envelope)
  if (verified === undefined) return { verdict, envelope }
  const signingAct = signingActOf(content.envelope.payload, verified.signer)
  const identity = { sha256: digestBytes('sha256', bytes), signingAct }
  const read = readRecord({ verified, provenance }, identity)
  if (!read.ok) return { verdict: group([verdict, malformed(read.problems)]), envelope }
  const { checks, roles } = judgeSignerRoles(read.value, request.trust)
  const record = { ...read.value, signer: { ...read.value.signer, roles } }
  const what = record.kind === 'record' ? record.family : record.name
  const all = group([
    verdict,
    passed('record', `It is a record: ${what}`),
    ...checks,
    ...(record.kind === 'record' ? checkReportedTime(record) : []),
  ])
  return { verdict: all, envelope, ...(all.outcome === 'accepted' && { record }) }
}

function group(checks: readonly Check[]): Check {
  return groupChecks('record-bundle', 'The record is judged', checks)
}

function unreadable(because: Problems<BundleProblem>): Check {
  const message = 'The record can not be read as a bundle'
  return failed('record-bundle', 'error', 'record/bundle', message, { because })
}

function malformed(because: Problems<RecordProblem>): Check {
  const [{ code }] = because
  return failed('record', 'rejected', code, 'What was signed is no record', { because })
}
