import { describe, expect, it } from 'vitest'
import { scoreOfVector, severityOfScore } from '../../../src/snapshot/advisories/rating/cvss.ts'
import { rate } from '../../../src/snapshot/advisories/rating/rating.ts'

const V4 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'

describe('scoreOfVector()', () => {
  // Scores that the examples of the CVSS v3.1 specification, its calculator, and the guide of version 2 (section 3.3) give.
  it.each([
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8, 'critical'],
    ['CVSS:3.1/A:H/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N', 9.8, 'critical'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10, 'critical'],
    ['CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 6.1, 'moderate'],
    ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', 6.4, 'moderate'],
    ['CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:C/C:L/I:L/A:N', 5.5, 'moderate'],
    ['CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', 7.8, 'high'],
    ['CVSS:3.1/E:U/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N', 1.6, 'low'],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0, 'info'],
    ['AV:N/AC:L/Au:N/C:N/I:N/A:C', 7.8, 'high'],
    ['A:C/I:C/C:C/Au:N/AC:L/AV:N/E:F/RL:OF/RC:C', 10, 'critical'],
    ['AV:L/AC:H/Au:N/C:C/I:C/A:C', 6.2, 'moderate'],
    ['AV:L/AC:L/Au:N/C:N/I:N/A:N', 0, 'info'],
  ] as const)('%s is %d', (vector, score, word) => {
    expect(scoreOfVector(vector)).toBe(score)
    expect(severityOfScore(score)).toBe(word)
  })

  it.each([
    ['version 4', V4],
    ['a metric that is absent', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H'],
    ['a metric twice', 'CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
    ['a value that does not exist', 'CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
    ['a part that is no metric', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/'],
    ['metrics of version 3 without it', 'AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'],
    ['no vector', '9.8'],
  ])('has none of %s', (_, vector) => {
    expect(scoreOfVector(vector)).toBe(undefined)
  })
})

describe('rate()', () => {
  it.each([
    ['critical', 'critical'],
    ['Critical', 'critical'],
    ['IMPORTANT', 'high'],
    ['Medium', 'moderate'],
    [' low\n', 'low'],
    ['negligible', 'info'],
  ])('takes the word %j for %s', (word, severity) => {
    expect(rate([word])).toEqual({ severity })
  })

  it('is the gravest, in whatever order and whoever says it', () => {
    const said = ['LOW', 'AV:N/AC:L/Au:N/C:C/I:C/A:C', 'moderate']
    expect(rate(said)).toEqual({ severity: 'critical' })
    expect(rate(said.toReversed())).toEqual({ severity: 'critical' })
    expect(rate(['low'], ['high'])).toEqual({ severity: 'high' })
  })

  it('keeps what it does not understand where nothing else is said, and takes silence for silence', () => {
    expect(rate([V4, 'DIRE', V4, 7])).toEqual({ unscored: ['7', V4, 'DIRE'] })
    expect(rate([V4, 'low'])).toEqual({ severity: 'low' })
    expect(rate([undefined, null, '', 'UNKNOWN', '\u200b'])).toEqual({})
  })
})
