// Which words are the last ones: the same, however many there are and in whatever order they come.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLaterWord, lastWords } from '../../../src/gate/reports/later-word.ts'
import { NOW, piece } from '../evidence.ts'

const SECOND = 1_000
const word = (index: number, check: string, second?: number) => ({
  check,
  by: piece({ index, ...(second !== undefined && { signedAt: NOW + second * SECOND }) }),
})
type Word = ReturnType<typeof word>
const partsOf = (one: Word) => one

describe('The last words', () => {
  it('are those in place of which no later one of their check stands', () => {
    const small = fc.nat({ max: 6 })
    const one = fc.tuple(small, fc.constantFrom('a', 'b'), fc.option(small, { nil: undefined }))
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (told) => {
        const words = told.map((parts) => word(...parts))
        const last = words.filter(
          ({ by, check }) =>
            !words.some((other) => other.check === check && isLaterWord(other.by, by)),
        )
        expect(lastWords(words, partsOf)).toEqual(last)
      }),
    )
  })

  // With each against each it took half a minute.
  it('are found among many', { timeout: 10_000 }, () => {
    const count = 20_000
    const falling = Array.from({ length: count }, (_, index) => word(index, 'a', count - index))
    expect(lastWords(falling, partsOf)).toHaveLength(count)
    const rising = Array.from({ length: count }, (_, index) => word(index, 'a', index))
    expect(lastWords(rising, partsOf)).toEqual(rising.slice(-1))
  })
})
