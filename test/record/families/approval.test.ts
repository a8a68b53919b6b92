import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Phase } from '../../../src/policy/index.ts'
import { APPROVAL, approvalsInForce, findGranted } from '../../../src/record/families/approval.ts'
import { DEPLOYMENT } from '../../../src/record/families/deployment.ts'
import { LINKAGE } from '../../../src/record/families/linkage.ts'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import { automation, person } from '../deciders.ts'
import {
  type ContextOptions,
  contextOf,
  type FoldedOptions,
  foldedProvenance,
  foldedRecord,
  keySigner,
  viewAmong,
} from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { readMembers, readWithout } from '../reading.ts'
import { shippedRegistry } from '../registry.ts'
import { RELEASE, SET_DIGEST, TRACKING_MEMBERS } from '../signed.ts'

const REGISTRY = shippedRegistry()
const TARGET = 'render_staging_rollout'
const POST: Phase = 'post-deploy-smoke-verified'

/** The policies of now, as an approver sees them. */
const seen = (registry = REGISTRY) =>
  registry.policiesOf(TARGET).map(({ id, digest }) => ({ id, sha256: digest }))

const GOLDEN = goldenRecord(APPROVAL)
const MEMBERS = {
  scope: 'rollout',
  decision: 'approve',
  mode: 'manual-dispatch-with-human-initiation',
  policies: seen(),
  expires: '2026-05-10T00:00:00Z',
  reason: 'The candidate is ready',
}
const { expires: _, ...REJECTION } = { ...MEMBERS, decision: 'reject', reason: 'Not today' }

const BUILT = foldedProvenance({ index: 0 })
const TRACKED = foldedRecord(TRACKING, TRACKING_MEMBERS, {
  index: 1,
  signer: 'builder',
  policy: 'release_tracking_policy.render_staging_rollout.bundle_identity',
})
const BASE = [BUILT, TRACKED]

const approval = (index: number, options: FoldedOptions = {}, changes: object = {}) =>
  foldedRecord(APPROVAL, { ...MEMBERS, ...changes }, { index, signer: person('alice'), ...options })

const rejection = (index: number, signer = person('alice')) =>
  foldedRecord(APPROVAL, REJECTION, { index, signer })

type Item = typeof BUILT
type Approval = ReturnType<typeof approval>

const view = (record: Approval, items: readonly Item[], options: ContextOptions = {}) =>
  viewAmong(APPROVAL, record, items, { registry: REGISTRY, ...options })

/** The view of one approval beside what was built and tracked. */
const viewAlone = (record: Approval, options?: ContextOptions) =>
  view(record, [...BASE, record], options)

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
    expect(viewAlone(approval(2))).toMatchObject({
      status: 'granted',
      check: { outcome: 'accepted' },
      facts: { approver: 'alice', signerKind: 'person', needed: 1, approvers: ['alice'] },
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

  it('is of a record that is not among the evidence, and grants nothing', () => {
    expect(view(approval(2), BASE)).toMatchObject({ status: 'awaiting-quorum' })
  })
})

describe('Who approves', () => {
  it.each<[string, readonly Item[]]>([
    ['no accepted provenance', [TRACKED]],
    ['a provenance of another commit', [foldedProvenance({ commit: '0'.repeat(40) }), TRACKED]],
    ['no tracking record', [BUILT]],
  ])('is not shown to be independent with %s', (_, items) => {
    const record = approval(2)
    const found = view(record, [...items, record])
    expect(found).toMatchObject({ status: 'not-judged', check: { outcome: 'missing' } })
    expect(found.check.checks).toContainEqual(
      expect.objectContaining({ name: 'independence', code: 'record/provenance-missing' }),
    )
    expect(viewAlone(record).status).toBe('granted')
  })

  it('did not deploy the release', () => {
    const deployment = foldedRecord(
      DEPLOYMENT,
      {
        target: TARGET,
        environment: 'staging',
        observedSet: SET_DIGEST,
        observedBy: { method: 'files' },
        observedAt: '2026-04-11T00:00:00Z',
      },
      { index: 3, signer: person('alice'), phase: POST },
    )
    const record = approval(2)
    expect(view(record, [...BASE, record, deployment]).status).toBe('not-independent')
    const other = { ...deployment, signer: person('operator') }
    expect(view(record, [...BASE, record, other]).status).toBe('granted')
  })

  it('has no role that their own role is kept apart from', () => {
    const signer = person('alice', { role: { distinctFrom: ['operator'] } })
    const record = approval(2, { signer })
    const holding = (principal: string) => (roles: readonly string[]) =>
      new Set(roles.includes('operator') ? [principal] : [])
    const context = (principal: string) => ({
      ...contextOf([...BASE, record], { registry: REGISTRY }),
      holdersOf: holding(principal),
    })
    const [, found] = contextOf([...BASE, record]).evidence.records
    if (found === undefined) throw new Error('Expected the approval')
    expect(APPROVAL.view(found, context('alice')).status).toBe('not-independent')
    expect(APPROVAL.view(found, context('bob')).status).toBe('granted')
  })

  it('is kept apart by what is signed, where nobody says who holds a role', () => {
    const signer = person('alice', { role: { distinctFrom: ['release'] } })
    const record = approval(2, { signer })
    expect(viewAlone(record).status).toBe('granted')
    const released = foldedProvenance({ index: 3, signer: 'alice', commit: '0'.repeat(40) })
    expect(view(record, [...BASE, record, released]).status).toBe('not-independent')
  })
})

