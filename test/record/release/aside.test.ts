import { describe, expect, it } from 'vitest'
import { WAIVER } from '../../../src/record/families/waiver.ts'
import type { LedgerItem } from '../../../src/record/index.ts'
import type { TrustedSigner } from '../../../src/verify/index.ts'
import { automation, person } from '../deciders.ts'
import { approved, judge, maker } from './judged-release.ts'

const waived = (check: string, expires: string) =>
  maker(WAIVER, { check, expires }, { signer: person('alice') })

describe('What decides nothing', () => {
  const told = (items: readonly LedgerItem[], index: number) => {
    const { check, records } = judge(items)
    const shown = records.find(({ record }) => record.index === index)?.view
    const line = check.checks?.find(({ message }) => message.includes('which decides nothing'))
    return [check.outcome, shown?.status, shown?.check.outcome, line?.outcome]
  }

  it('is a waiver that is over, or not by a person', () => {
    const over = waived('audit', '2026-04-11T00:00:00Z')(10)
    expect(told([over], 10)).toEqual(['accepted', 'expired', 'stale', 'accepted'])
    const end = { check: 'audit', expires: '2026-05-10T00:00:00Z' }
    const robot = maker(WAIVER, end, { signer: automation('ci') })(10)
    expect(told([robot], 10)).toEqual(['accepted', 'not-person', 'rejected', 'accepted'])
    const inForce = waived('audit', end.expires)(10)
    expect(told([inForce], 10)).toEqual(['accepted', 'in-force', 'accepted', undefined])
  })

  it.each<[string, TrustedSigner, object, string]>([
    ['automation', automation('robot'), {}, 'not-person'],
    ['who built the release', person('builder'), {}, 'not-independent'],
    ['a person whose word is over', person('bob'), { expires: '2026-04-11T00:00:00Z' }, 'expired'],
  ])('is an approval by %s beside one that is granted', (_, signer, changes, status) => {
    const granted = approved('rollout')(10)
    const other = { ...approved('rollout', changes)(11), signer }
    expect(told([granted, other], 11).slice(0, 2)).toEqual(['accepted', status])
    expect(told([other], 11)[0]).not.toBe('accepted')
  })

  it('is never a rejection by a person', () => {
    const no = approved('rollout', { decision: 'reject', expires: undefined })(11)
    const items = [approved('rollout')(10), { ...no, signer: person('bob') }]
    expect(told(items, 11)).toEqual(['rejected', 'rejected', 'rejected', undefined])
    expect(told(items, 10).slice(0, 2)).toEqual(['rejected', 'contested'])
  })
})
