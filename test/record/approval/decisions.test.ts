import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { APPROVAL, approvalsInForce, findGranted } from '../../../src/record/families/approval.ts'
import { DEPLOYMENT } from '../../../src/record/families/deployment.ts'
import { automation, person } from '../deciders.ts'
import { contextOf, foldedProvenance, foldedRecord } from '../folded.ts'
import { SET_DIGEST } from '../signed.ts'
import {
  REGISTRY,
  TARGET,
  POST,
  seen,
  BUILT,
  TRACKED,
  BASE,
  approval,
  rejection,
  type Item,
  type Approval,
  view,
  viewAlone,
} from '../approvals.ts'

describe('Who approves', () => {
  it.each<[string, readonly Item[], string]>([
    ['no accepted provenance', [TRACKED], 'assay attest provenance'],
    [
      'a provenance of another commit',
      [foldedProvenance({ commit: '0'.repeat(40) }), TRACKED],
      'assay attest provenance',
    ],
    ['no tracking record', [BUILT], 'assay record tracking'],
  ])('is not shown to be independent with %s', (_, items, command) => {
    const record = approval(2)
    const found = view(record, [...items, record])
    expect(found).toMatchObject({ status: 'not-judged', check: { outcome: 'missing' } })
    expect(found.check.checks).toContainEqual(
      expect.objectContaining({
        name: 'independence',
        code: 'record/provenance-missing',
        hint: expect.stringContaining(command) as string,
      }),
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
    const second = {
      ...found.signer,
      roles: [...found.signer.roles, { name: 'owner', threshold: 1 }],
    }
    const evaded = { ...found, signer: second }
    expect(APPROVAL.view(evaded, context('alice')).status).toBe('not-independent')
    expect(APPROVAL.view(evaded, context('bob')).status).toBe('granted')
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
      item.kind === 'record' && item.family === 'approval' ? view(item, items) : undefined,
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

  it('keeps nobody apart by what is asked of another in the same role', () => {
    const first = approval(2, {
      signer: person('alice', { role: { threshold: 2, distinctFrom: ['operator'] } }),
    })
    const second = approval(3, { signer: person('bob', two) })
    const heldBy = (principal: string) => ({
      ...contextOf([...BASE, first, second], { registry: REGISTRY }),
      holdersOf: (roles: readonly string[]) =>
        new Set(roles.includes('operator') ? [principal] : []),
    })
    const statuses = (principal: string) =>
      heldBy(principal)
        .evidence.records.filter(({ family }) => family === 'approval')
        .map((record) => APPROVAL.view(record, heldBy(principal)).status)
    expect(statuses('bob')).toEqual(['granted', 'granted'])
    expect(statuses('alice')).toEqual(['not-independent', 'awaiting-quorum'])
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
      check: { outcome: 'stale', checks: [{ code: 'record/replaced' }] },
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
    expect(found).toMatchObject({ status: 'replaced' })
    expect(view(no, [...BASE, first, no, replayed]).status).toBe('rejected')
    // Signed anew, with the time of now.
    const again = approval(4)
    expect(view(again, [...BASE, first, no, again]).status).toBe('granted')
  })

  it('is said again in the same words, and stands again', () => {
    const [no, yes, noAgain] = [rejection(2), approval(3), rejection(4)]
    expect(view(yes, [...BASE, no, yes]).status).toBe('granted')
    const items = [...BASE, no, yes, noAgain]
    expect(view(yes, items).status).toBe('replaced')
    expect(view(noAgain, items).status).toBe('rejected')
  })

  it('of a person is not taken back by automation of the same principal', () => {
    const no = rejection(2)
    const robot = approval(3, { signer: automation('alice') })
    expect(view(no, [...BASE, no, robot]).status).toBe('rejected')
    expect(view(robot, [...BASE, no, robot]).status).toBe('not-person')
    const first = approval(2)
    expect(view(first, [...BASE, first, robot]).status).toBe('granted')
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
