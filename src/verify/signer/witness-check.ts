// Log entries and timestamps beside the signature of a key: what they are worth, and which the verifier or the trust document demands.
// Only those count that were judged.

import type { Check } from '../../core/index.ts'
import type { TrustedKey } from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import type { Expectation } from '../expectation.ts'
import type { VerifyRequest } from '../request.ts'
import type { WitnessFinding } from '../sigstore/sigstore.ts'
import type { SignedContent } from '../signed-content.ts'

/** What counts: entries of trusted logs, timestamps of trusted authorities. */
export interface WitnessCounts {
  readonly logEntries: number
  readonly timestamps: number
}

/** One check for each demand. */
export function checkWitnessCount(
  { logEntries, timestamps }: WitnessCounts,
  {
    requireLog = false,
    requireTimestamp = false,
  }: Pick<Expectation, 'requireLog' | 'requireTimestamp'>,
  requires: readonly ('log' | 'timestamp')[],
): readonly Check[] {
  return [
    ...(requireLog || requires.includes('log') ? [checkLog(logEntries)] : []),
    ...(requireTimestamp || requires.includes('timestamp') ? [checkTimestamp(timestamps)] : []),
  ]
}

function checkLog(count: number): Check {
  const facts = { expected: 'an entry in a trusted log', found: String(count) }
  if (count > 0) return passed('log-required', 'A trusted log holds the signature', facts)
  const message = 'A log entry is required, and no trusted log is shown to hold the signature'
  return failed('log-required', 'missing', 'verify/log-entry-missing', message, facts)
}

function checkTimestamp(count: number): Check {
  const facts = { expected: 'a timestamp of a trusted authority', found: String(count) }
  if (count > 0)
    return passed('timestamp-required', 'A trusted authority has timestamped it', facts)
  const message = 'A timestamp is required, and there is none of a trusted authority'
  return failed('timestamp-required', 'missing', 'verify/timestamp-missing', message, facts)
}

/**
 * What came with the signature of a key, judged. Without a root it is left unjudged, and gives no time.
 *
 * @returns `undefined` where a root could judge it, and the part that does was not loaded
 */
export function askWitnesses(
  { bundle, trust, sigstore, now, at }: VerifyRequest,
  signed: SignedContent,
  { publicKey }: Pick<TrustedKey, 'publicKey'>,
): WitnessFinding | undefined {
  const { logEntries, timestamps } = bundle
  const { roots } = trust
  if (roots.length === 0 || logEntries.length + timestamps.length === 0) {
    const notJudged = { logEntries: logEntries.length, timestamps: timestamps.length }
    return { checks: [], times: [], logEntries: 0, timestamps: 0, notJudged }
  }
  const { type, key } = publicKey
  return sigstore?.judgeWitnesses({
    bundle,
    signed,
    roots,
    now,
    key: { type, key, spki: key.export({ type: 'spki', format: 'der' }) },
    ...(at !== undefined && { asOf: at }),
  })
}
