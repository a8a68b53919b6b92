import { describe, expect, it } from 'vitest'
import { parseTimestamp } from '../../../src/core/index.ts'
import type { FoldedRecord } from '../../../src/record/index.ts'
import { judgeWaiver, WAIVER, type Waiver } from '../../../src/record/families/waiver.ts'
import { automation, person } from '../deciders.ts'
import { contextOf, foldedRecord, keySigner, NOW, viewAmong } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { readMembers, readWithout } from '../reading.ts'

const GOLDEN = goldenRecord(WAIVER)
const MEMBERS = {
  check: 'github-branch-protection-report',
  owner: 'Release manager',
  reason: 'The export needs a plan that the team does not have',
  expires: '2026-04-30T00:00:00Z',
}

const waiver = (signer = person('alice'), changes: object = {}) =>
  foldedRecord(WAIVER, { ...MEMBERS, ...changes }, { signer })

function folded(record: ReturnType<typeof waiver>): FoldedRecord<Waiver> {
  const [found] = contextOf([record]).evidence.records
  return found as FoldedRecord<Waiver>
}

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
    const end = parseTimestamp(MEMBERS.expires)
    if (!end.ok) throw new Error('Expected a time')
    expect(judgeWaiver(folded(waiver()), end.value).status).toBe('in-force')
    expect(judgeWaiver(folded(waiver()), end.value + 1)).toMatchObject({
      status: 'expired',
      check: { outcome: 'stale', checks: [{}, { code: 'record/expired' }, {}] },
    })
  })

  it.each([
    ['automation', automation('ci'), 'rejected'],
    ['somebody of whom nobody knows what they are', keySigner('somebody'), 'missing'],
  ] as const)('is none by %s', (_, signer, outcome) => {
    expect(judgeWaiver(folded(waiver(signer)), NOW)).toMatchObject({
      status: 'not-person',
      check: { outcome, checks: [{ code: 'record/not-person' }, {}, {}] },
    })
    expect(judgeWaiver(folded(waiver()), NOW).status).toBe('in-force')
  })

  it('is unused where no check was left as it is because of it', () => {
    const record = folded(waiver())
    expect(judgeWaiver(record, NOW, new Set()).status).toBe('unused')
    expect(judgeWaiver(record, NOW, new Set(['another'])).status).toBe('unused')
    expect(judgeWaiver(record, NOW, new Set([MEMBERS.check])).status).toBe('in-force')
  })
})
