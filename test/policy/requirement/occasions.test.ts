import { describe, expect, it } from 'vitest'
import { codesOf, DAY, find, NOW, outcomeOf, piece, sha256Of, without } from './evidence.ts'

const SMOKE = { select: { family: 'smoke' } }
const WEEKLY = { ...SMOKE, least: 3, apart: '7d', fresh: '30d' }

/** Signed so many days ago, each by another key. */
function signed(...days: readonly number[]) {
  return days.map((ago, index) => piece(index, { signedAt: NOW - ago * DAY }))
}

describe('evidence of several occasions', () => {
  it.each<readonly [string, readonly number[], string, string]>([
    [
      'as far apart as is asked for',
      [14, 7, 0],
      'accepted',
      '3 pieces, those of 3 occasions supporting',
    ],
    ['in whatever order', [1, 20, 9], 'accepted', '3 pieces, those of 3 occasions supporting'],
    [
      'and some between',
      [1, 2, 3, 8, 8, 15],
      'accepted',
      '6 pieces, those of 3 occasions supporting',
    ],
    ['of one instant', [1, 1, 1], 'missing', '3 pieces, those of 1 occasion supporting'],
    ['of one day less', [14, 7.5, 1], 'missing', '3 pieces, those of 2 occasions supporting'],
    [
      'two at one instant, and one long after',
      [20, 20, 1],
      'missing',
      '3 pieces, those of 2 occasions supporting',
    ],
    [
      'of which one is too old',
      [31, 10, 1],
      'missing',
      '3 pieces, those of 2 occasions supporting',
    ],
  ])('counts those %s', (_, days, outcome, found) => {
    const finding = find(WEEKLY, signed(...days))
    expect(finding).toMatchObject({ outcome, check: { found } })
    if (outcome === 'missing') expect(finding.check.code).toBe('policy/evidence-short')
  })

  it('says how far apart', () => {
    expect(find(WEEKLY, []).check.expected).toBe(
      '3 accepted: smoke about the set, each signed 7d or more after the one before, no older than 30d',
    )
  })

  it('counts none of which nobody vouches for the time', () => {
    const twice = { ...SMOKE, least: 2, apart: '7d' }
    expect(find(twice, signed(400, 1)).supporting).toEqual([sha256Of(0), sha256Of(1)])
    const undated = signed(400, 1).map((one) => without(one, 'signedAt'))
    expect(outcomeOf(twice, ...undated)).toBe('missing')
    expect(codesOf(twice, ...undated)).toEqual([
      'policy/evidence-undated',
      'policy/evidence-undated',
    ])
    expect(find(twice, undated).unfit[0]?.reasons[0]?.expected).toBe(
      'signed at 2026-06-01T00:00:00Z or before',
    )
  })

  it.each([{ fresh: '30d' }, { least: 2, apart: '7d' }])(
    'counts none that is signed after the judgement, with %j',
    (members) => {
      const asked = { ...SMOKE, ...members }
      const [first, now, later] = signed(8, 0, -1)
      expect(outcomeOf(asked, first!, now!)).toBe('accepted')
      expect(outcomeOf(asked, later!)).toBe('missing')
      expect(codesOf(asked, later!)).toEqual(['policy/evidence-later'])
      expect(find(asked, [later!]).unfit[0]?.reasons[0]).toMatchObject({
        expected: 'signed at 2026-06-01T00:00:00Z or before',
        found: '2026-06-02T00:00:00Z',
      })
    },
  )
})
