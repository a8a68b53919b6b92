import { describe, expect, it } from 'vitest'
import { WAIVER } from '../../../src/record/families/waiver.ts'
import { automation, person } from '../deciders.ts'
import { foldedRecord, keySigner, viewAmong } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { readMembers, readWithout } from '../reading.ts'

const GOLDEN = goldenRecord(WAIVER)
const MEMBERS = {
  check: 'github-branch-protection-report',
  owner: 'Release manager',
  reason: 'The export needs a plan that the team does not have',
  expires: '2026-04-30T00:00:00Z',
}

const waiver = (signer = person('alice'), changes: object = {}, index = 0) =>
  foldedRecord(WAIVER, { ...MEMBERS, ...changes }, { signer, index })

describe('A waiver', () => {
  it('is written as it is read', () => {
    expect(GOLDEN.rebuilt).toBe(GOLDEN.text)
    expect(GOLDEN.predicateType).toBe('urn:assay:predicate:waiver:v1')
  })

  it('has a check, an owner, a reason and an end', () => {
    expect(readMembers(WAIVER, MEMBERS)).toBe('accepted')
    expect(readWithout(WAIVER, MEMBERS)).toEqual({
      check: ['record/member /check'],
      owner: ['record/member /owner'],
      reason: ['record/member /reason'],
      expires: ['record/member /expires'],
    })
  })

  it('names a requirement as a gate does', () => {
    const check = `gate.${'a'.repeat(115)}#${'b'.repeat(120)}`
    expect(readMembers(WAIVER, { ...MEMBERS, check })).toBe('accepted')
    expect(readMembers(WAIVER, { ...MEMBERS, check: `${check}c` })).toEqual([
      'record/member /check',
    ])
  })

  it.each<[string, object, readonly string[]]>([
    ['a check that is no name', { check: '*' }, ['record/member /check']],
    ['no reason', { reason: '' }, ['record/member /reason']],
    ['a day without a time', { expires: '2026-04-30' }, ['record/member /expires']],
    ['an unknown member', { checks: [] }, ['record/member']],
    ['a judgement', { approved: true }, ['record/judgement /approved']],
  ])('refuses %s', (_, changes, codes) => {
    expect(readMembers(WAIVER, { ...MEMBERS, ...changes })).toEqual(codes)
    expect(readMembers(WAIVER, MEMBERS)).toBe('accepted')
  })
})

describe('The view of a waiver', () => {
  it('tells who answers for it, and leaves the check as it is', () => {
    const one = waiver()
    expect(viewAmong(WAIVER, one, [one])).toMatchObject({
      status: 'in-force',
      check: {
        outcome: 'accepted',
        checks: [
          { name: 'person' },
          { name: 'expiry' },
          { message: expect.stringMatching('not accepted because of it') },
        ],
      },
      facts: { ...MEMBERS, signer: 'alice', signerKind: 'person' },
    })
  })

  it('is in force up to its last instant', () => {
    const one = waiver()
    const shownAt = (now: string) => viewAmong(WAIVER, one, [one], { now })
    expect(shownAt(MEMBERS.expires).status).toBe('in-force')
    expect(shownAt('2026-04-30T00:00:00.001Z')).toMatchObject({
      status: 'expired',
      check: { outcome: 'stale', checks: [{}, { code: 'record/expired' }, {}] },
    })
  })

  it.each([
    ['automation', automation('ci'), 'rejected'],
    ['somebody of whom nobody knows what they are', keySigner('somebody'), 'missing'],
  ] as const)('is none by %s', (_, signer, outcome) => {
    const shown = (one: ReturnType<typeof waiver>) => viewAmong(WAIVER, one, [one])
    expect(shown(waiver(signer))).toMatchObject({
      status: 'not-person',
      check: { outcome, checks: [{ code: 'record/not-person' }, {}, {}] },
    })
    expect(shown(waiver()).status).toBe('in-force')
  })
})

describe('A later waiver of the same check', () => {
  const at = (index: number, signer = person('alice'), changes: object = {}) =>
    waiver(signer, changes, index)
  const OVER = { expires: '2026-04-11T00:00:00Z' }
  const first = at(1)
  const told = (...later: readonly ReturnType<typeof at>[]) =>
    [first, ...later].map((one) => viewAmong(WAIVER, one, [first, ...later]).status)

  it('takes the place of the earlier one: with another end, or to take it back', () => {
    expect(told(at(2, person('alice'), OVER))).toEqual(['replaced', 'expired'])
    expect(told(at(2, person('alice'), { expires: '2026-06-30T00:00:00Z' }))).toEqual([
      'replaced',
      'in-force',
    ])
    const view = viewAmong(WAIVER, first, [first, at(2, person('alice'), OVER)])
    expect(view).toMatchObject({ isAside: true, check: { outcome: 'stale' } })
    expect(view.check.checks?.map(({ code }) => code)).toEqual([
      undefined,
      'record/replaced',
      undefined,
      undefined,
    ])
  })

  it('is one of somebody who stands where the signer did', () => {
    const bob = person('bob')
    expect(told(at(2, bob, OVER))).toEqual(['replaced', 'expired'])
    expect(told(at(2, person('bob', { role: { name: 'operator' } }), OVER))).toEqual([
      'in-force',
      'expired',
    ])
    expect(told(at(2, automation('ci'), OVER))).toEqual(['in-force', 'not-person'])
  })

  it('is of no other check, and not older than the earlier one', () => {
    expect(told(at(2, person('alice'), { ...OVER, check: 'audit' }))).toEqual([
      'in-force',
      'expired',
    ])
    const old = { ...at(2, person('alice'), OVER), reportedAt: '2026-04-01T00:00:00Z' }
    expect(told(old)).toEqual(['in-force', 'expired'])
  })

  it('may be replaced as well', () => {
    expect(told(at(2, person('alice'), OVER), at(3))).toEqual(['replaced', 'replaced', 'in-force'])
  })
})
