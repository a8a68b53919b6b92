import { describe, expect, it } from 'vitest'
import { countOf } from '../../src/core/index.ts'

describe('countOf()', () => {
  it.each([
    [0, '0 artifacts'],
    [1, '1 artifact'],
    [2, '2 artifacts'],
  ])('says %i as %j', (count, words) => {
    expect(countOf(count, 'artifact')).toBe(words)
  })
})
