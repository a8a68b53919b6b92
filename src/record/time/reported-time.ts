// Whether a record can have been made when it says so: no signature is older than the words that it is on. It is told, and refuses
// nothing: whoever has the bundle can take the timestamp out of it, and what is left must not be better than what was there.

import { type Check, encodeTimestamp } from '../../core/index.ts'
import { instantOf } from './instant.ts'
import type { LedgerRecord } from '../ledger-record.ts'
import { passed } from '../view.ts'

/** As far as clocks of people who mean the same instant differ. */
export const SKEW_MAX_MS = 5 * 60_000

/** One check where somebody else vouches for the time of the signature; without that, the word of the signer stands alone. */
export function checkReportedTime({
  reportedAt,
  judged,
}: Pick<LedgerRecord, 'reportedAt' | 'judged'>): readonly Check[] {
  if (judged.vouched.length === 0) return []
  const first = Math.min(...judged.vouched.map(({ at }) => at))
  const facts = { expected: `at the latest ${encodeTimestamp(first)}`, found: reportedAt }
  if (instantOf(reportedAt) <= first + SKEW_MAX_MS) {
    return [passed('reported-time', 'The record was made before it was signed', facts)]
  }
  const message = 'The record says that it was made after it was signed: its clock was wrong'
  return [passed('reported-time', message, facts)]
}
