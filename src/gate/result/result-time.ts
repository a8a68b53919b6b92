// When a result was judged and signed: by the clock of whoever signed it, held against the clock of whoever relies on it.

import {
  acceptedCheck,
  type Check,
  encodeTimestamp,
  type Instant,
  parseTimestamp,
  refusedCheck,
} from '../../core/index.ts'
import type { GateCode } from '../problem.ts'
import type { UnverifiedResult } from './read-result.ts'

/** As far as clocks of people who mean the same instant differ. */
const SKEW_MAX_MS = 5 * 60_000

/** Nobody has judged what is to come: a result is of an instant before its signature, and that one is over. */
export function judgeTime({ payload, preimage }: UnverifiedResult, now: Instant): Check {
  const [judged, signed] = [instantOf(preimage.at), instantOf(payload.signed_at)]
  const message = 'The result was judged, and then signed, before now'
  const facts = {
    expected: `judged by ${payload.signed_at}, signed by ${encodeTimestamp(now)}`,
    found: `judged as of ${preimage.at}`,
  }
  // A day that does not exist is before nothing.
  const isPast =
    judged !== undefined && signed !== undefined && judged <= signed && signed <= now + SKEW_MAX_MS
  return isPast
    ? acceptedCheck('time', message, facts)
    : refusedCheck<GateCode>('time', 'rejected', 'gate/result-time', message, facts)
}

/** What was found since, a result does not say. */
export function judgeAge(
  { at }: UnverifiedResult['preimage'],
  ageMsMax: number,
  now: Instant,
): Check {
  const oldest = Math.max(0, now - ageMsMax)
  const judged = instantOf(at)
  const facts = { expected: `judged from ${encodeTimestamp(oldest)} on`, found: at }
  return judged !== undefined && judged >= oldest
    ? acceptedCheck('age', 'The result is fresh', facts)
    : refusedCheck<GateCode>('age', 'stale', 'gate/result-stale', 'The result is too old', facts)
}

/** A waiver is in force at the very instant at which it ends. A day that does not exist is over. */
export function hasEnded(expires: string, now: Instant): boolean {
  return (instantOf(expires) ?? 0) < now
}

function instantOf(text: string): Instant | undefined {
  const time = parseTimestamp(text)
  return time.ok ? time.value : undefined
}
