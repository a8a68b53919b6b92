// A release as evidence: of which origin its records are, whoever signed them, and what its materials come to.

import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../src/core/index.ts'
import { recordEvidence, releaseEvidenceOf } from '../../src/gate/release-evidence.ts'
import type { FoldedMaterial, LedgerItem } from '../../src/record/index.ts'
import { SMOKE } from '../../src/record/families/smoke.ts'
import { TEST_RESULT } from '../../src/record/families/test-result.ts'
import { PREDICATE_TYPES } from '../../src/statement/index.ts'
import { COMMIT_SUBJECT, foldedProvenance, foldedRecord } from '../record/folded.ts'
import { goldenRecord } from '../record/golden-record.ts'
import { contextAmong, foldedSbom, workflowSigner } from '../record/release-items.ts'
import { RELEASE } from '../record/signed.ts'
import { shippedRegistry } from '../policy/shipped.ts'
import { judgedView, SUMMARY_PREDICATE, testedAt, trackedAt } from './judged-view.ts'

const POLICY = 'release_smoke_verification.render_staging_rollout.web_edge'

/** A smoke that a live workflow signed, of the server at an address. */
function originAt(publicOrigin: string): string {
  const { assay_smoke: run, ...members } = goldenRecord(SMOKE).members as {
    readonly assay_smoke: object
  }
  const record = foldedRecord(
    SMOKE,
    { ...members, assay_smoke: { ...run, publicOrigin } },
    {
      ...{ index: 1, phase: 'post-deploy-smoke-verified', policy: POLICY },
      ...{ signer: workflowSigner(), origin: 'live-workflow' },
    },
  )
  const context = contextAmong([record])
  const [found = record] = context.evidence.records
  const folded = { ...found, isAdopted: true, isSuperseded: false }
  const view = SMOKE.view(folded, context)
  return recordEvidence({ record: folded, view }, shippedRegistry()).origin
}

it('a smoke is live evidence only of the server that its policy declares', () => {
  expect(originAt('https://staging.example.com')).toBe('live-workflow')
  expect(originAt('https://elsewhere.example.com')).toBe('local-proof')
})

const failedWord: JsonObject = { verificationResult: 'FAILED', verifiedLevels: ['FAILED'] }

/** What another verifier said of the set. */
function summaryAt(index: number, more: JsonObject = {}): LedgerItem {
  const { provenance: _, ...rest } = foldedProvenance({ index }) as FoldedMaterial & LedgerItem
  const predicate = { ...SUMMARY_PREDICATE, ...more }
  return { ...rest, name: 'vsa', predicateType: PREDICATE_TYPES.vsa, predicate }
}

describe('materials of a release', () => {
  const registry = shippedRegistry()
  const pieceOf = (items: readonly LedgerItem[], family: string) =>
    releaseEvidenceOf(judgedView(items), registry).set.filter((one) => one.family === family)

  it('are evidence by what they come to, among its records in the order of the ledger', () => {
    const built = foldedProvenance({ index: 0, claims: { buildLevel: 2 } })
    const view = judgedView([built, trackedAt(1), foldedSbom(2)])
    const { set, commit } = releaseEvidenceOf(view, registry)
    expect(set.map(({ family }) => family)).toEqual(['provenance', 'tracking', 'sbom'])
    expect(commit).toEqual([])
    const release = { id: RELEASE.artifactSetId, target: 'render_staging_rollout' }
    expect(set.map((one) => one.release)).toMatchObject([release, release, release])
    expect(set[0]?.computed).toMatchObject({
      outcome: 'accepted',
      facts: { buildLevel: 2, claims: expect.arrayContaining(['source-revision']) },
    })
    expect(set[2]).toMatchObject({
      computed: { status: 'verified', outcome: 'accepted', facts: {} },
      predicate: {},
    })
    expect(set[0]).not.toHaveProperty('overtakenBy')
  })

  it('are provenance of this release alone: of another commit it is rejected, and of no level none', () => {
    const other = foldedProvenance({ index: 0, commit: 'cd'.repeat(20) })
    const [found] = pieceOf([other, trackedAt(1)], 'provenance')
    expect(found?.computed.outcome).toBe('rejected')
    const [plain] = pieceOf([foldedProvenance({ index: 0 }), trackedAt(1)], 'provenance')
    expect(plain?.computed.facts).not.toHaveProperty('buildLevel')
  })

  it('are words of other verifiers, of which a later one may make up for a failure', () => {
    const passed = summaryAt(3)
    const [failure, success] = pieceOf([trackedAt(1), summaryAt(2, failedWord), passed], 'summary')
    expect(failure).toMatchObject({
      computed: { status: 'failed', outcome: 'rejected' },
      overtakenBy: passed.sha256,
      predicate: failedWord,
    })
    expect(success).toMatchObject({ computed: { status: 'passed', outcome: 'accepted' } })
    expect(success).not.toHaveProperty('overtakenBy')
  })
})

describe('a record', () => {
  const tested = (more: object = {}) =>
    foldedRecord(TEST_RESULT, goldenRecord(TEST_RESULT).members, { index: 3, ...more })
  const evidenceOf = (item: LedgerItem, commitItems: readonly LedgerItem[] = []) =>
    releaseEvidenceOf(
      judgedView([foldedProvenance({ index: 0 }), trackedAt(1), item], { commitItems }),
      shippedRegistry(),
    )

  it('about a commit is of the stage that its definition names, and of no release', () => {
    const evidence = 'evidence.repo.ci_monorepo_validation'
    const { commit } = evidenceOf(tested(), [tested({ about: COMMIT_SUBJECT, evidence })])
    expect(commit).toMatchObject([{ commit: COMMIT_SUBJECT.commit, evidence }])
    expect(commit[0]?.stage).toBeDefined()
    expect(commit[0]).not.toHaveProperty('release')
    expect(commit[0]).not.toHaveProperty('phase')
    const bare = evidenceOf(tested(), [tested({ about: COMMIT_SUBJECT })])
    expect(bare.commit[0]).not.toHaveProperty('stage')
  })

  it('that a later one made up for says by which, and one that stands aside says so', () => {
    const passed = testedAt(4, 'PASSED')
    const view = judgedView([trackedAt(1), testedAt(3, 'FAILED'), passed])
    const { set } = releaseEvidenceOf(view, shippedRegistry())
    expect(set.map(({ overtakenBy }) => overtakenBy)).toEqual([undefined, passed.sha256, undefined])
    const [viewed] = view.records
    if (viewed === undefined) throw new Error('There is one')
    const aside = { ...viewed, view: { ...viewed.view, isAside: true } }
    expect(recordEvidence(aside, shippedRegistry()).isAside).toBe(true)
    expect(recordEvidence(viewed, shippedRegistry())).not.toHaveProperty('isAside')
  })

  it('about a set is of the target that the id of the release names, or of none', () => {
    const { records } = judgedView([trackedAt(1)])
    const [viewed] = records
    if (viewed?.record.release === undefined) throw new Error('It is about a release')
    const evidence = recordEvidence(viewed, shippedRegistry())
    expect(evidence.release).toMatchObject({ target: 'render_staging_rollout', channel: 'staging' })
    expect(evidence).toMatchObject({ phase: RELEASE.phase, stage: RELEASE.deploymentStage })
    const release = { ...viewed.record.release, artifactSetId: 'no id', deploymentStage: 'moon' }
    const broken = recordEvidence(
      { ...viewed, record: { ...viewed.record, release } },
      shippedRegistry(),
    )
    expect(broken.release?.target).toBe('')
    expect(broken).not.toHaveProperty('stage')
  })
})
