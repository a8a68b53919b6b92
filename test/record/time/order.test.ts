// Which word is the newer one: by place and by both times, so that a word that was withheld is no newer for being appended last.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isNewer,
  isOlder,
  newestOf,
  standingWords,
  wordInPlaceOf,
} from '../../../src/record/time/order.ts'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import { encodeTimestamp } from '../../../src/core/index.ts'
import { foldedRecord, NOW } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'

const MINUTE = 60_000
const { members } = goldenRecord(TEST_RESULT)

/** A record at an entry, reported and vouched for so many minutes after a start. */
const word = (index: number, reported: number, vouched?: number) =>
  foldedRecord(TEST_RESULT, members, {
    index,
    header: { reportedAt: timeAt(reported) },
    ...(vouched !== undefined && { vouchedAt: timeAt(vouched) }),
  })
const timeAt = (minutes: number) => encodeTimestamp(NOW + minutes * MINUTE)

describe('A word that is appended later', () => {
  it.each<[string, ReturnType<typeof word>, ReturnType<typeof word>, boolean]>([
    ['is newer where it says so', word(1, 10), word(2, 11), true],
    ['is newer where it says the same time', word(1, 10), word(2, 10), true],
    ['is older where it says so', word(1, 11), word(2, 10), false],
    ['is older where others saw it before', word(1, 10, 12), word(2, 10, 11), false],
    ['is newer where others saw it after', word(1, 10, 11), word(2, 10, 12), true],
    [
      'is no newer by a timestamp that was asked for since',
      word(1, 11, 11),
      word(2, 10, 20),
      false,
    ],
    ['is no newer without its timestamp', word(1, 10, 12), word(2, 11), false],
    ['is newer without one, well after what is vouched for', word(1, 10, 10), word(2, 15), true],
  ])('%s', (_, earlier, later, expected) => {
    expect(isNewer(later, earlier)).toBe(expected)
  })

  it('is not made newer by its times where it stands before', () => {
    expect(isNewer(word(1, 20, 20), word(2, 10, 10))).toBe(false)
    expect(isNewer(word(2, 20, 20), word(1, 10, 10))).toBe(true)
  })

  it('is never helped by taking its timestamp away', () => {
    const minutes = fc.integer({ min: 0, max: 30 })
    fc.assert(
      fc.property(minutes, minutes, minutes, minutes, (ours, seen, theirs, theirsSeen) => {
        const other = word(1, theirs, theirsSeen)
        if (isOlder(word(2, ours, seen), other)) expect(isOlder(word(2, ours), other)).toBe(true)
      }),
    )
  })

  it('is the newest one where it is not older than one before it', () => {
    const newest = word(2, 11)
    expect(newestOf([word(1, 10), newest, word(3, 10)])).toBe(newest)
    expect(newestOf([])).toBeUndefined()
  })

  it('stands in the place of those of its id that are not newer, and of no other', () => {
    const [first, second, older] = [word(1, 10), word(2, 12), word(3, 11)]
    const words = [first, second, older].map((one) => ({ ...one, id: 'one' }))
    const other = { ...word(4, 20), id: 'other' }
    expect(standingWords([...words, other]).map(({ index }) => index)).toEqual([2, 3, 4])
    expect(words.map((one) => wordInPlaceOf(one, words)?.index)).toEqual([3, undefined, undefined])
    const without = [first, second].map(({ id: _, ...one }) => one)
    expect(standingWords(without)).toEqual(without)
  })

  it('stands where, of all that come later, no one is newer', () => {
    const minutes = fc.integer({ min: 0, max: 12 })
    const told = fc.record({ reported: minutes, vouched: fc.option(minutes, { nil: undefined }) })
    fc.assert(
      fc.property(fc.array(told, { maxLength: 12 }), (times) => {
        const words = times.map(({ reported, vouched }, index) => ({
          ...word(index, reported, vouched),
          id: 'one',
        }))
        const standing = words.filter((one) => wordInPlaceOf(one, words) === undefined)
        expect(standingWords(words)).toEqual(standing)
      }),
    )
  })

  // With each against each it took 40 seconds.
  it('is found among many of one id, whether their times rise or fall', { timeout: 10_000 }, () => {
    const count = 10_000
    const one = { ...word(0, 0), id: 'one' }
    const at = (index: number, reportedAt: string) => ({ ...one, index, reportedAt })
    const falling = Array.from({ length: count }, (_, index) => at(index, timeAt(count - index)))
    expect(standingWords(falling)).toHaveLength(count)
    const rising = Array.from({ length: count }, (_, index) => at(index, timeAt(index)))
    expect(standingWords(rising)).toHaveLength(1)
  })
})
