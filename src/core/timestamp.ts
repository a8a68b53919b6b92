// RFC 3339 date-times in UTC, as in-toto writes them (field_types.md, Timestamp): one spelling for one instant.

import type { CoreProblem } from './problem.ts'
import { quote } from './quote.ts'
import { accept, type Result, refuse } from './result.ts'

/** Milliseconds since 1970-01-01T00:00:00Z, whole. */
export type Instant = number

const TIMESTAMP =
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)T(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)(?:\.(?<fraction>\d{1,9}))?Z$/

/**
 * Reads `2026-04-10T12:00:00Z`, with up to nine digits of a second's fraction (what is below a millisecond is dropped).
 *
 * Refused: other offsets than `Z` (FT-2), lower-case `t` and `z`, days that do not exist, leap seconds, hour 24.
 */
export function parseTimestamp(text: string): Result<Instant, CoreProblem> {
  const parts = TIMESTAMP.exec(text)?.groups
  if (parts === undefined) return refused(text)
  const { year, month, day, hour, minute, second, fraction = '0' } = parts
  const instant = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`,
  )
  // Date.parse moves some days that do not exist into the next month; what it prints then differs.
  if (Number.isNaN(instant) || !new Date(instant).toISOString().startsWith(text.slice(0, 19))) {
    return refused(text)
  }
  return accept(instant)
}

/** `2026-04-10T12:00:00Z`; milliseconds are written only where there are any. */
export function encodeTimestamp(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z')
}

function refused(text: string): Result<never, CoreProblem> {
  return refuse({
    code: 'core/timestamp',
    message: `Expected an RFC 3339 time in UTC such as "2026-04-10T12:00:00Z", found ${quote(text)}`,
  })
}
