// A release is approved before it is deployed: by what stood then, counted as it is counted today.

import { describe, expect, it } from 'vitest'
import type { Phase } from '../../../src/policy/index.ts'
import { digestOf } from '../../verify/release.ts'
import { person } from '../deciders.ts'
import {
  approval,
  APPROVED,
  DEPLOYED,
  deployment,
  POST,
  promotion,
  view,
  without,
} from '../whole-release.ts'

const bob = person('bob')

interface Placed {
  readonly index: number
  readonly signer: typeof bob
  readonly phase?: Phase
}

/** An approval of the same release, of another signer at another place. */
const later = (members: object, { phase, ...placed }: Placed) => {
  const sha256 = digestOf(JSON.stringify([members, phase, placed]))
  const release = APPROVED.release && { ...APPROVED.release, ...(phase && { phase }) }
  const own = { sha256, signingAct: sha256, members }
  return { ...APPROVED, ...placed, ...own, ...(release && { release }) }
}
const decided = (changes: object = {}, options: Partial<Placed> = {}) =>
  later({ ...(APPROVED.members as object), ...changes }, { index: 8, signer: bob, ...options })
const { expires: _, ...withoutEnd } = APPROVED.members as { expires: string }
const rejected = (index: number) =>
  later({ ...withoutEnd, decision: 'reject' }, { index, signer: bob })

/** The status of the deployed release, with an approval of today, and what stood before the deployment. */
const statusWith = (...early: readonly ReturnType<typeof decided>[]) =>
  view([...without(APPROVED), approval('rollout', 13), ...early], promotion('production-deployed'))
    .status

describe('A deployment that nobody had approved', () => {
  it.each<[string, readonly ReturnType<typeof decided>[]]>([
    ['with no approval before it', []],
    ['with one of another phase', [decided({}, { phase: POST })]],
    [
      'with one over other policies',
      [decided({ policies: [{ id: 'gate.other', sha256: '0'.repeat(64) }] })],
    ],
    ['with one that had expired', [decided({ expires: '2026-04-10T11:59:59Z' })]],
    [
      'with one of several',
      [decided({}, { signer: { ...bob, roles: [{ name: 'approvers', threshold: 3 }] } })],
    ],
    ['with one that was taken back before', [decided(), rejected(9)]],
    [
      'with one that was taken back before, and given again',
      [decided(), rejected(9), decided({}, { index: 14 })],
    ],
    [
      'against the word of somebody else',
      [decided({}, { signer: person('carol') }), rejected(9), decided({}, { index: 14 })],
    ],
  ])('is out of order %s', (_case, early) => {
    expect(statusWith(...early)).toBe('out-of-order')
    expect(statusWith(decided())).toBe('stage-reached')
  })

  it('is not made so by what was taken back and given again since', () => {
    expect(statusWith(decided(), rejected(11), decided({}, { index: 14 }))).toBe('stage-reached')
  })

  it('is approved as of the time that is vouched for', () => {
    const expires = '2026-04-10T13:00:00Z'
    const status = (vouchedAt: string) => {
      const items = [...without(APPROVED, DEPLOYED), approval('rollout', 13), decided({ expires })]
      const found = deployment(10, {}, { vouchedAt })
      return view([...items, found], promotion('production-deployed')).status
    }
    expect(status('2026-04-10T13:00:00Z')).toBe('stage-reached')
    expect(status('2026-04-10T13:00:01Z')).toBe('out-of-order')
  })
})
