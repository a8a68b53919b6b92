// When an instance may be believed: `validFor` of a trusted root (TR-3).

import {
  type Instant,
  memberOf,
  objectAt,
  parseTimestamp,
  quote,
  refuseUnknown,
  tellAt,
  textAt,
} from '../../../core/index.ts'
import type { RootPlace } from './root-place.ts'
import type { ValidityPeriod } from './validity-period.ts'

/** Reads `validFor`. Without a start nobody knows since when a key was the log's own, so that it is refused (TR-3). */
export function readValidity(place: RootPlace): ValidityPeriod | undefined {
  if (memberOf(place, 'validFor') === undefined) {
    tellAt(place, undefined, {
      code: 'trust/root-validity',
      message: 'Expected "validFor" with its start, found none',
    })
    return undefined
  }
  const period = objectAt(place, 'validFor')
  refuseUnknown(period, ['start', 'end'])
  const start = readInstant(period, 'start')
  const end = readInstant(period, 'end')
  if (start === undefined) {
    if (memberOf(period, 'start') === undefined) {
      tellAt(period, undefined, {
        code: 'trust/root-validity',
        message: 'Expected the start of the validity, found none',
      })
    }
    return undefined
  }
  if (end === undefined) return { start }
  if (end >= start) return { start, end }
  tellAt(period, undefined, {
    code: 'trust/root-validity',
    message: 'Expected the validity not to end before it starts',
  })
  return undefined
}

function readInstant(period: RootPlace, name: string): Instant | undefined {
  if (memberOf(period, name) === undefined) return undefined
  const text = textAt(period, name)
  const instant = parseTimestamp(text)
  if (instant.ok) return instant.value
  const message = `Expected a time such as "2026-04-10T12:00:00Z", found ${quote(text)}`
  tellAt(period, name, { code: 'trust/root-validity', message })
  return undefined
}
