import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../../src/core/index.ts'
import {
  judgeRelease,
  type LedgerItem,
  type LedgerScope,
  summarize,
} from '../../../src/record/index.ts'
import { ADOPTION } from '../../../src/record/families/adoption.ts'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import { WITHDRAWAL } from '../../../src/record/families/withdrawal.ts'
import { digestOf } from '../../verify/release.ts'
import { foldedRecord, NOW } from '../folded.ts'
import { REGISTRY } from '../release-items.ts'
import { RELEASE, REVISION, SET_DIGEST, TRACKING_HEADER, TRACKING_MEMBERS } from '../signed.ts'

const ID = RELEASE.artifactSetId
const TRACKED = foldedRecord(TRACKING, TRACKING_MEMBERS, { header: TRACKING_HEADER })
const ADOPTED = foldedRecord(
  ADOPTION,
  {
    sourcePack: digestOf('pack'),
    adoptedRecords: [{ id: ID, sha256: TRACKED.sha256 }],
    sourcePolicies: [],
    currentPolicies: [],
    reviewContracts: [digestOf('review')],
    reviewReference: 'pull request 311',
  },
  { index: 1, policy: 'release_record_adoption.render_staging_rollout.generated_bundle_import' },
)
const WITHDRAWN = foldedRecord(
  WITHDRAWAL,
  { action: 'withdraw', reason: 'It loses keys', urgency: 'immediate' },
  { index: 2 },
)

function questionOf(items: readonly LedgerItem[], scope: LedgerScope) {
  const commitItems = () => []
  const releaseOf = () => undefined
  return {
    id: ID,
    items,
    commitItems,
    registry: REGISTRY,
    now: NOW,
    releaseOf,
    scope,
    refused: 0,
    refusedOfCommit: () => 0,
  }
}

const codesOf = (check: Parameters<typeof failedChecks>[0]) =>
  failedChecks(check).flatMap(({ code }) => code ?? [])

