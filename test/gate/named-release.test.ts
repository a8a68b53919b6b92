// What went wrong on the way to a target, as it is remembered for a release that somebody names: of its releases, and of every commit.

import { describe, expect, it } from 'vitest'
import { collectNamedRelease } from '../../src/gate/index.ts'
import { TEST_RESULT } from '../../src/record/families/test-result.ts'
import type { LedgerItem } from '../../src/record/index.ts'
import { shippedRegistry } from '../policy/shipped.ts'
import { COMMIT_SUBJECT, foldedProvenance, foldedRecord } from '../record/folded.ts'
import { RELEASE } from '../record/signed.ts'
import { digestOf } from '../verify/release.ts'
import { judgedView, trackedAt } from './judged-view.ts'

const STAGING = { id: RELEASE.artifactSetId, target: 'render_staging_rollout', channel: 'staging' }
const PRODUCTION = {
  ...{ id: 'production__render_production_launch__v1.0.0__9-1' },
  ...{ target: 'render_production_launch', channel: 'production' },
}
const WHOLE = { name: 'ledger', outcome: 'accepted', message: 'It is whole' } as const

function testedAt(index: number, failedTests: readonly string[], more: object = {}): LedgerItem {
  const configuration = [{ digest: { sha256: digestOf('tests') } }]
  const lists = failedTests.length === 0 ? { passedTests: ['unit'] } : { failedTests }
  const result = failedTests.length === 0 ? 'PASSED' : 'FAILED'
  return foldedRecord(TEST_RESULT, { result, configuration, ...lists }, { index, ...more })
}

const about = COMMIT_SUBJECT
const FAILED = testedAt(3, ['unit'], { about })
const OF_BOTH = testedAt(4, ['unit'], { about, evidence: 'evidence.repo.ci_monorepo_validation' })
const OF_STAGING = testedAt(5, ['unit'], { about, evidence: 'evidence.staging.cloud_preflight' })
const PASSED = testedAt(6, [], { about })
const OF_SET = testedAt(7, ['unit'])
const VIEW = judgedView([foldedProvenance({ index: 0 }), trackedAt(1), OF_SET], {
  commitItems: [FAILED, OF_BOTH, OF_STAGING, PASSED],
})

/** The digests of what is remembered, where the release of staging is among those of the ledger. */
function historyOf(release: typeof STAGING, ...isBeside: readonly true[]) {
  const registry = shippedRegistry()
  const named = collectNamedRelease(release, registry)
  if (isBeside.length > 0) named.addCommit(VIEW.commitRecords)
  named.add(VIEW, [])
  return named.close(WHOLE).history.map(({ sha256 }) => sha256)
}

describe('what went wrong', () => {
  const digestsOf = (...items: readonly LedgerItem[]) => items.map(({ sha256 }) => sha256)

  it('with a release of the target and its commit is remembered, and no pass', () => {
    const all = digestsOf(OF_SET, FAILED, OF_BOTH, OF_STAGING)
    expect(historyOf(STAGING)).toEqual(all)
    const id = STAGING.id.replace('v1.2.0', 'v1.3.0')
    expect(historyOf({ ...STAGING, id })).toEqual(all)
  })

  it('with a commit that went to another target is, but for what is a check of that one', () => {
    expect(historyOf(PRODUCTION)).toEqual(digestsOf(FAILED, OF_BOTH))
  })

  it('with a commit that went nowhere is, and once', () => {
    expect(historyOf(PRODUCTION, true)).toEqual(digestsOf(FAILED, OF_BOTH, OF_STAGING))
  })
})
