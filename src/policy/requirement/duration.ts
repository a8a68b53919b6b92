// Lengths of time in requirements: a whole number and one unit, such as `30d`.

import { strict as assert } from 'node:assert'
import * as z from 'zod/mini'

const UNITS_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const

/** `30d`, `12h`, `90m`. */
export const DURATION = z.string().check(
  z.regex(/^\d{1,6}[mhd]$/, {
    error: 'a length of time such as "30d", in minutes (m), hours (h) or days (d)',
  }),
)

/** A length of time that is not nothing. */
export const SPAN = DURATION.check(
  z.regex(/[1-9]/, { error: 'a length of time that is longer than nothing' }),
)

/** `-30d` is thirty days ago, `+7d` in seven days; `0d` is now. */
export const OFFSET = z.string().check(
  z.regex(/^[+-]?\d{1,6}[mhd]$/, {
    error: 'a length of time from now such as "-30d" or "+7d"',
  }),
)

/** Milliseconds of a {@link DURATION} or an {@link OFFSET}, the latter negative for what lies back. */
export function millisecondsOf(duration: string): number {
  const unit = duration.at(-1)
  assert(unit === 'm' || unit === 'h' || unit === 'd', 'the schema has made sure of the unit')
  return Number(duration.slice(0, -1)) * UNITS_MS[unit]
}
