// Times as options: RFC 3339 in UTC, and nothing that could mean two instants.

import { type Instant, parseTimestamp } from '../../core/index.ts'

/** For the framework, which shows what is thrown as a usage error. */
export function parseInstant(input: string): Instant {
  const instant = parseTimestamp(input)
  if (instant.ok) return instant.value
  throw new SyntaxError(instant.problems[0].message)
}
