import { describe, expect, it } from 'vitest'
import { describePeriod, isWithin, standingAt } from '../../../src/trust/index.ts'

const DAY = { start: Date.parse('2026-01-01T00:00:00Z'), end: Date.parse('2026-01-02T00:00:00Z') }
const OPEN = { start: DAY.start }

describe('a validity period', () => {
  it('has both of its ends (TR-3)', () => {
    expect(
      [DAY.start - 1, DAY.start, DAY.end, DAY.end + 1].map((at) => standingAt(DAY, at)),
    ).toEqual(['not-yet-valid', 'valid', 'valid', 'ended'])
    expect([DAY.start - 1, DAY.start, DAY.end, DAY.end + 1].map((at) => isWithin(DAY, at))).toEqual(
      [false, true, true, false],
    )
  })

  it('goes on where it has no end', () => {
    expect(standingAt(OPEN, Number.MAX_SAFE_INTEGER)).toBe('valid')
    expect(isWithin(OPEN, DAY.start - 1)).toBe(false)
  })

  it.each([
    [DAY, 'from 2026-01-01T00:00:00Z, until 2026-01-02T00:00:00Z'],
    [OPEN, 'from 2026-01-01T00:00:00Z'],
    [{ start: 0 }, 'from the beginning'],
  ])('is told in words (%#)', (period, words) => {
    expect(describePeriod(period)).toBe(words)
  })
})
