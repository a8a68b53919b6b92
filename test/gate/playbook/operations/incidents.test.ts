// The triggers of section 5 (seed ruling 42): what fires them, that an incident has to be opened then, and what to do first.

import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../src/core/index.ts'
import type { Evidence } from '../../../../src/policy/index.ts'
import { RELEASE } from '../../evidence.ts'
import { ciOf } from '../playbook-world.ts'
import {
  CHECKS,
  CI,
  DAY_MS,
  EVIDENCE,
  FILES,
  incidentOf,
  judge,
  NOW,
  POLICY,
  type Question,
  TREND,
  toldOf,
} from './operations-world.ts'

const CANARY = 'runtime-canary-failed'
const SUMMARY = 'governance-summary-failed'
const BREACHES = 'critical-ci-repeated-breaches'
const OPEN = 'no-open-incident'
const SUMMARY_FILE = 'artifacts/governance_executive_summary.json'

const rest = EVIDENCE.filter((one) => one !== CI)
const withCi = (...results: readonly Evidence[]): Question => ({ evidence: [...rest, ...results] })
const canaryFailed = (more: Partial<Evidence> = {}) =>
  ciOf({ passedTests: ['policy-bundle-governance'], failedTests: ['runtime_canary'] }, more)
const summaryOf = (status: JsonValue): Question => ({
  files: { ...FILES, [SUMMARY_FILE]: { status } },
})
const breachesOf = (breaches: JsonValue): Question => ({
  files: { ...FILES, [TREND]: { breaches } },
})
const daysAgo = (days: number) => new Date(NOW - days * DAY_MS).toISOString()
const breach = (days: number, job = 'runtime_canary') => ({ job, at: daysAgo(days) })
const THREE = [breach(1), breach(2), breach(3, 'policy-bundle-governance')]

describe('the triggers of the shipped playbook', () => {
  it('are four, and quiet where all is well; nothing is to be done then', () => {
    const ids = (POLICY.incidents?.triggers ?? []).map(({ id }) => id)
    expect(ids).toHaveLength(4)
    expect([...ids, OPEN].map((id) => toldOf(id))).toEqual([...ids, OPEN].map(() => ['passed']))
    expect(judge().first).toBeUndefined()
  })

  it('fire for a critical job, by its last word', () => {
    expect(toldOf(CANARY, withCi(CI, canaryFailed()))).toEqual(['failed', 'gate/incident-unopened'])
    expect(toldOf(CANARY, withCi(canaryFailed(), ciOf({ passedTests: CHECKS })))).toEqual([
      'passed',
    ])
    expect(toldOf('policy-bundle-governance-failed', withCi(canaryFailed()))).toEqual(['passed'])
  })

  it('can not tell of a job of which nothing is known', () => {
    const missing = ['missing', 'gate/incident-trigger']
    expect(toldOf(CANARY, withCi())).toEqual(missing)
    const other = { ...CI.signer, roles: ['smoke'] }
    expect(toldOf(CANARY, withCi({ ...CI, signer: other }))).toEqual(missing)
    expect(toldOf(CANARY, withCi(canaryFailed({ signer: other })))).toEqual([
      'failed',
      'gate/incident-unopened',
    ])
  })

  it.each(['failed', 'stale', 7, null])('fire for a summary of the word %j', (status) => {
    expect(toldOf(SUMMARY, summaryOf(status))).toEqual(['failed', 'gate/incident-unopened'])
  })

  it('do not fire for a summary that is unverified, or that nobody names', () => {
    expect(toldOf(SUMMARY, summaryOf('unverified'))).toEqual(['passed'])
    const told = (asked: Question) => toldOf(SUMMARY, asked)
    expect(told({ loose: [SUMMARY_FILE] })).toEqual(['unverified', 'gate/incident-trigger'])
    const { [SUMMARY_FILE]: _, ...files } = FILES
    expect(told({ files })).toEqual(['missing', 'gate/incident-trigger'])
    const broken = { ...FILES, [SUMMARY_FILE]: '{' }
    expect(told({ files: broken })).toEqual(['failed', 'gate/incident-trigger'])
  })
})

