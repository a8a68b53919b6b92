import { describe, expect, it } from 'vitest'
import type { LedgerItem } from '../../../src/record/index.ts'
import { ATTESTATION } from '../../../src/record/families/attestation.ts'
import { PROMOTION } from '../../../src/record/families/promotion.ts'
import { digestOf } from '../../verify/release.ts'
import { contextOf, foldedRecord } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { readMembers, readWithout } from '../reading.ts'
import { shippedRegistry } from '../registry.ts'
import { TRACKING_MEMBERS } from '../signed.ts'
import {
  DEPENDENCIES,
  HEADER,
  POLICY,
  POST,
  STAGING,
  PRODUCTION,
  dependencies,
  members,
  promotion,
  BUILT,
  TRACKED,
  ATTESTED,
  TESTED,
  CANARIED,
  APPROVED,
  SMOKED,
  WHOLE,
  view,
  without,
  codesOf,
  ALL,
} from '../whole-release.ts'

const GOLDEN = goldenRecord(PROMOTION)

describe('A promotion', () => {
  it('is written as it is read', () => {
    expect(GOLDEN.rebuilt).toBe(GOLDEN.text)
    expect(GOLDEN.predicateType).toBe('urn:assay:predicate:promotion:v1')
  })

  it('says which stage is entered, between which places, under which policies', () => {
    expect(readMembers(PROMOTION, GOLDEN.members, HEADER)).toBe('accepted')
    expect(readWithout(PROMOTION, members(), HEADER)).toEqual({
      stage: ['record/member /stage'],
      from: ['record/member /from'],
      to: ['record/member /to'],
      compatibilityMatrix: ['record/member /compatibilityMatrix'],
      policies: ['record/member /policies'],
    })
    expect(readMembers(PROMOTION, members())).toEqual(['record/member /policy'])
  })

  const [first, ...rest] = dependencies(PRODUCTION)
  const gate = { id: 'gate.release_target.render_staging_rollout', sha256: digestOf('the gate') }

  it.each<[string, object, readonly string[]]>([
    ['another stage', { stage: 'launched' }, ['record/member /stage']],
    ['a place that is none', { from: 'laptop' }, ['record/member /from']],
    ['another place than that of the release', { to: 'production' }, ['record/contradiction /to']],
    ['a reference of two lines', { manualReference: 'a\nb' }, ['record/member /manualReference']],
    [
      'a matrix without its digest',
      { compatibilityMatrix: 'v1' },
      ['record/member /compatibilityMatrix'],
    ],
    ['policies of four kinds', { policies: rest }, ['record/member /policies']],
    ['policies of a sixth kind', { policies: [first, ...rest, gate] }, ['record/member /policies']],
    ['a policy twice', { policies: [first, first, ...rest] }, ['record/member /policies']],
    ['an unknown member', { note: 'done' }, ['record/member']],
    ['the stages completed', { stagesCompleted: [] }, ['record/judgement /stagesCompleted']],
  ])('refuses %s', (_, changes, codes) => {
    expect(readMembers(PROMOTION, { ...members(), ...changes }, HEADER)).toEqual(codes)
    expect(readMembers(PROMOTION, members(), HEADER)).toBe('accepted')
  })
})

