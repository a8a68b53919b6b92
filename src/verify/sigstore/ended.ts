// What a verdict leans on and has ended since. Nothing is refused for that: it was good at the time, and an auditor reads records of
// years ago. But nobody should have to find out (TR-2).

import { type Check, encodeTimestamp, type Instant } from '../../core/index.ts'
import type { ValidityPeriod } from '../../trust/index.ts'
import { passed } from '../check.ts'

/** A log or an authority with the time for which its root has it. */
export interface Windowed {
  /** In words. */
  readonly name: string
  readonly validFor: ValidityPeriod
}

/** One check that names each, where there is any. */
export function describeEnded(all: readonly Windowed[], now: Instant): readonly Check[] {
  const ended = all.filter(({ validFor: { end = Infinity } }) => end < now)
  if (ended.length === 0) return []
  const found = ended.map(({ name, validFor: { end = now } }) => `${name}: ${encodeTimestamp(end)}`)
  const message = 'It leans on what was trusted then, and has ended since'
  return [passed('ended-since', message, { found: [...new Set(found)].join(', ') })]
}
