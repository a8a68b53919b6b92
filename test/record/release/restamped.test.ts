// timestamps are put into a bundle and taken out of it without the key. A copy of a word makes it neither newer nor older.

import { describe, expect, it } from 'vitest'
import { APPROVAL } from '../../../src/record/families/approval.ts'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import type { LedgerItem } from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { person } from '../deciders.ts'
import type { FoldedOptions } from '../folded.ts'
import { approved, maker, outcomeOf } from './judged-release.ts'

/** Said at one time, seen at another or by nobody. */
const told = (said: string, seen?: string): FoldedOptions => ({
  header: { reportedAt: `2026-04-10T${said}:00Z` },
  ...(seen !== undefined && { vouchedAt: `2026-04-10T${seen}:00Z` }),
})

type Make = (index: number, times: FoldedOptions) => LedgerItem

/** Every bundle of it is of one act of signing. */
const ofOneAct =
  (make: Make, act: string): Make =>
  (index, times) => ({ ...make(index, times), signingAct: digestOf(act) })

const tests =
  (result: 'PASSED' | 'FAILED'): Make =>
  (index, times) =>
    maker(
      TEST_RESULT,
      {
        result,
        configuration: [{ digest: { sha256: digestOf('tests') } }],
        [result === 'PASSED' ? 'passedTests' : 'failedTests']: ['unit'],
      },
      times,
      {},
    )(index)

const decided =
  (changes: object): Make =>
  (index, times) => {
    const { members } = approved('rollout', changes)(index) as { members: object }
    return maker(APPROVAL, {}, { signer: person('alice'), ...times }, members)(index)
  }

const WORDS: Readonly<Record<string, readonly [Make, Make]>> = {
  'a test': [tests('FAILED'), tests('PASSED')],
  'a decision': [decided({ decision: 'reject', expires: undefined }), decided({})],
}

describe.each(Object.entries(WORDS))('A copy of %s', (_, [against, for_]) => {
  const bad = ofOneAct(against, 'against')
  const good = ofOneAct(for_, 'for')

  it('with a new timestamp makes no failure newer than what makes up for it', () => {
    const items = [bad(10, told('10:00')), good(11, told('11:00', '11:00'))]
    expect(outcomeOf(items)).toBe('accepted')
    expect(outcomeOf([...items, bad(12, told('10:00', '12:00'))])).toBe('accepted')
    expect(outcomeOf([...items, against(12, told('12:00', '12:00'))])).toBe('rejected')
  })

  it('with a new timestamp makes no success newer than a failure', () => {
    const late = bad(10, told('10:30', '11:30'))
    const items = [late, good(11, told('11:00'))]
    expect(outcomeOf(items)).toBe('rejected')
    expect(outcomeOf([...items, good(12, told('11:00', '12:00'))])).toBe('rejected')
    expect(outcomeOf([late, good(11, told('11:00', '12:00'))])).toBe('accepted')
  })

  it('without its timestamp makes nothing older, nor with an earlier one', () => {
    const items = [bad(10, told('10:00', '11:00')), good(11, told('10:30'))]
    expect(outcomeOf(items)).toBe('rejected')
    expect(outcomeOf([...items, bad(12, told('10:00'))])).toBe('rejected')
    expect(outcomeOf([...items, bad(12, told('10:00', '10:10'))])).toBe('rejected')
    expect(outcomeOf([bad(10, told('10:00')), good(11, told('10:30'))])).toBe('accepted')
  })

  it('stands where the first file does that is not accepted any more', () => {
    const copy = bad(12, told('10:00', '12:00'))
    const answer = good(11, told('11:00', '11:00'))
    expect(outcomeOf([answer, { ...copy, firstIndex: 10 }])).toBe('accepted')
    expect(outcomeOf([answer, copy])).toBe('rejected')
    const failure = bad(11, told('11:00', '11:00'))
    const success = good(12, told('11:30', '12:00'))
    expect(outcomeOf([failure, { ...success, firstIndex: 10 }])).toBe('rejected')
    expect(outcomeOf([failure, success])).toBe('accepted')
  })
})
