// Times in certificates (RFC 5280 section 4.1.2.5) and timestamps (RFC 3161 section 2.4.2): in UTC, with seconds.

import { type Instant, parseTimestamp } from '../timestamp.ts'
import { type DerValue, failDer } from './der-value.ts'
import { DER_TAGS } from './tags.ts'

const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
// TS-5: a fraction of any length, as long as it does not end in zeros (X.690 section 11.7.3).
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{0,63}[1-9]))?Z$/

/** A UTCTime (1950 to 2049) or a GeneralizedTime without a fraction, as validity periods have them. */
export function readTime(value: DerValue): Instant {
  const text = Buffer.from(value.content).toString('latin1')
  if (value.tag === DER_TAGS.utcTime) {
    const [, year = '', ...others] = UTC_TIME.exec(text) ?? failTime()
    return instantOf([Number(year) < 50 ? `20${year}` : `19${year}`, ...others])
  }
  if (value.tag !== DER_TAGS.generalizedTime || text.includes('.')) failTime()
  return readGeneralizedTime(value)
}

/** A GeneralizedTime; what is below a millisecond is dropped. */
export function readGeneralizedTime(value: DerValue): Instant {
  if (value.tag !== DER_TAGS.generalizedTime) failTime()
  const text = Buffer.from(value.content).toString('latin1')
  const [, ...parts] = GENERALIZED_TIME.exec(text) ?? failTime()
  return instantOf(parts)
}

function instantOf([
  year,
  month,
  day,
  hour,
  minute,
  second,
  fraction = '0',
]: readonly string[]): Instant {
  const date = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const instant = parseTimestamp(`${date}.${fraction.slice(0, 9)}Z`)
  return instant.ok ? instant.value : failTime()
}

function failTime(): never {
  return failDer(
    'Expected a time in UTC with seconds, found another form or a time that does not exist',
  )
}
