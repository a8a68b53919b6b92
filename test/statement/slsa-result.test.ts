// Words of `verifiedLevels`, and what is enough of them.

import { describe, expect, it } from 'vitest'
import { hasReached, isReachable } from '../../src/statement/index.ts'

describe('hasReached()', () => {
  it.each([
    [['SLSA_BUILD_LEVEL_3'], 'SLSA_BUILD_LEVEL_2', true],
    [['SLSA_BUILD_LEVEL_2'], 'SLSA_BUILD_LEVEL_2', true],
    [['SLSA_BUILD_LEVEL_1'], 'SLSA_BUILD_LEVEL_2', false],
    [['SLSA_BUILD_LEVEL_0'], 'SLSA_BUILD_LEVEL_0', true],
    [['SLSA_SOURCE_LEVEL_4'], 'SLSA_SOURCE_LEVEL_3', true],
    [['SLSA_SOURCE_LEVEL_4'], 'SLSA_BUILD_LEVEL_1', false],
    [['SLSA_BUILD_LEVEL_UNEVALUATED'], 'SLSA_BUILD_LEVEL_0', false],
    [['SLSA_BUILD_LEVEL_UNEVALUATED'], 'SLSA_BUILD_LEVEL_UNEVALUATED', false],
    [['SLSA_BUILD_REPRODUCED'], 'SLSA_BUILD_REPRODUCED', true],
    [['SLSA_BUILD_REPRODUCED'], 'SLSA_BUILD_LEVEL_1', false],
    [['SLSA_BUILD_LEVEL_3'], 'SLSA_BUILD_REPRODUCED', false],
    [['SLSA_OTHER_WORD'], 'SLSA_OTHER_WORD', false],
    [['SLSA_BUILD_LEVEL_10'], 'SLSA_BUILD_LEVEL_1', false],
    [['SLSA_OTHER_WORD', 'urn:a'], 'SLSA_BUILD_LEVEL_1', false],
    [['FAILED'], 'FAILED', false],
    [['urn:example:go'], 'urn:example:go', true],
    [['urn:example:go-by-exception'], 'urn:example:go', false],
    [[], 'urn:example:go', false],
    [[''], '', false],
  ])('of %j and %s is %s', (levels, expected, outcome) => {
    expect(hasReached(levels, expected)).toBe(outcome)
  })
})

describe('isReachable()', () => {
  it('is true of what a verification can reach', () => {
    const words = ['SLSA_BUILD_LEVEL_0', 'SLSA_SOURCE_TWO_PARTY_REVIEWED', 'urn:a', 'slsa_x']
    expect(words.filter((word) => !isReachable(word))).toEqual([])
    const others = ['FAILED', 'SLSA_BUILD_LEVEL_UNEVALUATED', 'SLSA_BUILD_LEVEL_5', 'SLSA_X', '']
    expect(others.filter(isReachable)).toEqual([])
  })
})
