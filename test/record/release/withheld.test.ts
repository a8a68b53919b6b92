// what was signed before can be appended by anybody at any time. An older word stands in the place of nothing, and makes up for nothing.

import { describe, expect, it } from 'vitest'
import { APPROVAL } from '../../../src/record/families/approval.ts'
import { CERTIFICATION } from '../../../src/record/families/certification.ts'
import { COMMAND } from '../../../src/record/families/command.ts'
import { DEPLOYMENT } from '../../../src/record/families/deployment.ts'
import { REVIEW } from '../../../src/record/families/review.ts'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import type { LedgerItem } from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { person } from '../deciders.ts'
import type { FoldedOptions } from '../folded.ts'
import { ranCommand } from '../ran-command.ts'
import { REVISION, TRACKING_HEADER, TRACKING_MEMBERS } from '../signed.ts'
import { approved, judge, maker, outcomeOf, POST } from './judged-release.ts'

type Make = (told: FoldedOptions) => (index: number) => LedgerItem

const reported = (hour: number): FoldedOptions => ({
  header: { reportedAt: `2026-04-10T${hour}:00:00Z` },
})
const vouched = (hour: number): FoldedOptions => ({
  ...reported(hour),
  vouchedAt: `2026-04-10T${hour}:00:00Z`,
})

const tests =
  (result: 'PASSED' | 'FAILED'): Make =>
  (told) =>
    maker(
      TEST_RESULT,
      {
        result,
        configuration: [{ digest: { sha256: digestOf('tests') } }],
        [result === 'PASSED' ? 'passedTests' : 'failedTests']: ['unit'],
      },
      told,
      {},
    )
const commands =
  (exitCode: number): Make =>
  (told) =>
    maker(
      COMMAND,
      { commit: REVISION, commands: [ranCommand('check', exitCode)], notRun: [] },
      told,
    )
const results =
  (family: typeof CERTIFICATION, result: string, options = {}): Make =>
  (told) =>
    maker(family, { results: [{ name: 'errors', result }] }, { ...options, ...told })
const deployed =
  (changes: object): Make =>
  (told) =>
    maker(DEPLOYMENT, { observedAt: '2026-04-10T09:00:00Z', ...changes }, { phase: POST, ...told })
const finding =
  (state: object): Make =>
  (told) => {
    const known = { id: 'F-1', severity: 'high', trustCritical: true, title: 'A finding' }
    return maker(REVIEW, { findings: [{ ...known, ...state }] }, told)
  }
const decided =
  (changes: object): Make =>
  (told) =>
  (index) => {
    const { members: approval } = approved('rollout', changes)(index) as { members: object }
    return maker(APPROVAL, {}, { signer: person('alice'), ...told }, approval)(index)
  }

const CASES: Readonly<Record<string, readonly [Make, Make]>> = {
  'a test that failed': [tests('FAILED'), tests('PASSED')],
  'a command that failed': [commands(1), commands(0)],
  'a certification that failed': [
    results(CERTIFICATION, 'failed'),
    results(CERTIFICATION, 'passed'),
  ],
  'a deployment of another set': [deployed({ observedSet: digestOf('other') }), deployed({})],
  'a finding that is open': [
    finding({ resolved: false }),
    finding({ resolved: true, resolution: 'Mended' }),
  ],
  'a rejection': [decided({ decision: 'reject', expires: undefined }), decided({})],
}

describe.each(Object.entries(CASES))('%s', (_, [bad, good]) => {
  it.each([
    ['reported', reported],
    ['vouched for', vouched],
  ])('is not made good by what is %s as older', (_word, told) => {
    expect(outcomeOf([bad(told(11))(10), good(told(10))(11)])).toBe('rejected')
    expect(outcomeOf([bad(told(10))(10), good(told(11))(11)])).toBe('accepted')
  })

  it('is not made good by an older word without its timestamp', () => {
    expect(outcomeOf([bad(vouched(11))(10), good(reported(10))(11)])).toBe('rejected')
    expect(outcomeOf([bad(vouched(10))(10), good(reported(11))(11)])).toBe('accepted')
  })

  it('speaks against the release although it is the older one', () => {
    expect(outcomeOf([good(reported(11))(10), bad(reported(10))(11)])).toBe('rejected')
    const again = good(reported(12))(12)
    expect(outcomeOf([good(reported(11))(10), bad(reported(10))(11), again])).toBe('accepted')
  })
})

describe('A record of the same id', () => {
  const tracked = (snapshot: string, hour: number) =>
    maker(
      TRACKING,
      { ...TRACKING_MEMBERS, snapshot: digestOf(snapshot) },
      {
        header: { ...TRACKING_HEADER, ...reported(hour).header },
      },
    )
  const standing = (items: readonly LedgerItem[]) => {
    const { records, summary } = judge(items)
    const at = records.map(({ record }) => record.index).filter((index) => index >= 10)
    return { at, snapshot: summary.snapshot }
  }

  it('stands in the place of an earlier one, and of no newer one', () => {
    const newer = digestOf('newer')
    expect(standing([tracked('older', 13)(10), tracked('newer', 14)(11)])).toEqual({
      at: [11],
      snapshot: newer,
    })
    expect(standing([tracked('newer', 14)(10), tracked('older', 13)(11)])).toEqual({
      at: [10, 11],
      snapshot: newer,
    })
  })
})

describe('An approval of another time', () => {
  const approvedUntil = (expires: string) => decided({ expires })

  it('does not stand in the place of a newer one', () => {
    const short = approvedUntil('2026-04-11T00:00:00Z')
    const long = approvedUntil('2026-06-11T00:00:00Z')
    expect(outcomeOf([short(reported(11))(10), long(reported(10))(11)])).toBe('stale')
    expect(outcomeOf([short(reported(10))(10), long(reported(11))(11)])).toBe('accepted')
  })
  it('silences no rejection by saying that it comes later', () => {
    const ahead: FoldedOptions = { header: { reportedAt: '2099-01-01T00:00:00Z' } }
    const against = decided({ decision: 'reject', expires: undefined })(reported(11))(11)
    expect(outcomeOf([decided({})(ahead)(10), against])).toBe('rejected')
    expect(outcomeOf([decided({})(ahead)(10)])).toBe('accepted')
    expect(outcomeOf([decided({})(ahead)(10), against, decided({})(reported(12))(12)])).toBe(
      'accepted',
    )
  })
})
