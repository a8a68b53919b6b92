// What went wrong once and was made good stays in the ledger, is shown, and decides nothing any more.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ADOPTION_REVIEW } from '../../../src/record/families/adoption-review.ts'
import { CANARY } from '../../../src/record/families/canary.ts'
import { CERTIFICATION } from '../../../src/record/families/certification.ts'
import { COMMAND } from '../../../src/record/families/command.ts'
import { DEPLOYMENT } from '../../../src/record/families/deployment.ts'
import { REVIEW, type Review } from '../../../src/record/families/review.ts'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import type { LedgerItem } from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { automation, person } from '../deciders.ts'
import { COMMIT_SUBJECT, type FoldedOptions } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { ranCommand } from '../ran-command.ts'
import { REVISION } from '../signed.ts'
import { approved, judge, maker, members, outcomeOf, POST, TREE } from './judged-release.ts'

type Maker = (index: number) => LedgerItem

/** What went wrong, what makes up for it, and a success that is one of something else. */
interface Case {
  readonly wrong: Maker
  readonly outcome: string
  readonly good: Maker
  readonly other?: Maker
}

const TESTED = { configuration: [{ digest: { sha256: digestOf('tests') } }] }
const tests = (name: string, result: 'passedTests' | 'failedTests', about = {}) =>
  maker(
    TEST_RESULT,
    {
      result: result === 'passedTests' ? 'PASSED' : 'FAILED',
      ...TESTED,
      [result]: [name],
    },
    about,
    {},
  )
const commands = (...ran: readonly ReturnType<typeof ranCommand>[]) =>
  maker(COMMAND, { commit: REVISION, commands: ran, notRun: [] })
const matrix = (certified: string, result: string) =>
  maker(CERTIFICATION, { certified, results: [{ name: 'node 24', result }] })
const deployed = (environment: string, changes = {}) =>
  maker(DEPLOYMENT, { environment, ...changes }, { phase: POST })
/** Its window is over by then. */
const WATCHED = goldenRecord(CANARY).header.reportedAt
const canary = (name: string, result: string) =>
  maker(CANARY, { results: [{ name, result }] }, { phase: POST, header: { reportedAt: WATCHED } })
const reviewed = (tree: string, evidence?: string) =>
  maker(
    REVIEW,
    { scope: { ...(members(REVIEW) as Review).scope, tree } },
    evidence ? { evidence } : {},
  )
const contract = (decision: string, reviewer: string) =>
  maker(ADOPTION_REVIEW, { decision }, { signer: person(reviewer) })

const ABOUT_COMMIT = { about: COMMIT_SUBJECT }
const CASES: Readonly<Record<string, Case>> = {
  'a test that failed': {
    wrong: tests('unit', 'failedTests'),
    outcome: 'rejected',
    good: tests('unit', 'passedTests'),
    other: tests('lint', 'passedTests'),
  },
  'a test that failed about the commit': {
    wrong: tests('unit', 'failedTests', ABOUT_COMMIT),
    outcome: 'rejected',
    good: tests('unit', 'passedTests', ABOUT_COMMIT),
    other: tests('unit', 'passedTests'),
  },
  'a command that failed': {
    wrong: commands(ranCommand('build'), ranCommand('check', 1)),
    outcome: 'rejected',
    good: commands(ranCommand('check')),
    other: commands(ranCommand('build')),
  },
  'a certification that failed': {
    wrong: matrix('compatibility', 'failed'),
    outcome: 'rejected',
    good: matrix('compatibility', 'passed'),
    other: matrix('migration', 'passed'),
  },
  'a certification that has expired': {
    wrong: maker(CERTIFICATION, { notAfter: '2026-04-11T00:00:00Z' }),
    outcome: 'stale',
    good: maker(CERTIFICATION),
    other: matrix('migration', 'passed'),
  },
  'a deployment of another set': {
    wrong: deployed('staging', { observedSet: digestOf('another set') }),
    outcome: 'rejected',
    good: deployed('staging'),
    other: deployed('staging-elsewhere'),
  },
  'a canary that failed': {
    wrong: canary('errors', 'failed'),
    outcome: 'rejected',
    good: canary('errors', 'passed'),
    other: canary('page', 'passed'),
  },
  'a review of another tree': {
    wrong: reviewed('0'.repeat(40)),
    outcome: 'rejected',
    good: reviewed(TREE),
  },
  'an approval in the place of which its signer put another': {
    wrong: approved('rollout', { expires: '2026-04-11T00:00:00Z' }),
    outcome: 'stale',
    good: approved('rollout'),
    other: approved('canary'),
  },
  'a rejection that its signer took back': {
    wrong: approved('rollout', { decision: 'reject', expires: undefined }),
    outcome: 'rejected',
    good: approved('rollout'),
    other: approved('canary'),
  },
  'a reviewer who refused': {
    wrong: contract('refuse', 'rita'),
    outcome: 'rejected',
    good: contract('adopt', 'rita'),
    other: contract('adopt', 'robert'),
  },
}

