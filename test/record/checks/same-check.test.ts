// However many records there are of one check, each is read once.

import { describe, expect, it } from 'vitest'
import { laterFailureCheck } from '../../../src/record/checks/same-check.ts'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import { contextOf, foldedRecord } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'

const { members } = goldenRecord(TEST_RESULT)

describe('A check of later failures', () => {
  it.each([50, 100])('reads each of %i records once', (count) => {
    const items = Array.from({ length: count }, (_, index) =>
      foldedRecord(TEST_RESULT, members, { index }),
    )
    const context = contextOf(items)
    const read = { words: 0, results: 0 }
    const check = laterFailureCheck<unknown>({
      family: () => TEST_RESULT,
      sameCheck: {
        isSame: () => true,
        resultsOf: ({ index }) => {
          read.results += 1
          return new Map([['unit', index % 2 === 0 ? 'failed' : 'passed']])
        },
      },
      wordOf: ({ index }) => {
        read.words += 1
        return index % 2 === 0 ? 'failed' : 'passed'
      },
    })
    const { records } = context.evidence
    const outcomes = new Set(records.map((record) => check(record, context).outcome))
    expect([...outcomes]).toEqual(['accepted'])
    expect(read.words).toBe(count)
    expect(read.results).toBeLessThanOrEqual(count)
  })
})
