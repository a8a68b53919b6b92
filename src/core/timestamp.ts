// RFC 3339 date-times in UTC, as in-toto writes them (field_types.md, Timestamp): one spelling for one instant.

import type { CoreProblem } from './problem.ts'
import { quote } from './quote.ts'
import { accept, type Result, refuse } from './result.ts'

/** Milliseconds since 1970-01-01T00:00:00Z, whole. */
export type Instant = number

/** What a date-time looks like; whether there is such a time, only {@link parseTimestamp} tells. */
export const TIMESTAMP_PATTERN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/

/** Of the text up to a fraction, with its point. */
const WHOLE_LENGTH = '2026-04-10T12:00:00.'.length

/**
 * Reads `2026-04-10T12:00:00Z`, with up to nine digits of a second's fraction (what is below a millisecond is dropped).
 *
 * Refused: other offsets than `Z` (FT-2), lower-case `t` and `z`, days that do not exist, leap seconds, hour 24.
 */
export function parseTimestamp(text: string): Result<Instant, CoreProblem> {
  if (!TIMESTAMP_PATTERN.test(text)) return refused(text)
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text
    .split(/[-T:.Z]/)
    .map(Number)
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return refused(text)
  if (hour > 23 || minute > 59 || second > 59) return refused(text)
  const milliseconds = Number(text.slice(WHOLE_LENGTH, -1).padEnd(3, '0').slice(0, 3))
  // Date.UTC takes the years 0 to 99 for those of the last century.
  const instant = new Date(0).setUTCFullYear(year, month - 1, day)
  return accept(instant + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds)
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

/** `2026-04-10T12:00:00Z`; milliseconds are written only where there are any. */
export function encodeTimestamp(instant: Instant): string {
  const text = new Date(instant).toISOString()
  return text.endsWith('.000Z') ? `${text.slice(0, -'.000Z'.length)}Z` : text
}

function refused(text: string): Result<never, CoreProblem> {
  return refuse({
    code: 'core/timestamp',
    message: `Expected an RFC 3339 time in UTC such as "2026-04-10T12:00:00Z", found ${quote(text)}`,
  })
}
