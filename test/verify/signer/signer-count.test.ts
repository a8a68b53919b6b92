// Who counts: whoever one of their roles keeps apart counts in none, and everybody else in each of theirs.

import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../../src/core/index.ts'
import { testKey } from '../keys.ts'
import { ask } from '../question.ts'
import { readTrust, signedBundle, statement, trust, trustedKey } from '../release.ts'

const BUILDER = { name: 'builder', threshold: 1 }
const APPROVER = { name: 'approver', threshold: 1, distinctFrom: ['builder'] }
const DUO = { name: 'duo', threshold: 2 }
const AUDITOR = { name: 'auditor', threshold: 1, distinctFrom: ['duo'] }
const TESTER = {
  name: 'tester',
  predicateTypes: ['https://in-toto.io/attestation/test-result/v0.1'],
  threshold: 1,
  distinctFrom: ['builder'],
}

/** Ann holds a key of the builder, which signs nothing here, and one with these roles; bob and carol have one key each. */
const HOLDERS = (ann: readonly string[], bob: readonly string[] = ['release']) => [
  trustedKey('ann-builds', { principal: 'ann', roles: ['builder'] }),
  trustedKey('ann', { roles: ann }),
  trustedKey('bob', { roles: bob }),
  trustedKey('carol', { roles: bob }),
]

/** What is said of bundles of these signers, who all sign the same words: roles that are not met, with who counts and what helps. */
function told(keys: ReturnType<typeof HOLDERS>, ...signers: readonly string[]) {
  const document = trust(keys, [BUILDER, APPROVER, DUO, AUDITOR, TESTER])
  const bundles = signers.map((name) => signedBundle(statement(), { key: testKey(name) }))
  const { verdict } = ask(bundles, { trust: readTrust(document) })
  return failedChecks(verdict).map(({ code, expected, found, hint = '' }) => {
    return { code, expected, found, hint }
  })
}

const APART = {
  code: 'verify/role-threshold',
  expected: '1 in the role "approver"',
  found: 'none',
  hint: 'Who holds a key as builder does not count',
}

describe('a signer whom a role keeps apart', () => {
  it('counts in no second role, whichever that is', () => {
    expect(told(HOLDERS(['approver']), 'ann')).toEqual([APART])
    expect(told(HOLDERS(['approver', 'release']), 'ann')).toEqual([APART])
    expect(told(HOLDERS(['release', 'approver']), 'ann')).toEqual([APART])
    expect(told(HOLDERS(['approver', 'auditor']), 'ann')).toEqual([APART])
  })

  it('counts where the role that keeps them apart may not sign this', () => {
    expect(told(HOLDERS(['tester', 'release']), 'ann')).toEqual([])
  })

  it('counts in both roles where they hold no key of the other side', () => {
    expect(told(HOLDERS(['release'], ['approver', 'release']), 'bob')).toEqual([])
    expect(told(HOLDERS(['release'], ['approver', 'auditor']), 'bob')).toEqual([])
  })

  it('does not make up the number of another role', () => {
    const keys = HOLDERS(['duo', 'approver'], ['duo'])
    expect(told(keys, 'ann', 'bob')).toEqual([
      { ...APART },
      { ...APART, expected: '2 in the role "duo"', found: '1: bob' },
    ])
    expect(told(keys, 'bob', 'carol')).toEqual([])
  })

  it('does no harm beside others who are enough', () => {
    expect(told(HOLDERS(['approver', 'release']), 'ann', 'bob')).toEqual([])
    expect(told(HOLDERS(['approver', 'release'], ['approver']), 'ann', 'bob')).toEqual([])
  })

  it('is told where nothing was signed together that others have to sign as well', () => {
    expect(told(HOLDERS(['release'], ['duo', 'approver']), 'bob')).toEqual([])
    expect(told(HOLDERS(['release'], ['duo']), 'bob')).toEqual([
      {
        code: 'verify/role-threshold',
        expected: '2 in the role "duo"',
        found: '1: bob',
        hint: 'Verify all bundles of the role in one call; each has to be accepted',
      },
    ])
  })
})
