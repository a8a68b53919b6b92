import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../../src/core/index.ts'
import { TRACKING, trackingOf } from '../../../src/record/families/tracking.ts'
import type { FoldedRecord } from '../../../src/record/index.ts'
import { describeMembers } from '../family-members.ts'
import { foldedProvenance, foldedRecord } from '../folded.ts'
import {
  contextAmong,
  foldedHeader,
  registryWith,
  viewOf,
  wholeProvenance,
  workflowSigner,
} from '../release-items.ts'
import { TRACKING_HEADER, TRACKING_MEMBERS } from '../signed.ts'

describeMembers({
  family: TRACKING,
  header: TRACKING_HEADER,
  members: {
    ...TRACKING_MEMBERS,
    bypassNote: 'Without the load test, which the fix does not touch',
  },
  optional: ['bypassNote'],
  wrong: [
    ['artifactName', '-'],
    ['artifactType', ''],
    ['buildPipeline', 'two\nlines'],
    ['buildTime', '2026-04-10'],
    ['snapshot', 'AB'.repeat(32)],
    ['innerManifest', 'sha256:00'],
    ['bypassNote', '\u202e'],
  ],
})

function tracked(options: Parameters<typeof foldedRecord>[2] = {}, members = {}) {
  const { policy } = TRACKING_HEADER
  return foldedRecord(
    TRACKING,
    { ...TRACKING_MEMBERS, ...members },
    { policy: policy ?? '', ...options },
  )
}

const POST = 'post-deploy-smoke-verified'

describe('The view of a tracking record', () => {
  it('tells what the release is known by', () => {
    const record = tracked({ index: 1 })
    expect(viewOf(TRACKING, record, [])).toMatchObject({
      status: 'bundle-generated',
      check: { outcome: 'accepted' },
      facts: {
        phases: ['pre-deploy-candidate'],
        signing: 'unsigned',
        provenanceStatus: 'none',
        provenance: [],
        origin: 'local-proof',
      },
    })
  })

  it('tells by whom the release is signed', () => {
    const record = tracked({ index: 1 })
    const byKey = wholeProvenance(2)
    expect(viewOf(TRACKING, record, [byKey]).facts).toMatchObject({
      signing: 'signed-with-key',
      provenanceStatus: 'accepted',
      provenance: [byKey.sha256],
    })
    const byWorkflow = wholeProvenance(3, { signer: workflowSigner() })
    expect(viewOf(TRACKING, record, [byKey, byWorkflow]).facts).toMatchObject({
      signing: 'externally-attested',
    })
    const ofAnotherCommit = foldedProvenance({ index: 4, commit: '0'.repeat(40) })
    expect(viewOf(TRACKING, record, [ofAnotherCommit]).facts).toMatchObject({
      signing: 'unsigned',
      provenanceStatus: 'of-another-commit',
    })
    const roles = [{ name: 'release', threshold: 2 }]
    const byOne = wholeProvenance(5, { signer: { ...workflowSigner(), roles } })
    expect(viewOf(TRACKING, record, [byOne]).facts).toMatchObject({
      signing: 'unsigned',
      provenanceStatus: 'awaiting-signers',
    })
  })

  it('keeps the phases of earlier records of the release', () => {
    const before = tracked({ index: 1 })
    const after = tracked({ index: 5, phase: POST })
    const other = foldedHeader('rollback', { index: 3 })
    expect(viewOf(TRACKING, after, [before, other]).facts).toMatchObject({
      phases: ['pre-deploy-candidate', POST],
    })
    const { evidence } = contextAmong([before, after])
    expect(trackingOf(evidence, 'pre-deploy-candidate')?.index).toBe(1)
    expect(trackingOf(evidence, POST)?.index).toBe(5)
    expect(trackingOf({ records: [] }, POST)).toBeUndefined()
  })

  it.each<[string, object, string, string]>([
    ['another artifact name', { artifactName: 'another' }, 'artifact-name', 'record/contradiction'],
    ['another artifact type', { artifactType: 'archive' }, 'artifact-type', 'record/contradiction'],
  ])('refuses %s than its policy has', (_, members, name, code) => {
    const { check, status } = viewOf(TRACKING, tracked({}, members), [])
    expect(failedChecks(check)).toMatchObject([{ name, code, outcome: 'rejected' }])
    expect(status).toBe('contradictory')
  })

  it('refuses a phase that its policy does not have', () => {
    const registry = registryWith('tracking', '  - post-deploy-smoke-verified', '')
    const ofPhase = (phase: typeof POST | 'pre-deploy-candidate') =>
      viewOf(TRACKING, tracked({ phase }), [], { registry })
    expect(ofPhase('pre-deploy-candidate')).toMatchObject({
      status: 'bundle-generated',
      check: { outcome: 'accepted' },
    })
    const refused = ofPhase(POST)
    expect(failedChecks(refused.check)).toMatchObject([{ name: 'phase', code: 'record/phase' }])
    expect(refused.status).toBe('wrong-phase')
  })

  it('misses the identity that is not there', () => {
    const record = { ...tracked(), release: undefined, about: { kind: 'commit', commit: 'c' } }
    const view = TRACKING.view(record as unknown as FoldedRecord, contextAmong([]))
    expect(failedChecks(view.check)).toMatchObject([
      { name: 'identity', code: 'record/missing', outcome: 'missing' },
      { name: 'phase', code: 'record/phase' },
    ])
    expect(view.status).toBe('identity-incomplete')
    expect(view.check.checks?.[1]?.found).toBe(
      'none of artifact-version, source-revision, artifact-digest, release-channel',
    )
  })

  it('is not accepted without policies', () => {
    const { check, status } = viewOf(TRACKING, tracked(), [], { registry: undefined })
    expect(failedChecks(check)).toMatchObject([{ code: 'record/policy-unknown' }])
    expect(status).toBe('not-judged')
  })
})
