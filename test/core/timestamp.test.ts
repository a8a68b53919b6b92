import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeTimestamp, parseTimestamp } from '../../src/core/index.ts'

const code = (text: string) => {
  const parsed = parseTimestamp(text)
  return parsed.ok ? 'accepted' : parsed.problems[0].code
}

describe('parseTimestamp()', () => {
  it('reads a time in UTC, to the millisecond', () => {
    expect(parseTimestamp('1970-01-01T00:00:01Z')).toEqual({ ok: true, value: 1_000 })
    expect(parseTimestamp('1970-01-01T00:00:01.2345Z')).toEqual({ ok: true, value: 1_234 })
    expect(parseTimestamp('0001-01-01T00:00:00Z').ok).toBe(true)
  })

  it.each([
    ['a day that does not exist', '2026-02-30T00:00:00Z', '2026-02-28T00:00:00Z'],
    ['a leap day in another year', '2026-02-29T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['a leap day in a century', '2100-02-29T00:00:00Z', '2000-02-29T00:00:00Z'],
    ['day 31 of a short month', '2026-04-31T00:00:00Z', '2026-05-31T00:00:00Z'],
    ['day 0', '2026-04-00T00:00:00Z', '2026-04-01T00:00:00Z'],
    ['month 0', '2026-00-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['minute 60', '2026-04-10T12:60:00Z', '2026-04-10T12:59:00Z'],
    ['month 13', '2026-13-01T00:00:00Z', '2026-12-01T00:00:00Z'],
    ['hour 24', '2026-04-10T24:00:00Z', '2026-04-10T23:59:59Z'],
    ['a leap second', '2016-12-31T23:59:60Z', '2016-12-31T23:59:59Z'],
    ['an offset', '2026-04-10T12:00:00+00:00', '2026-04-10T12:00:00Z'],
    ['lower case', '2026-04-10t12:00:00z', '2026-04-10T12:00:00Z'],
    ['a blank for the T', '2026-04-10 12:00:00Z', '2026-04-10T12:00:00Z'],
    ['local time', '2026-04-10T12:00:00', '2026-04-10T12:00:00Z'],
    ['a date alone', '2026-04-10', '2026-04-10T00:00:00Z'],
    ['a number', '1', '1970-01-01T00:00:00.001Z'],
    ['a fraction without digits', '2026-04-10T12:00:00.Z', '2026-04-10T12:00:00.0Z'],
    ['too fine a fraction', '2026-04-10T12:00:00.0123456789Z', '2026-04-10T12:00:00.012345678Z'],
    ['what follows', '2026-04-10T12:00:00Z\n', '2026-04-10T12:00:00Z'],
    ['digits of another script', '２０２６-04-10T12:00:00Z', '2026-04-10T12:00:00Z'],
  ])('refuses %s', (_, refused, accepted) => {
    expect(code(refused)).toBe('core/timestamp')
    expect(code(accepted)).toBe('accepted')
  })

  it('reads back what encodeTimestamp() writes', () => {
    expect(encodeTimestamp(0)).toBe('1970-01-01T00:00:00Z')
    const instant = fc.integer({
      min: Date.UTC(1970, 0, 1),
      max: Date.UTC(9999, 11, 31, 23, 59, 59, 999),
    })
    fc.assert(
      fc.property(instant, (instant) => {
        expect(parseTimestamp(encodeTimestamp(instant))).toEqual({ ok: true, value: instant })
      }),
    )
  })
})
