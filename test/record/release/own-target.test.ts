// A commit that is released to several targets: what was checked of it for one says nothing of the others.

import { describe, expect, it } from 'vitest'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import { judgeCommit } from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { forTarget } from '../../../src/record/release/own-target.ts'
import { COMMIT_SUBJECT, foldedProvenance, NOW } from '../folded.ts'
import { shippedRegistry } from '../registry.ts'
import { REVISION } from '../signed.ts'
import { judge, maker, outcomeOf } from './judged-release.ts'

const preflight = (place: string, result: 'passedTests' | 'failedTests') =>
  maker(
    TEST_RESULT,
    {
      result: result === 'passedTests' ? 'PASSED' : 'FAILED',
      configuration: [{ digest: { sha256: digestOf(place) } }],
      [result]: ['environment-contract'],
    },
    { about: COMMIT_SUBJECT, evidence: `evidence.${place}.cloud_preflight` },
    {},
  )

describe('a preflight of the commit', () => {
  it.each(['passedTests', 'failedTests'] as const)(
    'for another target is no record of the release (%s)',
    (result) => {
      const items = [preflight('production', result)(5)]
      expect(judge(items).commitRecords).toEqual([])
      expect(outcomeOf(items)).toBe(outcomeOf([]))
    },
  )

  it('for its own target speaks for and against it', () => {
    expect(judge([preflight('staging', 'passedTests')(5)]).commitRecords).toMatchObject([
      { view: { status: 'passed', check: { outcome: 'accepted' } } },
    ])
    expect(outcomeOf([preflight('staging', 'failedTests')(5)])).toBe('rejected')
  })

  it('is set apart by the evidence that it answers, which nothing but a record does', () => {
    const provenance = foldedProvenance({ index: 4 })
    const items = [provenance, preflight('production', 'passedTests')(5)]
    expect(forTarget(items, 'render_staging_rollout', shippedRegistry())).toEqual([provenance])
  })

  it('counts for the gate of its target, before there is a release', () => {
    const items = [
      preflight('production', 'passedTests')(0),
      preflight('staging', 'passedTests')(1),
    ]
    const found = (target: string, channel: string) =>
      judgeCommit({
        commit: REVISION,
        place: { target, channel },
        items,
        registry: shippedRegistry(),
        now: NOW,
      }).map(({ record, view }) => [record.evidence, view.check.outcome])
    expect(found('render_staging_rollout', 'staging')).toEqual([
      ['evidence.staging.cloud_preflight', 'accepted'],
    ])
    expect(found('render_production_launch', 'production')).toEqual([
      ['evidence.production.cloud_preflight', 'accepted'],
    ])
  })
})
