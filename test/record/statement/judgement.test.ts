import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../src/core/index.ts'
import { findJudgements } from '../../../src/record/statement/judgement.ts'

const WORDS = ['status', 'trusted', 'origin', 'live', 'signed', 'verified', 'approved', 'complete']
const SPELLINGS: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => word.toUpperCase(),
  (word) => `${word[0]}_${word.slice(1)}`,
  (word) => `${word[0]}-${word.slice(1)}`,
]

describe('A judgement', () => {
  it('is found under any spelling, at any depth', () => {
    const path = fc.array(fc.constantFrom('members', 'list', 'inner'), { maxLength: 5 })
    fc.assert(
      fc.property(
        path,
        fc.constantFrom(...WORDS),
        fc.constantFrom(...SPELLINGS),
        (names, word, spell) => {
          const leaf: JsonValue = { [spell(word)]: true }
          const nested = names.reduce<JsonValue>(
            (inner, name) => (name === 'list' ? [1, inner] : { [name]: inner }),
            leaf,
          )
          const found = findJudgements(nested)
          expect(found.map(({ code }) => code)).toEqual(['record/judgement'])
          expect(found[0]?.at?.endsWith(`/${spell(word)}`)).toBe(true)
        },
      ),
    )
  })

  it('is no value, and no word that only holds one', () => {
    expect(
      findJudgements({ decision: 'approved', note: 'signed', listed: ['live'], completeness: 1 }),
    ).toEqual([])
  })

  it('is told for each place', () => {
    expect(findJudgements({ live: { live: 1 }, list: [{ status: 1 }] })).toMatchObject([
      { at: '/live' },
      { at: '/live/live' },
      { at: '/list/0/status' },
    ])
  })
})
