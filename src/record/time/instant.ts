// Times of members, which their schema has read already.

import { type Instant, parseTimestamp } from '../../core/index.ts'

/** @param text a time as the schema accepts it; of any other, nothing holds: NaN compares false */
export function instantOf(text: string): Instant {
  const parsed = parseTimestamp(text)
  return parsed.ok ? parsed.value : Number.NaN
}
