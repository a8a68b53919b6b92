import { describe, expect, it } from 'vitest'
import { encodeTimestamp } from '../../../../src/core/index.ts'
import { describePeriod } from '../../../../src/trust/index.ts'
import {
  type AuthorityOptions,
  makeAuthority,
  makeRoot,
  SIGNED_AT,
  YEAR,
} from '../test-authority.ts'
import { codesOf, findPath, judge, leafOf, rootOf } from './path-question.ts'

const MINUTE = 60_000

describe('the time of a path', () => {
  const end = SIGNED_AT + 10 * MINUTE

  it('lies in the window of the leaf, whose ends belong to it (A-16, A-27)', () => {
    const leaf = leafOf()
    expect(codesOf(leaf, makeRoot(), [SIGNED_AT])).toEqual([])
    expect(codesOf(leaf, makeRoot(), [end])).toEqual([])
    expect(codesOf(leaf, makeRoot(), [SIGNED_AT - 1])).toEqual(['verify/certificate-time'])
    expect(codesOf(leaf, makeRoot(), [end + 1])).toEqual(['verify/certificate-time'])
  })

  it('has no grace for a clock that runs ahead (A-23)', () => {
    expect(codesOf(leafOf(), makeRoot(), [end + MINUTE])).toEqual(['verify/certificate-time'])
  })

  it('is every time that is vouched for, not the earliest (A-18)', () => {
    const leaf = leafOf()
    expect(codesOf(leaf, makeRoot(), [SIGNED_AT, end])).toEqual([])
    expect(codesOf(leaf, makeRoot(), [SIGNED_AT, end + 1])).toEqual(['verify/certificate-time'])
    expect(codesOf(leaf, makeRoot(), [SIGNED_AT - YEAR / 2, SIGNED_AT])).toEqual([
      'verify/certificate-time',
    ])
  })

  it.each<[string, AuthorityOptions]>([
    ['the intermediate (A-17)', { changeIntermediate: (it) => ({ ...it, notAfter: SIGNED_AT }) }],
    ['the root', { changeRoot: (it) => ({ ...it, notAfter: SIGNED_AT }) }],
    ['the place of the authority in the trusted root', { validFor: { start: 0, end: SIGNED_AT } }],
  ])('lies in the window of %s', (_, options) => {
    expect(judge(options, [SIGNED_AT])).toEqual([])
    expect(judge(options, [SIGNED_AT + 1_000])).toEqual(['verify/certificate-authority-time'])
  })

  it('is not before the authority was trusted', () => {
    const validFor = { start: SIGNED_AT + MINUTE }
    expect(judge({ validFor }, [SIGNED_AT + MINUTE])).toEqual([])
    expect(judge({ validFor }, [SIGNED_AT + MINUTE - 1])).toEqual([
      'verify/certificate-authority-time',
    ])
  })

  it('is judged for leaf and authority alike, and both are told', () => {
    expect(judge({}, [SIGNED_AT + 2 * YEAR])).toEqual([
      'verify/certificate-time',
      'verify/certificate-authority-time',
    ])
  })

  it('may be of any authority that issued the leaf: the one that holds is taken', () => {
    const retired = makeAuthority({ validFor: { start: 0, end: SIGNED_AT - YEAR } })
    const current = makeAuthority()
    const { path } = findPath(leafOf(), rootOf(retired, current))
    expect(path?.authority).toBe(current.authority)
    expect(codesOf(leafOf(), rootOf(retired))).toEqual(['verify/certificate-authority-time'])
  })

  it('does not mix the windows of one authority with the certificates of another (A-19)', () => {
    const expired = makeAuthority({
      changeIntermediate: (it) => ({ ...it, notAfter: SIGNED_AT - MINUTE }),
    })
    const open = makeAuthority({ name: 'open' })
    expect(codesOf(leafOf({ by: expired }), rootOf(expired, open))).toEqual([
      'verify/certificate-authority-time',
    ])
  })

  it('is told with the window of everything above the leaf, and with the clock that it is by', () => {
    const by = makeAuthority({
      changeIntermediate: (it) => ({ ...it, notAfter: SIGNED_AT + 2 * MINUTE }),
      validFor: { start: SIGNED_AT - MINUTE },
    })
    const { checks } = findPath(leafOf({ by }), rootOf(by))
    expect(checks.at(-1)).toMatchObject({
      name: 'authority-time',
      outcome: 'accepted',
      expected: describePeriod({ start: SIGNED_AT - MINUTE, end: SIGNED_AT + 2 * MINUTE }),
      found: `${encodeTimestamp(SIGNED_AT)} by the timestamp authority "https://tsa.example"`,
    })
    expect(codesOf(leafOf({ by }), rootOf(by), [SIGNED_AT - MINUTE - 1])).toContain(
      'verify/certificate-authority-time',
    )
  })

  it('is told of the authority that gets furthest, where none holds', () => {
    const broken = makeAuthority({
      changeIntermediate: (it) => ({ ...it, extensions: it.extensions.slice(1) }),
    })
    const retired = makeAuthority({ validFor: { start: 0, end: SIGNED_AT - YEAR } })
    for (const order of [
      [broken, retired],
      [retired, broken],
    ]) {
      expect(codesOf(leafOf(), rootOf(...order))).toEqual(['verify/certificate-authority-time'])
    }
  })
})
