// Log entries and timestamps that the verifier or the trust document demands. Only those count that were judged.

import type { Check } from '../../core/index.ts'
import { failed, passed } from '../check.ts'
import type { Expectation } from '../expectation.ts'

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
