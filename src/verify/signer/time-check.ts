// As of when the evidence is judged. Said in every verdict, because it is not when the signature was made: nothing proves that here.

import type { Check } from '../../core/index.ts'
import { passed } from '../check.ts'
import type { Judgement } from '../verified.ts'

/** What the time is worth, with what was left unjudged. `time` is the instant in words. */
export function describeTime({ source, notJudged }: Judgement, time: string): Check {
  const whose = source === 'clock' ? "by this machine's clock" : 'as asked'
  const left = [
    ...count(notJudged.logEntries, 'log entry', 'log entries'),
    ...count(notJudged.timestamps, 'timestamp', 'timestamps'),
  ]
  const aside = left.length === 0 ? '' : `; not judged, no root for it: ${left.join(', ')}`
  return passed('time', `Judged at ${time}, ${whose}; no independent time${aside}`)
}

function count(number: number, one: string, many: string): readonly string[] {
  return number === 0 ? [] : [`${number} ${number === 1 ? one : many}`]
}