describe('repeated breaches', () => {
  const told = (asked: Question) => toldOf(BREACHES, asked)

  it('are three within the window, of critical jobs', () => {
    expect(told(breachesOf(THREE))).toEqual(['failed', 'gate/incident-unopened'])
    expect(told(breachesOf(THREE.slice(1)))).toEqual(['passed'])
    expect(told(breachesOf([...THREE.slice(1), breach(15)]))).toEqual(['passed'])
    expect(told(breachesOf([...THREE.slice(1), breach(1, 'dx_metrics')]))).toEqual(['passed'])
    expect(told(breachesOf([...THREE.slice(1), THREE[1]!]))).toEqual(['passed'])
  })

  it('are counted over results as well, by the time that somebody vouches for or that is reported', () => {
    const two = breachesOf(THREE.slice(1))
    const failedAt = (more: Partial<Evidence>) => ({ ...two, more: [canaryFailed(more)] })
    const code = 'gate/incident-unopened'
    const predicate = { failedTests: ['runtime_canary > smoke'] }
    expect(told(failedAt({ signedAt: NOW - DAY_MS }))).toEqual(['failed', code])
    expect(told(failedAt({ signedAt: NOW - 20 * DAY_MS }))).toEqual(['passed'])
    const reported = { ...predicate, assay_reportedAt: daysAgo(20) }
    expect(told(failedAt({ predicate: reported }))).toEqual(['passed'])
    // Of whatever time it may be.
    expect(told(failedAt({ predicate }))).toEqual(['failed', code])
    expect(told(failedAt({ predicate: { ...predicate, assay_reportedAt: 'lately' } }))).toEqual([
      'failed',
      code,
    ])
    expect(told(failedAt({ predicate: { failedTests: [7, 'runtime'] } }))).toEqual(['passed'])
  })

  it('are those of other releases of the target as well, each of them once', () => {
    const failures = [1, 2, 3].map((days) => canaryFailed({ signedAt: NOW - days * DAY_MS }))
    expect(told({ history: failures })).toEqual(['failed', 'gate/incident-unopened'])
    expect(told({ history: failures.slice(1) })).toEqual(['passed'])
    expect(told({ history: [...failures.slice(1), failures[1]!] })).toEqual(['passed'])
    expect(
      told({ history: [...failures.slice(1), canaryFailed({ signedAt: NOW - 20 * DAY_MS })] }),
    ).toEqual(['passed'])
    // A job of another release says nothing of how that of this one ended.
    expect(toldOf(CANARY, { history: failures })).toEqual(['passed'])
    const opened = incidentOf({ trigger: BREACHES, openedAt: daysAgo(0.5) })
    const open = { history: [...failures, opened] }
    expect(told(open)).toEqual(['failed', 'gate/incident-open'])
    expect(toldOf(OPEN, open)).toEqual(['failed', 'gate/incident-open'])
  })

  it('are one for each commit at an instant, whoever tells it, and a report tells of the same ones', () => {
    const at = (commit: string, signer = CI.signer) =>
      canaryFailed({ commit, signer, signedAt: NOW - DAY_MS })
    const commits = ['a', 'b', 'c'].map((digit) => digit.repeat(40))
    const failures = commits.map((commit) => at(commit))
    const fired = ['failed', 'gate/incident-unopened']
    expect(told({ history: failures })).toEqual(fired)
    const { commit: _, ...ofRelease } = at(commits[0]!)
    expect(told({ history: [...failures.slice(1), { ...ofRelease, release: RELEASE }] })).toEqual(
      fired,
    )
    const again = at(commits[1]!, { ...CI.signer, name: 'ci-2', principal: 'ci-2' })
    expect(told({ history: [...failures.slice(1), again] })).toEqual(['passed'])
    const two = { history: failures.slice(1) }
    expect(told({ ...two, ...breachesOf([breach(1)]) })).toEqual(['passed'])
    expect(told({ ...two, ...breachesOf([breach(2)]) })).toEqual(fired)
    expect(told({ ...two, ...breachesOf([breach(1, 'policy-bundle-governance')]) })).toEqual(fired)
  })

  it.each([
    ['no list', 7],
    ['an item that is none', [...THREE.slice(1), 7]],
    ['a job without a name', [{ at: daysAgo(1) }]],
    ['a time that is none', [{ job: 'runtime_canary', at: 'lately' }]],
  ])('can not be counted in a report with %s', (_, list) => {
    expect(told(breachesOf(list))).toEqual(['failed', 'gate/incident-trigger'])
  })

  it('can not be counted without the report, or in one that nobody names', () => {
    const { [TREND]: _, ...files } = FILES
    expect(told({ files })).toEqual(['missing', 'gate/incident-trigger'])
    expect(told({ loose: [TREND] })).toEqual(['unverified', 'gate/incident-trigger'])
  })

  it('are counted over results alone where the policy names no report', () => {
    const { incidents } = POLICY
    const triggers = (incidents?.triggers ?? []).map((trigger) =>
      'breaches' in trigger ? { ...trigger, breaches: { least: 1, within: '14d' } } : trigger,
    )
    const policy = { ...POLICY, incidents: { ...incidents!, triggers } }
    expect(told({ policy })).toEqual(['passed'])
    const failing = { ...withCi(canaryFailed({ signedAt: NOW })), policy }
    expect(told(failing)).toEqual(['failed', 'gate/incident-unopened'])
  })
})

