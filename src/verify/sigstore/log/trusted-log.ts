// The logs that the trusted roots know by an id, and when each of them may be believed.

import {
  type Check,
  encodeTimestamp,
  equalBytes,
  type Instant,
  quote,
} from '../../../core/index.ts'
import {
  describePeriod,
  isWithin,
  type NamedRoot,
  type TransparencyLog,
} from '../../../trust/index.ts'
import { failed, passed } from '../../check.ts'
import { describeTimes } from '../../vouched-times.ts'
import type { VouchedTime } from '../../verified.ts'

/** A log, and the root that has it. */
export interface TrustedLog {
  readonly log: TransparencyLog
  readonly root: NamedRoot
}

/** At least one. */
export type TrustedLogs = readonly [TrustedLog, ...TrustedLog[]]

/** Every log of this id, root by root: there may be several windows for one, or several roots that have it (RK-5, TR-2). */
export function findLogs(logId: Uint8Array, roots: readonly NamedRoot[]): readonly TrustedLog[] {
  return roots.flatMap((root) =>
    root.root.transparencyLogs
      .filter((log) => equalBytes(log.logId, logId))
      .map((log) => ({ log, root })),
  )
}

/** The logs among these whose window holds every one of the times, and the check that there is one (TR-3). */
export function checkLogTime(
  logs: TrustedLogs,
  times: readonly VouchedTime[],
): { readonly check: Check; readonly logs: readonly TrustedLog[] } {
  const [{ log }] = logs
  const name = quote(log.origin)
  const facts = {
    expected: describeWindows(logs),
    found: describeTimes(times),
  }
  const good = logs.filter(({ log: { validFor } }) =>
    times.every(({ at }) => isWithin(validFor, at)),
  )
  if (good.length === 0) {
    const message = `The log ${name} was not trusted at that time`
    return { check: failed('log-time', 'rejected', 'verify/log-time', message, facts), logs: good }
  }
  const message = `The log ${name} was trusted at that time`
  return { check: passed('log-time', message, facts), logs: good }
}

/**
 * The same for an entry that nobody dates. It may be of any time, so that its log has to be trusted without end, or at the time that
 * the verifier asks about. An entry of another log counts for nothing, and is no defect: a signature is no worse with it than without.
 *
 * The clock has no say, for nothing that lies there grows worse by itself.
 */
export function checkUndatedLog(
  logs: TrustedLogs,
  asOf: Instant | undefined,
): { readonly check: Check; readonly logs: readonly TrustedLog[] } {
  const good = logs.filter(({ log: { validFor } }) =>
    asOf === undefined ? validFor.end === undefined : isWithin(validFor, asOf),
  )
  const worth = good.length > 0 ? 'its log is trusted all the same' : 'it does not count'
  const message = `Nobody vouches for the time of the log entry, and ${worth}`
  const facts = {
    expected: asOf === undefined ? 'a log that is trusted without end' : encodeTimestamp(asOf),
    found: `the log ${quote(logs[0].log.origin)}, ${describeWindows(logs)}`,
  }
  return { check: passed('log-time', message, facts), logs: good }
}

function describeWindows(logs: TrustedLogs): string {
  return logs.map(({ log }) => describePeriod(log.validFor)).join(' or ')
}
