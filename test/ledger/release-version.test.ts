import { describe, expect, it } from 'vitest'
import { claimRelease, findReleaseConflict, releaseVersionOf } from '../../src/ledger/index.ts'
import { entryOf } from './test-ledger.ts'

const SET = 'production__web__v2%2frc.1__run_1'

describe('releaseVersionOf()', () => {
  it('is channel, target and version, without the run', () => {
    expect(releaseVersionOf(entryOf(1, SET))).toBe('production__web__v2%2frc.1')
    expect(releaseVersionOf(entryOf(1, 'ledger'))).toBeUndefined()
    expect(releaseVersionOf(entryOf(1, `git:${'a'.repeat(40)}`))).toBeUndefined()
  })
})

describe('a version', () => {
  it('takes one set, again and again, and no other (A-85)', () => {
    const sets = new Map<string, string>()
    const other = entryOf(2, SET.replace('run_1', 'run_2'))
    expect(findReleaseConflict(sets, other)).toBeUndefined()
    expect(claimRelease(sets, entryOf(1, SET))).toBeUndefined()
    expect(claimRelease(sets, entryOf(3, SET))).toBeUndefined()
    expect(claimRelease(sets, other)).toMatchObject({ code: 'ledger/release-conflict' })
    expect(findReleaseConflict(sets, other)?.message).toContain(
      '"production__web__v2%2frc.1__run_1"',
    )
    expect([...sets.values()]).toEqual([SET])
  })

  it('is nothing to an entry that is about no set', () => {
    const sets = new Map<string, string>()
    expect(claimRelease(sets, entryOf(1, 'ledger'))).toBeUndefined()
    expect(sets.size).toBe(0)
  })
})
