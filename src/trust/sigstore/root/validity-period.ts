// When a log, an authority or a registry's key may be believed: `validFor` (sigstore_common.proto, TimeRange), the one place of its rule.

import { encodeTimestamp, type Instant } from '../../../core/index.ts'

/** A closed interval: both ends belong to it (TR-3). Without an end, it goes on. */
export interface ValidityPeriod {
  readonly start: Instant
  readonly end?: Instant
}

/** Where an instant is, seen from a period. */
export type PeriodStanding = 'valid' | 'not-yet-valid' | 'ended'

/** TR-3. */
export function standingAt({ start, end = Infinity }: ValidityPeriod, at: Instant): PeriodStanding {
  if (at < start) return 'not-yet-valid'
  return at > end ? 'ended' : 'valid'
}

/** True for both ends, and for everything between them (TR-3). */
export function isWithin(period: ValidityPeriod, at: Instant): boolean {
  return standingAt(period, at) === 'valid'
}

/** For people. A registry does not say since when its key is in use, which is read as the first instant of all. */
export function describePeriod({ start, end }: ValidityPeriod): string {
  const from = start === 0 ? 'from the beginning' : `from ${encodeTimestamp(start)}`
  return end === undefined ? from : `${from}, until ${encodeTimestamp(end)}`
}
