import { describe, expect, it } from 'vitest'
import { APPROVAL } from '../../../src/record/families/approval.ts'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import { automation, person } from '../deciders.ts'
import { type ContextOptions, contextOf, foldedRecord, keySigner } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { readMembers, readWithout } from '../reading.ts'
import { shippedRegistry } from '../registry.ts'
import { RELEASE, SET_DIGEST, TRACKING_MEMBERS } from '../signed.ts'
import {
  POST,
  REGISTRY,
  seen,
  MEMBERS,
  BUILT,
  BASE,
  approval,
  type Approval,
  view,
  viewAlone,
  REJECTION,
} from '../approvals.ts'

const GOLDEN = goldenRecord(APPROVAL)

describe('An approval', () => {
  it('is written as it is read', () => {
    expect(GOLDEN.rebuilt).toBe(GOLDEN.text)
    expect(GOLDEN.predicateType).toBe('urn:assay:predicate:approval:v1')
  })

  it('says what is decided, over which policies, until when and why', () => {
    expect(readMembers(APPROVAL, GOLDEN.members)).toBe('accepted')
    expect(readWithout(APPROVAL, MEMBERS)).toEqual({
      scope: ['record/member /scope'],
      decision: ['record/member /decision'],
      mode: ['record/member /mode'],
      policies: ['record/member /policies'],
      expires: ['record/member'],
      reason: ['record/member /reason'],
    })
  })

  it.each<[string, object, readonly string[]]>([
    ['another scope', { scope: 'everything' }, ['record/member /scope']],
    ['another decision', { decision: 'abstain' }, ['record/member /decision']],
    ['another mode', { mode: 'automatic' }, ['record/member /mode']],
    ['no policies', { policies: [] }, ['record/member /policies']],
    ['a policy twice', { policies: [...seen(), ...seen()] }, ['record/member /policies']],
    ['a day without a time', { expires: '2026-05-10' }, ['record/member /expires']],
    ['a ticket of two lines', { ticket: 'a\nb' }, ['record/member /ticket']],
    ['a target that is no set', { rollbackTarget: 'v1.1.0' }, ['record/member /rollbackTarget']],
    ['an unknown member', { approver: 'alice' }, ['record/member']],
    ['a judgement', { approved: true }, ['record/judgement /approved']],
  ])('refuses %s', (_, changes, codes) => {
    expect(readMembers(APPROVAL, { ...MEMBERS, ...changes })).toEqual(codes)
    expect(readMembers(APPROVAL, MEMBERS)).toBe('accepted')
  })

  it('has no end where it is a rejection', () => {
    expect(readMembers(APPROVAL, { ...REJECTION, expires: MEMBERS.expires })).toEqual([
      'record/member',
    ])
    expect(readMembers(APPROVAL, REJECTION)).toBe('accepted')
  })
})

describe('The view of an approval', () => {
  it('tells who granted it, in which capacity, and how many it takes', () => {
    expect(viewAlone(approval(2, {}, { ticket: 'REL-128' }))).toMatchObject({
      status: 'granted',
      check: { outcome: 'accepted' },
      facts: {
        approver: 'alice',
        signerKind: 'person',
        needed: 1,
        approvers: ['alice'],
        ticket: 'REL-128',
      },
    })
  })

  const late = '2026-05-10T00:00:01Z'
  const moved = shippedRegistry((text, name) =>
    name.includes('rollback/') ? text.replace('version: 1', 'version: 2') : text,
  )

  it.each<[string, string, string, Approval, ContextOptions?]>([
    ['not-person', 'rejected', 'record/not-person', approval(2, { signer: automation('ci') })],
    ['not-person', 'missing', 'record/not-person', approval(2, { signer: keySigner('somebody') })],
    ['wrong-phase', 'rejected', 'record/phase', approval(2, { phase: POST })],
    ['wrong-phase', 'rejected', 'record/phase', approval(2, { phase: POST }, { scope: 'launch' })],
    ['policies-moved', 'stale', 'record/policies-moved', approval(2), { registry: moved }],
    ['expired', 'stale', 'record/expired', approval(2), { now: late }],
    [
      'not-independent',
      'rejected',
      'record/not-independent',
      approval(2, { signer: person('builder') }),
    ],
    [
      'contradictory',
      'rejected',
      'record/contradiction',
      approval(2, {}, { mode: 'manual-rollout-workflow-with-human-approval' }),
    ],
    ['not-judged', 'missing', 'record/policy-unknown', approval(2), { registry: undefined }],
    [
      'awaiting-quorum',
      'missing',
      'record/quorum',
      approval(2, { signer: person('alice', { role: { threshold: 2 } }) }),
    ],
  ])('is %s', (status, outcome, code, record, options) => {
    const { check, status: found } = viewAlone(record, options)
    expect(found).toBe(status)
    expect(check.outcome).toBe(outcome)
    expect(check.checks?.find((one) => one.outcome !== 'accepted')?.code).toBe(code)
    expect(viewAlone(approval(2)).status).toBe('granted')
  })

  it('is contradictory where its gate is not that of the approval record', () => {
    const release = { ...RELEASE, gate: 'gate.release_target.other' }
    const record = approval(2, { header: { release } })
    const tracked = foldedRecord(TRACKING, TRACKING_MEMBERS, {
      index: 1,
      signer: 'builder',
      header: { release },
      policy: 'release_tracking_policy.render_staging_rollout.bundle_identity',
    })
    const found = view(record, [BUILT, tracked, record])
    expect(found).toMatchObject({ status: 'contradictory', check: { outcome: 'rejected' } })
    expect(found.check.checks).toContainEqual(
      expect.objectContaining({ name: 'gate', code: 'record/contradiction' }),
    )
  })

  it('names each policy that moved since the approver looked', () => {
    const [first, ...rest] = seen()
    const gone = { id: 'release_smoke_verification.other.web', sha256: SET_DIGEST }
    const record = approval(
      2,
      {},
      {
        policies: [...rest.slice(1), { ...rest[0], sha256: SET_DIGEST }, gone],
      },
    )
    const check = viewAlone(record).check.checks?.find(({ name }) => name === 'policies')
    expect(check?.found).toBe(
      `"${first?.id}" not seen, "${rest[0]?.id}" changed, "${gone.id}" gone`,
    )
  })

  it('is not judged where the record names no release', () => {
    const { release, ...record } = { ...approval(2), isAdopted: false, isSuperseded: false }
    const context = contextOf(BASE, { registry: REGISTRY })
    expect(APPROVAL.view(record, context).status).toBe('not-judged')
    const named = { ...record, ...(release !== undefined && { release }) }
    expect(APPROVAL.view(named, context).status).toBe('awaiting-quorum')
  })

  it('is of a record that is not among the evidence, and grants nothing', () => {
    expect(view(approval(2), BASE)).toMatchObject({ status: 'awaiting-quorum' })
  })
})