describe('The ladder', () => {
  it('is climbed by the evidence of each stage', () => {
    expect(view(WHOLE)).toMatchObject({
      status: 'stage-reached',
      check: { outcome: 'accepted' },
      facts: {
        stage: 'post-deploy-verified',
        position: 'post-deploy-verified',
        completed: ALL,
        gaps: [],
        outOfOrder: [],
        awaitingPerson: [],
        open: [],
        from: 'devnet',
        to: 'staging',
        phase: POST,
      },
    })
  })

  it.each<[string, readonly LedgerItem[]]>([
    ['build-complete', [TRACKED]],
    ['artifact-verified', [ATTESTED]],
    ['candidate-tested', [TESTED]],
    ['canary-approved', [CANARIED]],
  ])(
    'without the evidence of %s has a gap, and what is above it is out of order',
    (stage, left) => {
      const found = view(without(...left))
      expect(found).toMatchObject({ status: 'out-of-order', check: { outcome: 'rejected' } })
      expect(found.facts['gaps']).toContain(stage)
      expect(found.facts['outOfOrder']).not.toEqual([])
      expect(codesOf(found)).toContain('record/stage-order')
      expect(view(WHOLE).facts['gaps']).toEqual([])
    },
  )

  it.each<[string, readonly LedgerItem[], string]>([
    ['nothing', WHOLE, 'post-deploy-verified'],
    ['the tracking record', without(TRACKED), 'none'],
    ['the tests', without(TESTED), 'artifact-signed-or-attested'],
    ['the smoke', without(SMOKED), 'production-deployed'],
  ])('stands where the last stage without a gap is: without %s', (_, items, position) => {
    expect(view(items).facts['position']).toBe(position)
  })

  it('names a stage that is not there yet, without a gap', () => {
    const found = view(without(SMOKED))
    expect(found).toMatchObject({
      status: 'stage-open',
      check: { outcome: 'missing' },
      facts: { open: ['post-deploy-verified'], gaps: [], outOfOrder: [] },
    })
    expect(codesOf(found)).toContain('record/stage-open')
  })

  it('asks only for the stages that the policy requires', () => {
    const items = without(CANARIED, APPROVED, BUILT)
    const asked = { registry: STAGING }
    const record = promotion(undefined, { registry: STAGING })
    const attested = foldedRecord(
      ATTESTATION,
      { innerManifest: TRACKING_MEMBERS.innerManifest, provenance: [], sboms: [] },
      {
        index: 2,
        policy: 'release_attestation_artifact.render_staging_rollout.bundle_lineage_snapshot',
      },
    )
    const staged = items.map((item) => (item === ATTESTED ? attested : item))
    expect(view(staged, record, asked)).toMatchObject({
      status: 'stage-reached',
      check: { outcome: 'accepted' },
      facts: {
        position: 'post-deploy-verified',
        completed: [
          'build-complete',
          'artifact-verified',
          'candidate-tested',
          'post-deploy-verified',
        ],
        gaps: [],
      },
    })
  })

  it('requires everything, and a person for everything, where its policy is not known', () => {
    const found = view(WHOLE, promotion(), { registry: undefined })
    expect(found.check.outcome).not.toBe('accepted')
    expect(codesOf(found)).toContain('record/policy-unknown')
  })

  it('is stale where a policy that it rests on is gone', () => {
    const policies = new Map([...PRODUCTION.policies].filter(([id]) => id !== DEPENDENCIES[0]))
    const found = view(WHOLE, promotion(), { registry: { ...PRODUCTION, policies } })
    expect(found.check.outcome).toBe('stale')
  })

  it('rests on no policies that are known where the record names no release', () => {
    const { release: _, ...record } = { ...promotion(), isAdopted: false, isSuperseded: false }
    const found = PROMOTION.view(record, contextOf(WHOLE, { registry: PRODUCTION }))
    expect(found.check.checks).toContainEqual(
      expect.objectContaining({ name: 'approval-record', code: 'record/policy-unknown' }),
    )
  })

  it('shows where a person decided', () => {
    const manual = foldedRecord(
      PROMOTION,
      { ...members(), manualReference: 'REL-128' },
      { index: 40, phase: POST, policy: POLICY },
    )
    expect(view(WHOLE, manual).facts).toMatchObject({ manualReference: 'REL-128' })
  })

  it('is not entered twice under policies that moved', () => {
    const moved = shippedRegistry((text, name) =>
      name.includes('rollback/render-staging') ? text.replace('version: 1', 'version: 2') : text,
    )
    const record = promotion('build-complete', { registry: STAGING })
    expect(view(WHOLE, record, { registry: STAGING }).status).toBe('stage-reached')
    const found = view(WHOLE, record, { registry: moved })
    expect(found.check.outcome).toBe('stale')
    expect(codesOf(found)).toContain('record/policies-moved')
  })
})
