import { describe, expect, it } from 'vitest'
import { DEPLOYMENT } from '../../../src/record/families/deployment.ts'
import { SMOKE } from '../../../src/record/families/smoke.ts'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import { WITHDRAWAL } from '../../../src/record/families/withdrawal.ts'
import { foldRelease, type LedgerItem } from '../../../src/record/index.ts'
import { summarizeRelease } from '../../../src/record/release/summary.ts'
import { digestOf } from '../../verify/release.ts'
import { candidateRecords } from '../candidate.ts'
import { foldedProvenance, foldedRecord, NOW } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { shippedRegistry } from '../registry.ts'
import { RELEASE, REVISION, SET_DIGEST, TRACKING_HEADER, TRACKING_MEMBERS } from '../signed.ts'

const REGISTRY = shippedRegistry()
const POST = 'post-deploy-smoke-verified'

function summarize(items: readonly LedgerItem[], adopted?: readonly string[]) {
  const fold = foldRelease({
    id: RELEASE.artifactSetId,
    items,
    commitItems: () => [],
    ...(adopted !== undefined && { adopted: new Set(adopted) }),
  })
  const releaseOf = () => undefined
  return summarizeRelease(fold, {
    registry: REGISTRY,
    now: NOW,
    releaseOf,
    refused: 0,
    refusedOfCommit: () => 0,
  })
}

const BUILT = foldedProvenance({ index: 3 })
const CANDIDATE = candidateRecords({ index: 4 })
const DEPLOYED = foldedRecord(DEPLOYMENT, goldenRecord(DEPLOYMENT).members, {
  index: 10,
  phase: POST,
})
const smoke = (index: number) =>
  foldedRecord(SMOKE, goldenRecord(SMOKE).members, {
    index,
    phase: POST,
    policy: 'release_smoke_verification.render_staging_rollout.web_edge',
    evidence: 'evidence.staging.web_edge_smoke',
  })
const withdrawal = (changes: object) =>
  foldedRecord(WITHDRAWAL, { ...goldenRecord(WITHDRAWAL).members, ...changes }, { index: 30 })

const WHOLE = [BUILT, ...CANDIDATE, DEPLOYED, smoke(20)]

describe('The summary of a release', () => {
  it('tells whether one could go back to it', () => {
    expect(summarize(WHOLE)).toEqual({
      id: RELEASE.artifactSetId,
      digest: SET_DIGEST,
      index: 4,
      isConsistent: true,
      isWithdrawn: false,
      isSuperseded: false,
      isSmokePassed: true,
      hasProvenance: true,
      sourceRevision: REVISION,
      snapshot: TRACKING_MEMBERS.snapshot,
    })
  })

  it.each<[string, readonly LedgerItem[], object]>([
    ['no provenance', WHOLE.slice(1), { hasProvenance: false, index: 4 }],
    [
      'a provenance of another commit',
      [...WHOLE, foldedProvenance({ index: 31, commit: '0'.repeat(40) })],
      { hasProvenance: false },
    ],
    ['no smoke', WHOLE.slice(0, -1), { isSmokePassed: false }],
    ['a smoke before the deployment', [...WHOLE.slice(0, -1), smoke(9)], { isSmokePassed: false }],
    ['a withdrawal', [...WHOLE, withdrawal({ action: 'withdraw' })], { isWithdrawn: true }],
    ['a newer release', [...WHOLE, withdrawal({ action: 'supersede' })], { isWithdrawn: false }],
    [
      'records that contradict it',
      [
        ...WHOLE,
        foldedRecord(TRACKING, TRACKING_MEMBERS, {
          index: 31,
          header: { ...TRACKING_HEADER, release: { ...RELEASE, deploymentStage: 'production' } },
        }),
      ],
      { isConsistent: false },
    ],
    ['nothing but a provenance', [BUILT], { isConsistent: false, hasProvenance: false }],
    ['nothing', [], { isConsistent: false, index: Number.POSITIVE_INFINITY }],
  ])('knows of %s', (_, items, expected) => {
    expect(summarize(items)).toMatchObject(expected)
  })

  it('counts no record that nobody adopted, and stands where it was found deployed', () => {
    const found = summarize(WHOLE.slice(1), [digestOf('nothing')])
    expect(found).toMatchObject({ index: 10, isSmokePassed: false })
    expect(found).not.toHaveProperty('snapshot')
  })

  it('stands nowhere by another set that was found in its place, or by a record of another kind', () => {
    const drift = { ...goldenRecord(DEPLOYMENT).members, observedSet: digestOf('another set') }
    const drifted = foldedRecord(DEPLOYMENT, drift, { index: 10, phase: POST })
    const nowhere = { index: Number.POSITIVE_INFINITY }
    expect(summarize([BUILT, drifted, smoke(20)])).toMatchObject(nowhere)
    expect(summarize([BUILT, withdrawal({ action: 'withdraw' })])).toMatchObject(nowhere)
  })
})
