import { describe, expect, it } from 'vitest'
import { countOf, withArticle } from '../../src/core/index.ts'

describe('countOf()', () => {
  it.each<[number | bigint, string, string]>([
    [0, 'artifact', '0 artifacts'],
    [1, 'artifact', '1 artifact'],
    [2, 'artifact', '2 artifacts'],
    [1, 'entry', '1 entry'],
    [1n, 'entry', '1 entry'],
    [2, 'entry', '2 entries'],
    [2, 'key', '2 keys'],
  ])('says %s and %j as %j', (count, noun, words) => {
    expect(countOf(count, noun)).toBe(words)
  })
})

describe('withArticle()', () => {
  it.each([
    ['record', 'a record'],
    ['attestation', 'an attestation'],
    ['Authority', 'an Authority'],
  ])('says %j as %j', (noun, words) => {
    expect(withArticle(noun)).toBe(words)
  })
})