describe('A release', () => {
  it('shows each record with what it comes to, and who may not use it any more', () => {
    const view = judgeRelease(questionOf([TRACKED, WITHDRAWN], 'run'))
    expect(view.records.map(({ record, view: { status } }) => [record.family, status])).toEqual([
      ['tracking', 'bundle-generated'],
      ['withdrawal', 'withdrawn'],
    ])
    expect(new Set(codesOf(view.check))).toEqual(new Set(['record/withdrawn']))
    expect(view.check.outcome).toBe('rejected')
    expect(judgeRelease(questionOf([TRACKED], 'run')).check.outcome).toBe('accepted')
  })

  it('is not consistent where a record contradicts those before it, and says so first', () => {
    const about = { kind: 'set', id: ID, digest: digestOf('another set') } as const
    const other = foldedRecord(TRACKING, TRACKING_MEMBERS, {
      header: TRACKING_HEADER,
      about,
      index: 1,
    })
    const { check, records, summary } = judgeRelease(questionOf([TRACKED, other], 'run'))
    expect(check.checks?.[0]).toMatchObject({ name: 'release', code: 'record/contradiction' })
    expect(records).toHaveLength(1)
    expect(summary).toMatchObject({ isConsistent: false, digest: SET_DIGEST })
  })

  it.each<[string, object]>([
    ['gate', { gate: 'gate.release_target.render_production_launch' }],
    ['approval record', { approvalRecord: 'release_approval.render_production_launch.other' }],
    ['stage', { deploymentStage: 'production' }],
    [
      'channel',
      {
        artifactSetId: ID.replace('staging__', 'production__'),
        releaseChannel: 'production',
      },
    ],
  ])('is of no other %s than its target has by the policies (A-74)', (_, changes) => {
    const release = { ...RELEASE, ...changes }
    const about = { kind: 'set', id: release.artifactSetId, digest: SET_DIGEST } as const
    const header = { ...TRACKING_HEADER, release }
    const other = foldedRecord(TRACKING, TRACKING_MEMBERS, { header, about })
    const question = { ...questionOf([other], 'run'), id: release.artifactSetId }
    const { check } = judgeRelease(question)
    expect(check.checks?.[0]).toMatchObject({ name: 'gate', code: 'record/contradiction' })
    expect(judgeRelease(questionOf([TRACKED], 'run')).check.checks?.[0]?.outcome).toBe('accepted')
    const unjudged = judgeRelease({ ...question, registry: undefined })
    expect(unjudged.check.checks?.map(({ name }) => name)).not.toContain('gate')
  })

  it('is rejected where a record about its commit is not there, or not accepted (A-83)', () => {
    const question = questionOf([TRACKED], 'run')
    const lost = { ...question, refusedOfCommit: (commit: string) => (commit === REVISION ? 1 : 0) }
    expect(judgeRelease(lost).check.outcome).toBe('rejected')
    expect(codesOf(judgeRelease(lost).check)).toContain('record/commit-refused')
    expect(judgeRelease(lost).summary.isConsistent).toBe(false)
    const elsewhere = { ...question, refusedOfCommit: () => 0 }
    expect(codesOf(judgeRelease(elsewhere).check)).not.toContain('record/commit-refused')
  })

  it('needs a gate for its target', () => {
    const id = ID.replace('render_staging_rollout', 'elsewhere')
    const release = { ...RELEASE, artifactSetId: id }
    const header = { ...TRACKING_HEADER, release }
    const about = { kind: 'set', id, digest: SET_DIGEST } as const
    const other = foldedRecord(TRACKING, TRACKING_MEMBERS, { header, about })
    const { check } = judgeRelease({ ...questionOf([other], 'run'), id })
    expect(check.checks?.[0]).toMatchObject({ name: 'gate', code: 'record/policy-unknown' })
  })

  it('leaves out what a later record of the same id stands for', () => {
    const again = foldedRecord(TRACKING, TRACKING_MEMBERS, { header: TRACKING_HEADER, index: 5 })
    const { records } = judgeRelease(questionOf([TRACKED, again], 'run'))
    expect(records.map(({ record }) => record.index)).toEqual([5])
  })

  it('counts in a project only what was adopted, and an adoption says itself why it was not', () => {
    const { fold, records } = judgeRelease(questionOf([TRACKED, ADOPTED], 'project'))
    expect(fold.generated.map(({ family }) => family)).toEqual(['tracking'])
    const [adoption] = records
    expect(adoption?.view.status).toBe('not-adopted')
    const names = failedChecks(adoption?.view.check ?? { name: '', outcome: 'error', message: '' })
    expect(names.map(({ name }) => name)).not.toContain('adopted-records')
    expect(names.map(({ name }) => name)).toContain('review-contracts')
  })

  it('misses records where none is there, or nobody adopted those that are', () => {
    const nothingOf = (items: readonly LedgerItem[], scope: LedgerScope) =>
      failedChecks(judgeRelease(questionOf(items, scope)).check).find(
        ({ code }) => code === 'record/nothing-counts',
      )
    expect(nothingOf([], 'run')).toMatchObject({ outcome: 'missing', found: 'none' })
    expect(nothingOf([TRACKED], 'project')).toMatchObject({
      outcome: 'missing',
      found: expect.stringContaining('that nobody adopted') as string,
      hint: expect.stringContaining('--run') as string,
    })
    expect(nothingOf([TRACKED], 'run')).toBeUndefined()
  })

  it('has no record of a family that there is not', () => {
    const strange = { ...TRACKED, family: 'rumour' } as unknown as LedgerItem
    expect(() => judgeRelease(questionOf([strange], 'run'))).toThrow('read by its family')
  })

  it('is summed up for other releases without the views of its records', () => {
    const question = questionOf([TRACKED, WITHDRAWN], 'run')
    expect(summarize(question)).toEqual(judgeRelease(question).summary)
    expect(summarize(question)).toMatchObject({
      id: ID,
      isWithdrawn: true,
      snapshot: TRACKING_MEMBERS.snapshot,
    })
  })
})