describe('A quorum', () => {
  const two = { role: { threshold: 2 } }
  const alice = approval(2, { signer: person('alice', two) })

  it('takes as many different people as the role asks for', () => {
    const bob = approval(3, { signer: person('bob', two) })
    const items = [...BASE, alice, bob]
    expect(view(alice, items)).toMatchObject({
      status: 'granted',
      facts: { needed: 2, approvers: ['alice', 'bob'] },
    })
    expect(view(bob, items).status).toBe('granted')
    expect(view(alice, [...BASE, alice]).status).toBe('awaiting-quorum')
  })

  it.each<[string, Approval]>([
    ['the same approval, put in twice', { ...alice, index: 3 }],
    ['the same words, signed again', approval(3, { signer: person('alice', two) })],
    [
      'two keys of one principal',
      approval(3, { signer: person('alice', { ...two, key: 'other' }) }),
    ],
    [
      'other words of one principal',
      approval(3, { signer: person('alice', two) }, { reason: 'Still ready' }),
    ],
    ['a rollout in another phase', approval(3, { signer: person('bob', two), phase: POST })],
    ['an approval of a canary', approval(3, { signer: person('bob', two) }, { scope: 'canary' })],
    ['automation', approval(3, { signer: { ...person('bob', two), kind: 'automation' } })],
    ['who built the release', approval(3, { signer: person('builder', two) })],
    ['another role', approval(3, { signer: person('bob', { role: { name: 'other' } }) })],
    [
      'an approval over policies that moved',
      approval(3, { signer: person('bob', two) }, { policies: seen().slice(1) }),
    ],
    [
      'an approval that expired',
      approval(3, { signer: person('bob', two) }, { expires: '2026-04-11T00:00:00Z' }),
    ],
  ])('does not count %s (A-26, A-74, A-84)', (_, second) => {
    const items = [...BASE, alice, second]
    const good = items.map((item) =>
      item.kind === 'record' && item.family === 'approval'
        ? view(item as Approval, items)
        : undefined,
    )
    expect(
      good.filter((found) => found?.status === 'granted' && found.facts['needed'] === 2),
    ).toEqual([])
  })

  it('is met by one role of several', () => {
    const both = {
      ...person('bob', two),
      roles: [...person('bob', two).roles, { name: 'owner', threshold: 1 }],
    }
    const record = approval(3, { signer: both })
    expect(viewAlone(record)).toMatchObject({ status: 'granted', facts: { needed: 1 } })
  })

  it('does not count who has a role that is kept apart', () => {
    const apart = { role: { threshold: 2, distinctFrom: ['release'] } }
    const first = approval(2, { signer: person('alice', apart) })
    const carol = {
      ...person('carol', apart),
      roles: [...person('carol', apart).roles, { name: 'owner', threshold: 1 }],
    }
    const second = approval(3, { signer: carol })
    const released = foldedProvenance({ index: 4, signer: 'carol', commit: '0'.repeat(40) })
    expect(view(first, [...BASE, first, second]).status).toBe('granted')
    expect(view(first, [...BASE, first, second, released]).status).toBe('awaiting-quorum')
  })
})

describe('A decision', () => {
  it('stands until its signer decides otherwise', () => {
    const first = approval(2)
    const no = rejection(3)
    const again = approval(4, {}, { reason: 'It is ready now' })
    const items = [...BASE, first, no]
    expect(view(first, items)).toMatchObject({
      status: 'replaced',
      check: { outcome: 'stale' },
    })
    expect(view(no, items)).toMatchObject({ status: 'rejected', check: { outcome: 'rejected' } })
    expect(view(again, [...items, again]).status).toBe('granted')
    expect(view(no, [...items, again]).status).toBe('replaced')
  })

  it('is not brought back by saying the old words again (A-84)', () => {
    const first = approval(2)
    const no = rejection(3)
    const replayed = { ...first, index: 4, sha256: SET_DIGEST }
    const found = view(replayed, [...BASE, first, no, replayed])
    expect(found).toMatchObject({ status: 'replaced', facts: { repeats: first.sha256 } })
    expect(view(no, [...BASE, first, no, replayed]).status).toBe('rejected')
  })

  it('against the release is outvoted by nobody', () => {
    const first = approval(2)
    const no = rejection(3, person('bob'))
    const found = view(first, [...BASE, first, no])
    expect(found).toMatchObject({ status: 'contested', check: { outcome: 'rejected' } })
    expect(found.check.checks).toContainEqual(
      expect.objectContaining({ name: 'rejection', code: 'record/rejection', found: '"bob"' }),
    )
  })
})

