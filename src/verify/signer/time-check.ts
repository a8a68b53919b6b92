// As of when the evidence is judged, and by which clock. Said in every verdict.

import { type Check, encodeTimestamp } from '../../core/index.ts'
import { passed } from '../check.ts'
import type { VerifyRequest } from '../request.ts'
import type { JudgedTime, VouchedTime } from '../verified.ts'
import { describeTimes } from '../vouched-times.ts'

/** The earliest time that somebody vouches for; without one the verifier's own, which says nothing of when the signature was made. */
export function judgeTimes(
  { now, at }: Pick<VerifyRequest, 'now' | 'at'>,
  times: readonly VouchedTime[],
  notJudged: JudgedTime['notJudged'],
): JudgedTime {
  const vouched = times.toSorted((a, b) => a.at - b.at)
  const [earliest] = vouched
  if (earliest !== undefined) {
    return { at: earliest.at, source: earliest.by, vouched, notJudged }
  }
  return { at: at ?? now, source: at === undefined ? 'clock' : 'given', vouched, notJudged }
}

/** What the time is worth, with what was left unjudged. */
export function describeTime({ at, source, vouched, notJudged }: JudgedTime): Check {
  const left = [
    ...count(notJudged.logEntries, 'log entry', 'log entries'),
    ...count(notJudged.timestamps, 'timestamp', 'timestamps'),
  ]
  const aside = left.length === 0 ? '' : `; not judged, no root for it: ${left.join(', ')}`
  if (vouched.length > 0) {
    const message = `Signed by ${encodeTimestamp(at)} at the latest, by the word of a ${source}${aside}`
    return passed('time', message, { found: describeTimes(vouched) })
  }
  const whose = source === 'clock' ? "by this machine's clock" : 'as asked'
  return passed('time', `Judged at ${encodeTimestamp(at)}, ${whose}; no independent time${aside}`)
}

function count(number: number, one: string, many: string): readonly string[] {
  return number === 0 ? [] : [`${number} ${number === 1 ? one : many}`]
}
