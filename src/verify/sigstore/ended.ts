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

/** One check that names each that has ended as of the time that is asked about, or else by the clock. */
export function describeEnded(
  all: readonly Windowed[],
  { now, asOf = now }: { readonly now: Instant; readonly asOf?: Instant },
): readonly Check[] {
  const ended = all.flatMap(({ name, validFor: { end } }) =>
    end !== undefined && end < asOf ? `${name}: ${encodeTimestamp(end)}` : [],
  )
  if (ended.length === 0) return []
  const message = 'It leans on what was trusted then, and has ended since'
  return [passed('ended-since', message, { found: [...new Set(ended)].join(', ') })]
}
