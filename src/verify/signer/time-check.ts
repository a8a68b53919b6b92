// As of when the evidence is judged. Said in every verdict, because it is not when the signature was made: nothing proves that here.

import { type Check, encodeTimestamp } from '../../core/index.ts'
import { passed } from '../check.ts'
import type { Judgement } from '../verified.ts'

/** What the time is worth, with what was left unjudged. */
export function describeTime({ at, source, notJudged }: Judgement): Check {
  const whose = source === 'clock' ? "by this machine's clock" : 'as asked'
  const left = [
    ...count(notJudged.logEntries, 'log entry', 'log entries'),
    ...count(notJudged.timestamps, 'timestamp', 'timestamps'),
  ]
  const aside = left.length === 0 ? '' : `; not judged, no root for it: ${left.join(', ')}`
  return passed('time', `Judged at ${encodeTimestamp(at)}, ${whose}; no independent time${aside}`)
}

function count(number: number, one: string, many: string): readonly string[] {
  return number === 0 ? [] : [`${number} ${number === 1 ? one : many}`]
}