describe('an incident', () => {
  const fired = (...more: readonly Evidence[]): Question => ({ ...breachesOf(THREE), more })
  const own = { trigger: BREACHES, openedAt: daysAgo(0.5) }

  it('that is open blocks, whatever it is of', () => {
    const more = [incidentOf({ trigger: 'somebody called' })]
    expect(toldOf(OPEN, { more })).toEqual(['failed', 'gate/incident-open'])
    expect(toldOf(OPEN, { more: [incidentOf(own, 'closed')] })).toEqual(['passed'])
  })

  it('that is closed clears the breaches before it, and no later ones', () => {
    expect(toldOf(BREACHES, fired(incidentOf(own)))).toEqual(['failed', 'gate/incident-open'])
    expect(toldOf(BREACHES, fired(incidentOf(own, 'closed')))).toEqual(['passed'])
    const unopened = ['failed', 'gate/incident-unopened']
    const told = (members: Readonly<Record<string, JsonValue>>) =>
      toldOf(BREACHES, fired(incidentOf({ ...own, ...members }, 'closed')))
    expect(told({ openedAt: daysAgo(1.5) })).toEqual(unopened)
    expect(told({ openedAt: daysAgo(-1) })).toEqual(unopened)
    expect(told({ openedAt: 'lately' })).toEqual(unopened)
    expect(told({ openedAt: 7 })).toEqual(unopened)
    expect(told({ openedAt: new Date(NOW).toISOString() })).toEqual(['passed'])
    expect(told({ openedAt: new Date(NOW + 1).toISOString() })).toEqual(unopened)
    expect(told({ openedAt: daysAgo(1) })).toEqual(['passed'])
    expect(told({ trigger: 'another' })).toEqual(unopened)
  })

  it('that is closed does not stand for a job that fails still', () => {
    const closed = incidentOf({ trigger: CANARY, openedAt: daysAgo(0) }, 'closed')
    expect(toldOf(CANARY, withCi(canaryFailed(), closed))).toEqual([
      'failed',
      'gate/incident-unopened',
    ])
  })

  it('says what to do first, with the control that failed first', () => {
    const { first } = judge(withCi(canaryFailed(), incidentOf({ trigger: CANARY })))
    expect(first).toEqual({
      fired: [CANARY],
      open: ['inc-1'],
      firstFailing: 'runtime_canary',
      actions: POLICY.incidents?.actions,
    })
    expect(first?.actions).toHaveLength(4)
    expect(judge(summaryOf('failed')).first).not.toHaveProperty('firstFailing')
    const nameless = incidentOf({})
    const { incident: _, ...predicate } = nameless.predicate as Record<string, JsonValue>
    expect(judge({ more: [{ ...nameless, predicate }] }).first).toMatchObject({
      fired: [],
      open: [nameless.sha256],
    })
  })
})