describe('A launch', () => {
  // As in production, but for a phase that links one family.
  const ready = shippedRegistry((text, name) =>
    /(?:linkage|adoption)\/render-staging/.test(name)
      ? text
          .replace('approvalReadyPhase: not-applicable', `approvalReadyPhase: ${POST}`)
          .replace(
            /(linkedFamilies:[^]*post-deploy-smoke-verified:\n {4}- tracking\n)(?: {4}- .*\n)+/,
            '$1',
          )
      : text,
  )
  const tracked = { ...TRACKED, release: { ...RELEASE, phase: POST } }
  const launch = (index: number, phase: Phase = POST) =>
    approval(index, { phase }, { scope: 'launch', policies: seen(ready) })
  const linkage = (index: number, records = [tracked.sha256]) =>
    foldedRecord(
      LINKAGE,
      { records },
      {
        index,
        phase: POST,
        policy: 'release_evidence_linkage.render_staging_rollout.bundle_phase_consistency',
      },
    )
  const over = (record: Approval, items: readonly Item[], adopted = items) =>
    view(record, [BUILT, tracked, ...items, record], {
      registry: ready,
      adopted: new Set([tracked, ...adopted].map(({ sha256 }) => sha256)),
    })

  it('is approved over the adopted linkage of the phase that the policy calls ready', () => {
    expect(over(launch(9), [linkage(3)])).toMatchObject({
      status: 'granted',
      facts: { scope: 'launch' },
    })
  })

  it('is not approved over another phase', () => {
    const found = over(launch(9, 'pre-deploy-candidate'), [linkage(3)])
    expect(found).toMatchObject({ status: 'wrong-phase', check: { outcome: 'rejected' } })
  })

  it.each<[string, Approval, readonly Item[], readonly Item[] | undefined, string, string?]>([
    ['without a linkage', launch(9), [], [], 'missing', 'record/missing'],
    [
      'over a linkage that nobody adopted',
      launch(9),
      [linkage(3)],
      [],
      'missing',
      'record/missing',
    ],
    [
      'over a linkage that is not accepted',
      launch(9),
      [linkage(3, [SET_DIGEST])],
      undefined,
      'missing',
    ],
    [
      'before what is launched was linked',
      launch(9),
      [linkage(11)],
      undefined,
      'stale',
      'record/order',
    ],
  ])('is not approved %s', (_, record, items, adopted, outcome, code) => {
    const found = over(record, items, adopted)
    expect(found).toMatchObject({ status: 'not-ready', check: { outcome } })
    const check = found.check.checks?.find(({ name }) => name === 'linkage')
    expect(check?.code).toBe(code)
    expect(over(launch(9), [linkage(3)]).status).toBe('granted')
  })

  it('counts a linkage in the ledger of a run for nothing', () => {
    const record = launch(9)
    const found = view(record, [BUILT, tracked, linkage(3), record], { registry: ready })
    expect(found.check.checks).toContainEqual(
      expect.objectContaining({ name: 'linkage', found: 'one that nobody adopted' }),
    )
  })
})

describe('Approvals in force', () => {
  it('are those of people that nobody took back', () => {
    const items = [
      approval(2),
      approval(3, { signer: automation('ci') }),
      approval(4, { signer: person('bob') }, { expires: '2026-04-11T00:00:00Z' }),
      approval(5, { signer: person('carol') }),
      rejection(6, person('carol')),
    ]
    const found = approvalsInForce(contextOf([...BASE, ...items]))
    expect(found.map(({ signer }) => signer.principal)).toEqual(['alice'])
  })

  it('are granted for their own scope', () => {
    const context = contextOf([...BASE, approval(2)], { registry: REGISTRY })
    expect(findGranted('rollout', context)).toMatchObject({ index: 2 })
    expect(findGranted('canary', context)).toBeUndefined()
  })
})

it('Leaving out what supports an approval never grants one', () => {
  const signers = ['alice', 'bob', 'carol'].map((name) => person(name, { role: { threshold: 2 } }))
  fc.assert(
    fc.property(fc.subarray([0, 1, 2]), fc.subarray([BUILT, TRACKED]), (people, base) => {
      const approvals = people.map((one) => approval(2 + one, { signer: signers[one] ?? 'nobody' }))
      const whole = [...BASE, ...signers.map((signer, at) => approval(2 + at, { signer }))]
      const part = [...base, ...approvals]
      const isGranted = (items: readonly Item[]) =>
        findGranted('rollout', contextOf(items, { registry: REGISTRY })) !== undefined
      expect(isGranted(whole)).toBe(true)
      expect(isGranted(part)).toBe(base.length === 2 && people.length >= 2)
    }),
  )
})
