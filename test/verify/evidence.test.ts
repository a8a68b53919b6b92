// What a verification leaves: who may make it, who may change it, and when there is none.

import { describe, expect, it } from 'vitest'
import { type Bundle, parseBundle } from '../../src/bundle/index.ts'
import { failedChecks } from '../../src/core/index.ts'
import { isVerified, verifyBundle } from '../../src/verify/index.ts'
import { testKey } from './keys.ts'
import { ask, codesOf, NOW, setOf } from './question.ts'
import {
  type Json,
  RELEASE_FILES,
  readTrust,
  signedBundle,
  statement,
  trust,
  trustedKey,
} from './release.ts'

function read(bundle: Json): Bundle {
  const parsed = parseBundle(Buffer.from(JSON.stringify(bundle)))
  if (!parsed.ok) throw new Error(parsed.problems[0].message)
  return parsed.value
}

const REQUEST = { now: NOW, expectation: { artifacts: setOf(RELEASE_FILES) } }

function verify(bundle: Json) {
  return verifyBundle({ ...REQUEST, trust: readTrust(), bundle: read(bundle) })
}

describe('a verification', () => {
  it('makes evidence that nobody can make or change', () => {
    const { verified } = verify(signedBundle(statement()))
    expect(isVerified(verified)).toBe(true)
    expect(isVerified({ ...verified })).toBe(false)
    expect(isVerified(Object.create(verified ?? null))).toBe(false)
    expect(isVerified(null)).toBe(false)
    expect(isVerified('verified')).toBe(false)
    expect(() => Object.assign(verified ?? {}, { origin: 'live-workflow' })).toThrow(TypeError)
    const Maker = verified?.constructor as new (facts: unknown) => object
    expect(isVerified(new Maker({ ...verified }))).toBe(false)
    class Heir extends Maker {}
    expect(isVerified(new Heir({ ...verified }))).toBe(false)
  })

  it('makes evidence that is frozen to its last leaf', () => {
    const { verified } = verify(signedBundle(statement()))
    let frozen = 0
    const look = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      expect(Object.isFrozen(value)).toBe(true)
      frozen++
      Object.values(value).forEach(look)
    }
    look(verified)
    expect(frozen).toBeGreaterThan(30)
  })

  it('is not satisfied with one signature where a role asks for two', () => {
    const two = readTrust(
      trust([trustedKey('release', { roles: ['duo'] })], [{ name: 'duo', threshold: 2 }]),
    )
    const request = { trust: two, now: NOW, expectation: { artifacts: setOf(RELEASE_FILES) } }
    const alone = verifyBundle({ ...request, bundle: read(signedBundle(statement())) })
    expect(alone.verdict.outcome).toBe('missing')
    expect(codesOf(alone.verdict)).toEqual(['verify/role-threshold'])
    expect(alone.verified).toBeUndefined()
  })

  it('is not satisfied where the signer may not be one of those who hold another role', () => {
    const keys = [trustedKey('release', { roles: ['release', 'approver'] })]
    const roles = [{ name: 'approver', threshold: 1, distinctFrom: ['release'] }]
    const only = (names: readonly string[]) =>
      ask([signedBundle(statement())], {
        trust: readTrust(
          trust([{ ...keys[0], roles: names }, trustedKey('ann', { principal: 'release' })], roles),
        ),
      })
    expect(codesOf(only(['approver']).verdict)).toEqual(['verify/role-threshold'])
    // A second role does not undo what the first one says.
    expect(codesOf(only(['release', 'approver']).verdict)).toEqual(['verify/role-threshold'])
    expect(codesOf(only(['release']).verdict)).toEqual([])
  })

  it('gives no evidence of one bundle where another one is refused', () => {
    const good = signedBundle(statement())
    const { verdict, bundles } = ask([good, signedBundle({ ...statement(), predicateType: '' })])
    expect(verdict.outcome).toBe('error')
    expect(bundles.map((bundle) => bundle.verdict.outcome)).toEqual(['accepted', 'error'])
    expect(bundles.map(({ verified }) => verified)).toEqual([undefined, undefined])
    expect(isVerified(ask([good]).bundles[0]?.verified)).toBe(true)
  })

  it('tells what is missing where too few have signed, once for all bundles', () => {
    const who = [
      trustedKey('ann', { roles: ['duo'], principal: 'ann' }),
      trustedKey('ann-at-home', { roles: ['duo'], principal: 'ann' }),
      trustedKey('bob', { roles: ['duo'] }),
    ]
    const document = readTrust(trust(who, [{ name: 'duo', threshold: 2 }]))
    const told = (...signed: readonly (readonly [name: string, said: number])[]) => {
      const bundles = signed.map(([name, said]) =>
        signedBundle(
          statement({ predicateType: 'https://predicates.example/x/v1', predicate: { said } }),
          { key: testKey(name) },
        ),
      )
      const { verdict } = ask(bundles, { trust: document })
      const { message } = verdict
      return { message, checks: failedChecks(verdict).map(({ found, hint }) => ({ found, hint })) }
    }
    expect(told(['ann', 1])).toEqual({
      message: '1 of 1 bundle accepted, which is not all that is asked',
      checks: [{ found: '1: ann', hint: expect.stringMatching(/^Verify all bundles/) as string }],
    })
    expect(told(['ann', 1], ['ann-at-home', 2])).toEqual({
      message: '2 of 2 bundles accepted, which is not all that is asked',
      checks: [{ found: '1: ann', hint: expect.stringMatching(/of one principal/) as string }],
    })
    expect(told(['ann', 1], ['bob', 2]).checks).toEqual([
      {
        found: '1: ann; 1: bob',
        hint: expect.stringMatching(/^The statements say different/) as string,
      },
    ])
    expect(told(['ann', 1], ['bob', 1])).toEqual({ message: '2 of 2 bundles accepted', checks: [] })
    const three = readTrust(trust(who, [{ name: 'duo', threshold: 3 }]))
    const { verdict } = ask(
      ['ann', 'bob'].map((name) => signedBundle(statement(), { key: testKey(name) })),
      { trust: three },
    )
    expect(failedChecks(verdict)).toMatchObject([
      { code: 'verify/role-threshold', hint: expect.stringContaining('of 2 principals') as string },
    ])
  })

  it('counts who said the same, whatever the order of its members', () => {
    const document = readTrust(
      trust(
        ['ann', 'bob'].map((name) => trustedKey(name, { roles: ['duo'] })),
        [{ name: 'duo', threshold: 2 }],
      ),
    )
    const said = (name: string, predicate: Json) =>
      signedBundle(statement({ predicateType: 'https://predicates.example/x/v1', predicate }), {
        key: testKey(name),
      })
    const together = (ann: Json, bob: Json) =>
      codesOf(ask([said('ann', ann), said('bob', bob)], { trust: document }).verdict)
    expect(together({ a: 1, b: [2] }, { b: [2], a: 1 })).toEqual([])
    expect(together({ a: 1 }, { a: 2 })).toEqual(['verify/role-threshold'])
  })
})
