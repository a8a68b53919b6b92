// Lint of roles that ask for several signers of what is judged one by one.

import { describe, expect, it } from 'vitest'
import { lintPolicies, lintTrust } from '../../../src/policy/index.ts'
import { draft } from '../requirement/documents.ts'
import { registryOf } from './registry.ts'
import type { buildTestTrust } from './trust.ts'

type Trust = ReturnType<typeof buildTestTrust>

const WAIVER = 'urn:assay:predicate:waiver:v1'
const TEST_RESULT = 'https://in-toto.io/attestation/test-result/v0.1'

/** One role that asks for two, held by somebody who may have other roles. */
function trustOf(
  { types, threshold = 2 }: { readonly types?: readonly string[]; readonly threshold?: number },
  others: Trust['roles'] = [],
): Trust {
  const pair = { name: 'pair', threshold, ...(types && { predicateTypes: types }) }
  const roles = [pair, ...others]
  const holder = { name: 'ann', principal: 'ann', roles: roles.map(({ name }) => name) }
  return { keys: [holder] as unknown as Trust['keys'], identities: [], roles }
}

function lintSelected(family: string, trust: Trust): readonly string[] {
  const registry = registryOf(draft({ select: { family, role: 'pair' } }))
  return lintPolicies(registry, { trust }).map(({ code, message }) => `${code} ${message}`)
}

const never = (family: string) =>
  `Records of the family ${family} are judged one by one, and the role "pair" asks for 2 signers: none is ever accepted in it`

describe('lint of thresholds', () => {
  it('finds a role in which no waiver is ever accepted', () => {
    const found = [{ code: 'policy/role-threshold', message: never('waiver') }]
    expect(lintTrust(trustOf({ types: [WAIVER] }))).toEqual(found)
    expect(lintTrust(trustOf({ types: [WAIVER], threshold: 1 }))).toEqual([])
    expect(lintTrust(trustOf({}))).toEqual([])
    expect(lintTrust({ ...trustOf({ types: [WAIVER] }), keys: [] })).toEqual(found)
  })

  it.each([
    'urn:assay:predicate:approval:v1',
    'urn:assay:predicate:adoption-review:v1',
    'https://slsa.dev/provenance/v1',
    TEST_RESULT,
  ])('lets %s be, of which signatures are counted', (type) => {
    expect(lintTrust(trustOf({ types: [type] }))).toEqual([])
  })

  it('goes by what else a holder may sign it as: a decision in roles that name it alone', () => {
    const incident = 'urn:assay:predicate:incident:v1'
    const general = [{ name: 'general', threshold: 1 }]
    expect(lintTrust(trustOf({ types: [incident] }))).toHaveLength(1)
    expect(lintTrust(trustOf({ types: [incident] }, general))).toEqual([])
    expect(lintTrust(trustOf({ types: [WAIVER] }, general))).toHaveLength(1)
    const one = { name: 'one', threshold: 1, predicateTypes: [WAIVER] }
    expect(lintTrust(trustOf({ types: [WAIVER] }, [one]))).toEqual([])
    expect(lintTrust(trustOf({ types: [WAIVER] }, [{ ...one, draft: true }]))).toHaveLength(1)
  })

  it('finds a requirement that selects such a role', () => {
    expect(lintSelected('test-result', trustOf({}))).toEqual([
      `policy/role-threshold policy.mine: ${never('test-result')}`,
    ])
    expect(lintSelected('test-result', trustOf({ threshold: 1 }))).toEqual([])
    expect(lintSelected('approval', trustOf({}))).toEqual([])
    expect(lintSelected('provenance', trustOf({}))).toEqual([])
    expect(lintSelected('certification', trustOf({}, [{ name: 'g', threshold: 1 }]))).toEqual([])
  })
})
