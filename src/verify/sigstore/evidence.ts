// What logs and timestamp authorities of some roots say about one signature, and the times that follow from it (CS-1).

import { type Check, encodeTimestamp, type Instant, quote } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import type { TransparencyLog } from '../../trust/index.ts'
import { failed } from '../check.ts'
import type { SignedContent } from '../signed-content.ts'
import type { VouchedTime } from '../verified.ts'
import {
  checkLogEntries,
  type LogQuestion,
  type VerifiedLogEntry,
} from './log/check-log-entries.ts'
import { lifeOf, timeChainOf } from './certificate/authority.ts'
import type { Windowed } from './ended.ts'
import type { MaterialQuestion } from './sigstore.ts'
import { checkLogTime, checkUndatedLog, type TrustedLog } from './log/trusted-log.ts'
import { checkTimestamps, wordOf } from './timestamp/timestamps.ts'

/** Everything that was judged, and the times that somebody vouches for. */
export interface Evidence {
  readonly checks: readonly Check[]
  readonly entries: readonly VerifiedLogEntry[]
  readonly timestamps: number
  readonly times: readonly VouchedTime[]
  /** The logs and authorities that it leans on. */
  readonly witnesses: readonly Windowed[]
}

/** Judges every log entry and every timestamp of the bundle. */
export function judgeEvidence(
  { bundle, signed, roots, asOf }: MaterialQuestion,
  verifier: LogQuestion['verifier'],
): Evidence {
  const { signature } = signed
  const timestamps = checkTimestamps(bundle.timestamps, signature, roots)
  const logged = checkLogEntries(bundle.logEntries, {
    bundleVersion: bundle.version,
    roots,
    signature,
    content: contentOf(signed),
    verifier,
  })
  const integrated = logged.entries.flatMap(({ log, integratedTime }): VouchedTime[] =>
    integratedTime === undefined ? [] : [{ at: integratedTime, by: 'log', name: log.origin }],
  )
  const times = [...timestamps.times.map(wordOf), ...integrated]
  const windows = logged.entries.map((entry) => ({ entry, ...checkWindow(entry, times, asOf) }))
  const counted = windows.filter(({ logs }) => times.length > 0 || logs.length > 0)
  return {
    checks: [
      ...timestamps.checks,
      ...logged.checks,
      ...windows.flatMap(({ check }) => check ?? []),
    ],
    entries: counted.map(({ entry }) => entry),
    timestamps: timestamps.times.length,
    times,
    witnesses: [
      ...counted.flatMap(({ logs }) => logs.slice(0, 1).map(({ log }) => describeLog(log))),
      ...timestamps.times.map(({ authority }) => ({
        name: `the timestamp authority ${quote(authority.uri)}`,
        validFor: lifeOf(authority, timeChainOf(authority)),
      })),
    ],
  }
}

/** RK-2: an entry without a time of its own is of a log that was trusted when the signature was there by another clock. */
function checkWindow(
  { logs, integratedTime }: VerifiedLogEntry,
  times: readonly VouchedTime[],
  asOf: Instant | undefined,
): { readonly check?: Check; readonly logs: readonly TrustedLog[] } {
  if (integratedTime !== undefined) return { logs }
  if (times.length === 0) return checkUndatedLog(logs, asOf)
  return checkLogTime(logs, times)
}

/** A certificate counts only for a time; as of an earlier one, the signature was not there yet. */
export function checkTimes({ times }: Evidence, asOf: Instant | undefined): readonly Check[] {
  if (times.length === 0) {
    const message = 'Nothing vouches for the time of the signature'
    return [
      failed('time', 'missing', 'verify/time-missing', message, {
        expected: 'a timestamp of a trusted authority, or the signed time of a trusted log',
        found: 'none that counts',
      }),
    ]
  }
  return checkNotLater(times, asOf)
}

/**
 * As of the time that the verifier asked for, the signature was there. Whoever vouches for a time says that it was there by then, so
 * that the earliest decides, and a later word beside it takes nothing away.
 */
export function checkNotLater(
  times: readonly VouchedTime[],
  asOf: Instant = Infinity,
): readonly Check[] {
  const [earliest] = times.toSorted((a, b) => a.at - b.at)
  if (earliest === undefined || earliest.at <= asOf) return []
  const message = 'The signature is vouched for only after the time that is judged'
  return [
    failed('time', 'rejected', 'verify/time-later', message, {
      expected: `until ${encodeTimestamp(asOf)}`,
      found: encodeTimestamp(earliest.at),
    }),
  ]
}

function describeLog({ origin, validFor }: TransparencyLog): Windowed {
  return { name: `the log ${quote(origin)}`, validFor }
}

function contentOf(signed: SignedContent): LogQuestion['content'] {
  if (signed.kind === 'dsse') return { kind: 'dsse', envelope: signed.envelope }
  const { bytes, digest } = signed
  const digestOf = (algorithm: 'sha256' | 'sha384' | 'sha512'): Uint8Array | undefined => {
    const hex = bytes === undefined ? digest[algorithm] : digestBytes(algorithm, bytes)
    return hex === undefined ? undefined : Buffer.from(hex, 'hex')
  }
  const sha256 = digestOf('sha256')
  const sha384 = digestOf('sha384')
  const sha512 = digestOf('sha512')
  return {
    kind: 'message',
    digests: {
      ...(sha256 !== undefined && { sha256 }),
      ...(sha384 !== undefined && { sha384 }),
      ...(sha512 !== undefined && { sha512 }),
    },
  }
}
