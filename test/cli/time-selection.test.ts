// What is left out of a judgement as of another time: counted once, however often it is read.

import { expect, it } from 'vitest'
import { selectByWitness } from '../../src/cli/judging/time-selection.ts'
import { TEST_RESULT } from '../../src/record/families/test-result.ts'
import { foldedRecord, NOW } from '../record/folded.ts'
import { goldenRecord } from '../record/golden-record.ts'

const { members } = goldenRecord(TEST_RESULT)
const seen = (index: number, vouchedAt?: string) =>
  foldedRecord(TEST_RESULT, members, { index, ...(vouchedAt !== undefined && { vouchedAt }) })

it('A record about a commit is left out once, for however many releases it is read', () => {
  const then = seen(0, '2020-01-01T00:00:00Z')
  const later = seen(1, '2099-01-01T00:00:00Z')
  const { select, check } = selectByWitness(NOW)
  for (let release = 0; release < 3; release++) expect(select([then, later])).toEqual([then])
  expect(check()).toMatchObject({ outcome: 'accepted', found: '1 record of later, left out' })
  for (let release = 0; release < 3; release++) expect(select([then, seen(2)])).toEqual([then])
  expect(check()).toMatchObject({
    code: 'cli/audit-time',
    found: '1 record without a vouched time',
  })
})