describe.each(Object.entries(CASES))('%s', (_, { wrong, outcome, good, other }) => {
  it('decides nothing once it is made good, and is shown with what made up for it', () => {
    const made = good(11)
    const { check, records, commitRecords } = judge([wrong(10), made])
    const shown = [...records, ...commitRecords].find(({ record }) => record.index === 10)
    expect(shown?.overtakenBy).toMatchObject({ sha256: made.sha256, index: 11 })
    expect(shown?.view.check.outcome).not.toBe('accepted')
    const line = check.checks?.find(({ message }) => message.includes('made up for'))
    expect(line).toMatchObject({ outcome: 'accepted', found: `${made.sha256} at entry 11` })
    expect(line?.message).toContain(`: ${shown?.view.status}, `)
    expect(check.outcome).toBe('accepted')
  })

  it('decides while nothing made up for it', () => {
    expect(outcomeOf([wrong(10)])).toBe(outcome)
    expect(outcomeOf([good(9), wrong(10)])).not.toBe('accepted')
    if (other !== undefined) expect(outcomeOf([wrong(10), other(11)])).toBe(outcome)
  })
})

describe('A failure', () => {
  it('is not made good by what is not accepted itself', () => {
    const away = { evidence: 'evidence.gone' }
    const wrong = tests('unit', 'failedTests', away)(10)
    expect(outcomeOf([wrong, tests('unit', 'passedTests', away)(11)])).not.toBe('accepted')
    const vague = commands(ranCommand('check', 1))(10)
    expect(outcomeOf([vague, maker(COMMAND, { commands: [], notRun: ['check'] })(11)])).toBe(
      'rejected',
    )
  })

  it('is not made good by a warning of the same name, which another name beside it may be (A-68)', () => {
    const wrong = tests('unit', 'failedTests')(10)
    const good = (lists: object) =>
      maker(TEST_RESULT, { ...TESTED, result: 'WARNED', ...lists }, {}, {})(11)
    const warned = good({ passedTests: ['lint'], warnedTests: ['unit'] })
    expect(outcomeOf([wrong, warned])).toBe('rejected')
    expect(outcomeOf([tests('unit', 'passedTests')(9), wrong, warned])).toBe('rejected')
    const passed = good({ passedTests: ['unit'], warnedTests: ['lint'] })
    expect(outcomeOf([wrong, passed])).toBe('accepted')
  })

  it('of tests that nobody names is made good by a success of all alone', () => {
    const wrong = maker(TEST_RESULT, { ...TESTED, result: 'FAILED' }, {}, {})(10)
    const lists = { passedTests: ['unit'], warnedTests: ['lint'] }
    const half = maker(TEST_RESULT, { ...TESTED, result: 'WARNED', ...lists }, {}, {})(11)
    expect(outcomeOf([wrong, half])).toBe('rejected')
    expect(outcomeOf([wrong, half, tests('unit', 'passedTests')(12)])).toBe('accepted')
  })

  it.each([
    [
      'test',
      (about: object, result: 'passedTests' | 'failedTests') => tests('unit', result, about),
    ],
    [
      'deployment',
      (about: object, result: string) =>
        maker(
          DEPLOYMENT,
          result === 'failedTests' ? { observedSet: digestOf('another set') } : {},
          { phase: POST, ...about },
        ),
    ],
  ])('of a %s that a person found is not made good by automation, nor in another role', (_, of) => {
    const byPerson = { signer: person('olga', { role: { name: 'operator' } }) }
    const wrong = of(byPerson, 'failedTests')(10)
    const good = (signer: FoldedOptions['signer']) => of({ signer }, 'passedTests')(11)
    expect(outcomeOf([wrong, good(automation('ci'))])).toBe('rejected')
    expect(outcomeOf([wrong, good(person('bob'))])).toBe('rejected')
    expect(outcomeOf([wrong, good(person('oscar', { role: { name: 'operator' } }))])).toBe(
      'accepted',
    )
    // Nor does it give an earlier success of automation back.
    const before = of({ signer: automation('ci') }, 'passedTests')(9)
    expect(outcomeOf([before, wrong, good(automation('ci'))])).toBe('rejected')
  })

  it('is not made good by what was signed before it (A-82)', () => {
    const at = (vouchedAt: string) => ({ vouchedAt })
    const wrong = tests('unit', 'failedTests', at('2026-04-11T10:00:00Z'))(10)
    const good = (time: string) => tests('unit', 'passedTests', at(time))(11)
    expect(outcomeOf([wrong, good('2026-04-11T09:00:00Z')])).toBe('rejected')
    expect(outcomeOf([wrong, good('2026-04-11T11:00:00Z')])).toBe('accepted')
  })

  it('is not made good by a run that leaves out what was not reached', () => {
    const stopped = maker(COMMAND, {
      commit: REVISION,
      commands: [ranCommand('build', 1)],
      notRun: ['check'],
    })(10)
    expect(outcomeOf([stopped, commands(ranCommand('build'))(11)])).toBe('rejected')
    expect(outcomeOf([stopped, commands(ranCommand('build'), ranCommand('check'))(11)])).toBe(
      'accepted',
    )
  })

  it('is not made good by a run that leaves out what wrote no report', () => {
    const vague = commands(ranCommand('build'), { ...ranCommand('check'), missingReports: ['r'] })
    expect(outcomeOf([vague(10), commands(ranCommand('build'))(11)])).toBe('missing')
    expect(outcomeOf([vague(10), commands(ranCommand('check'))(11)])).toBe('accepted')
  })

  it('that comes again decides again, and the last success says what made up for both', () => {
    const { wrong, good } = CASES['a test that failed'] ?? expect.fail()
    const items = [wrong(10), good(11), wrong(12), good(13)]
    expect(outcomeOf(items.slice(0, 3))).toBe('rejected')
    const { check, records } = judge(items)
    expect(check.outcome).toBe('accepted')
    expect(records.flatMap(({ overtakenBy }) => overtakenBy?.index ?? [])).toEqual([13, 13])
  })
})

const checkOf = (item: LedgerItem | undefined) =>
  item?.kind === 'record' ? `${item.family} ${item.about.kind}` : ''

it('A release is as bad again without the success that made up for a failure', () => {
  const cases = Object.values(CASES)
  // Two cases of one family may be of the same check.
  const some = fc.uniqueArray(fc.nat({ max: cases.length - 1 }), {
    minLength: 1,
    maxLength: 5,
    selector: (at) => checkOf(cases[at]?.wrong(0)),
  })
  fc.assert(
    fc.property(some, fc.nat(), (chosen, place) => {
      const wrong = chosen.map((at) => cases[at]?.wrong(10 + at) ?? expect.fail())
      const good = chosen.map((at) => cases[at]?.good(30 + at) ?? expect.fail())
      expect(outcomeOf([...wrong, ...good])).toBe('accepted')
      const gone = chosen[place % chosen.length] ?? 0
      const less = good.filter(({ index }) => index !== 30 + gone)
      expect(outcomeOf([...wrong, ...less])).not.toBe('accepted')
    }),
    { numRuns: 60 },
  )
})
