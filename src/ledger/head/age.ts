// How old a head is: one that is held back for long hides what came after it.

import { type Check, encodeTimestamp, type Instant } from '../../core/index.ts'
import { failed, passed } from '../check.ts'
import type { SignedHead } from './signed-head.ts'

/** The age that a head may have, and when it is asked for. */
export interface AgeExpectation {
  readonly now: Instant
  readonly maxAgeMs: number
}

/** Judges the age of a head by the time that its signers vouch for. */
export function checkAge({ at }: Pick<SignedHead, 'at'>, { now, maxAgeMs }: AgeExpectation): Check {
  const name = 'ledger-head-age'
  if (at === undefined) {
    const message = 'Nobody who counts says when the head was signed'
    const hint = 'assay ledger checkpoint signs the head with the time'
    return failed(name, 'missing', 'ledger/head-time-missing', message, { hint })
  }
  const found = encodeTimestamp(at)
  if (at > now) {
    const expected = `a time up to ${encodeTimestamp(now)}`
    const message = 'The head was signed after the time that is judged'
    return failed(name, 'error', 'ledger/head-time-later', message, { expected, found })
  }
  const expected = `a time from ${encodeTimestamp(Math.max(0, now - maxAgeMs))} on`
  if (now - at <= maxAgeMs) return passed(name, 'The head is new enough', { expected, found })
  return failed(name, 'stale', 'ledger/head-stale', 'The head is too old', { expected, found })
}
