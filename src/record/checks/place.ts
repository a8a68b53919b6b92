// The status of a record that says what it should, and says it in the wrong place.

import type { Check } from '../../core/index.ts'

/** It is about something else, or answers evidence that is not there or not for it: what it says is in order, and does not count. */
export const OUT_OF_PLACE = 'out-of-place'

/**
 * The status, unless a record with it would be accepted and this one was not.
 *
 * @param accepted statuses of records that can be accepted
 */
export function statusInPlace(status: string, { outcome }: Check, accepted: readonly string[]) {
  return accepted.includes(status) && outcome !== 'accepted' ? OUT_OF_PLACE : status
}

/**
 * The status of the first part that has a check which was not accepted.
 *
 * @param good the status where every part was accepted
 */
export function statusOfParts(
  parts: readonly (readonly [string, readonly Check[]])[],
  check: Check,
  good: string,
): string {
  const [status = good] =
    parts.find(([, checks]) => checks.some(({ outcome }) => outcome !== 'accepted')) ?? []
  return statusInPlace(status, check, [good])
}
