import { describe, expect, it } from 'vitest'
import { findRole, isRoleFor, principalOf, RELEASE_ROLE } from '../../src/trust/index.ts'
import { parse, WHOLE } from './documents.ts'
import { valueOf } from './keys.ts'

describe('roles', () => {
  const document = valueOf(parse(WHOLE))
  const approver = document.roles[0]!
  const statement = { predicateType: 'https://slsa.dev/provenance/v1' }

  it('are found by name, with the built-in one and nothing that JavaScript inherits', () => {
    expect(findRole(document, 'release')).toBe(RELEASE_ROLE)
    expect(findRole(document, 'approver')).toBe(approver)
    expect(
      ['toString', '__proto__', 'constructor'].map((name) => findRole(document, name)),
    ).toEqual([undefined, undefined, undefined])
  })

  it('say which predicate types and targets their keys may sign', () => {
    const target = 'render_staging_rollout'
    expect(isRoleFor(RELEASE_ROLE, { predicateType: 'https://example.org/anything' })).toBe(true)
    expect(isRoleFor(approver, { ...statement, target })).toBe(true)
    expect(isRoleFor(approver, { ...statement, target: 'production' })).toBe(false)
    expect(isRoleFor(approver, { predicateType: 'https://slsa.dev/provenance/v2', target })).toBe(
      false,
    )
    // A missing fact never helps.
    expect(isRoleFor(approver, statement)).toBe(false)
  })

  it('count principals: the named one, or else the key', () => {
    expect(document.keys.map(principalOf)).toEqual(['alice', 'https://ci.example.org/release'])
  })
})
