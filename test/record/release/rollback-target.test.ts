import { describe, expect, it } from 'vitest'
import type { ReleaseSummary } from '../../../src/record/index.ts'
import { APPROVAL } from '../../../src/record/families/approval.ts'
import { digestOf } from '../../verify/release.ts'
import { automation, person } from '../deciders.ts'
import { foldedRecord, keySigner } from '../folded.ts'
import { shippedRegistry } from '../registry.ts'
import { RELEASE } from '../signed.ts'
import {
  POLICY,
  TARGET,
  MEMBERS,
  OWN,
  rollback,
  type Item,
  view,
  STRICT,
  SUMMARY,
} from '../rollbacks.ts'

const { sourceRevision: _, snapshot: __, ...UNTRACKED } = SUMMARY

describe('The view of a rollback target', () => {
  it('knows a good release by its own records', () => {
    expect(view(rollback())).toMatchObject({
      status: 'known-good-documented',
      check: { outcome: 'accepted' },
      facts: {
        target: TARGET,
        verification: 'verified',
        reference: 'refs/tags/v1.1.0',
        confirmedBy: ['operator'],
      },
    })
  })

  it('knows a signed release by its provenance', () => {
    const target = { hasProvenance: true }
    expect(view(rollback(), { target })).toMatchObject({
      status: 'known-good-signed',
      check: { outcome: 'accepted' },
    })
    expect(view(rollback(), { target, registry: STRICT }).check.outcome).toBe('accepted')
  })

  it('is not enough without a signature where the policy asks for one', () => {
    const found = view(rollback(), { registry: STRICT })
    expect(found).toMatchObject({
      status: 'known-good-documented',
      check: { outcome: 'missing' },
    })
    expect(found.check.checks).toContainEqual(
      expect.objectContaining({ name: 'trusted-artifact', code: 'record/trusted-artifact' }),
    )
  })

  const release = { ...RELEASE, deploymentStage: 'staging' }
  const pinned = shippedRegistry((text, name) =>
    name.includes('rollback/render-staging')
      ? text.replace(
          '- path: docs/deployment-runbook.md',
          `- path: docs/deployment-runbook.md\n    sha256: ${digestOf('the newer runbook')}`,
        )
      : text,
  )
  const onePhase = shippedRegistry((text, name) =>
    name.includes('rollback/render-staging')
      ? text.replace('  - pre-deploy-candidate\n', '')
      : text,
  )

  it.each<[string, Parameters<typeof view>, string, string, string]>([
    [
      'is the release itself',
      [rollback({}, { target: OWN }), { target: { id: RELEASE.artifactSetId } }],
      'rejected',
      'other-release',
      'record/rollback-target',
    ],
    [
      'is not in the ledger',
      [rollback(), { target: 'absent' }],
      'missing',
      'target',
      'record/missing',
    ],
    ['came later', [rollback(), { target: { index: 9 } }], 'rejected', 'earlier', 'record/order'],
    [
      'was neither tracked nor deployed',
      [rollback(), { target: { index: Number.POSITIVE_INFINITY } }],
      'missing',
      'earlier',
      'record/missing',
    ],
    [
      'contradicts itself',
      [rollback(), { target: { isConsistent: false } }],
      'rejected',
      'target',
      'record/rollback-target',
    ],
    [
      'was built from another commit',
      [rollback(), { target: { sourceRevision: '0'.repeat(40) } }],
      'rejected',
      'target',
      'record/contradiction',
    ],
    [
      'was not tracked',
      [rollback(), { releaseOf: () => UNTRACKED }],
      'rejected',
      'target',
      'record/contradiction',
    ],
    [
      'was made from another snapshot',
      [rollback(), { target: { snapshot: digestOf('another snapshot') } }],
      'rejected',
      'target',
      'record/contradiction',
    ],
    [
      'was withdrawn',
      [rollback(), { target: { isWithdrawn: true } }],
      'rejected',
      'target-withdrawn',
      'record/withdrawn',
    ],
    [
      'did not pass its smoke',
      [rollback(), { target: { isSmokePassed: false } }],
      'missing',
      'target-smoke',
      'record/rollback-target',
    ],
    [
      'was confirmed by automation alone',
      [rollback({ signer: automation('ci') })],
      'missing',
      'confirmation',
      'record/confirmation',
    ],
    [
      'was confirmed by nobody knows whom',
      [rollback({ signer: keySigner('somebody') })],
      'missing',
      'confirmation',
      'record/confirmation',
    ],
    [
      'lacks a document of the policy',
      [rollback({}, { preparation: MEMBERS.preparation.slice(1) })],
      'missing',
      'preparation',
      'record/missing',
    ],
    [
      'has another document than the policy means',
      [rollback(), { registry: pinned }],
      'rejected',
      'preparation',
      'record/contradiction',
    ],
    [
      'is of a phase that the policy does not have',
      [rollback(), { registry: onePhase }],
      'rejected',
      'phase',
      'record/phase',
    ],
    [
      'has no policy to be judged by',
      [rollback({ header: { release } }), { registry: undefined }],
      'missing',
      'policy',
      'record/policy-unknown',
    ],
  ])('is a documented ref and no more where it %s', (_, asked, outcome, name, code) => {
    const found = view(...asked)
    expect(found.status).toBe('documented-ref')
    expect(found.check.outcome).toBe(outcome)
    expect(found.check.checks).toContainEqual(expect.objectContaining({ name, code }))
    expect(view(rollback()).status).toBe('known-good-documented')
  })

  it.each<[string, Partial<ReleaseSummary> | 'absent']>([
    ['not-recorded', 'absent'],
    ['withdrawn', { isWithdrawn: true }],
    ['contradictory', { isConsistent: false }],
  ])('says of the verification: %s', (verification, target) => {
    expect(view(rollback(), { target }).facts).toMatchObject({ verification })
  })

  it('takes the very documents that the policy pins', () => {
    const [first] = MEMBERS.preparation
    const preparation = [
      first,
      { path: 'docs/deployment-runbook.md', sha256: digestOf('the newer runbook') },
    ]
    expect(view(rollback({}, { preparation }), { registry: pinned }).check.outcome).toBe('accepted')
  })
})

describe('The confirmation of an operator', () => {
  const approval = (changes: object = {}, signer = person('alice')) =>
    foldedRecord(
      APPROVAL,
      {
        scope: 'rollout',
        decision: 'approve',
        mode: 'manual-dispatch-with-human-initiation',
        policies: [{ id: POLICY, sha256: digestOf('the policy') }],
        expires: '2026-05-10T00:00:00Z',
        reason: 'The candidate is ready',
        rollbackTarget: TARGET,
        ...changes,
      },
      { index: 10, signer },
    )
  const byWorkflow = rollback({ signer: automation('ci') })

  it('may stand in an approval of the release that names the target', () => {
    expect(view(byWorkflow, { others: [approval()] })).toMatchObject({
      status: 'known-good-documented',
      facts: { confirmedBy: ['alice'] },
    })
  })

  it.each<[string, Item]>([
    ['names another target', approval({ rollbackTarget: TARGET.replace('v1.1.0', 'v1.0.0') })],
    ['names none', approval({ rollbackTarget: undefined })],
    ['is over', approval({ expires: '2026-04-11T00:00:00Z' })],
    ['is a rejection', approval({ decision: 'reject', expires: undefined })],
    ['is by automation', approval({}, automation('other-ci'))],
  ])('does not, where that %s', (_, other) => {
    expect(view(byWorkflow, { others: [other] })).toMatchObject({
      status: 'documented-ref',
      facts: { confirmedBy: [] },
    })
  })
})
