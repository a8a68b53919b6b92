import { describe, expect, it } from 'vitest'
import {
  addKey,
  addRole,
  buildEmptyTrust,
  encodeTrust,
  parseTrust,
  revokeKey,
  type TrustDocument,
  type TrustedKey,
} from '../../src/trust/index.ts'
import { codes, newKey, valueOf } from './keys.ts'

const key = (name: string, more: Partial<TrustedKey> = {}): TrustedKey => ({
  name,
  publicKey: newKey(),
  roles: ['release'],
  ...more,
})
const withKey = (entry: TrustedKey): TrustDocument => valueOf(addKey(buildEmptyTrust(), entry))
const JUNE = Date.UTC(2026, 5, 1)

describe('addKey()', () => {
  it('gives a new document and leaves the old one as it was', () => {
    const before = buildEmptyTrust()
    const after = withKey(
      key('a', { notBefore: JUNE, notAfter: JUNE, principal: 'p', kind: 'person' }),
    )
    expect(before.keys).toEqual([])
    expect(after.keys).toMatchObject([
      { name: 'a', notBefore: JUNE, notAfter: JUNE, kind: 'person' },
    ])
    expect(valueOf(parseTrust(encodeTrust(after)))).toMatchObject({ digest: after.digest })
  })

  it('refuses what a file could not hold either', () => {
    const a = key('a')
    const document = withKey(a)
    expect(codes(addKey(document, { ...a, name: 'b' }))).toEqual(['trust/key-duplicate'])
    expect(codes(addKey(document, key('A')))).toEqual(['trust/name-duplicate'])
    expect(codes(addKey(document, key('b b')))).toEqual(['trust/document'])
    expect(codes(addKey(document, key('b', { roles: ['approver'] })))).toEqual([
      'trust/role-unknown',
    ])
    expect(codes(addKey(document, key('b', { notBefore: 2, notAfter: 1 })))).toEqual([
      'trust/validity',
    ])
    expect(codes(addKey(document, key('b')))).toBe('accepted')
  })
})

describe('addRole()', () => {
  it('declares a role that keys can then have', () => {
    const role = {
      name: 'approver',
      threshold: 2,
      distinctFrom: ['release'],
      targets: ['production'],
    }
    const document = valueOf(addRole(buildEmptyTrust(), role))
    expect(document.roles).toEqual([role])
    expect(codes(addKey(document, key('a', { roles: ['approver'] })))).toBe('accepted')
  })

  it('refuses the built-in name, a second one, and a threshold that is no count', () => {
    const document = valueOf(addRole(buildEmptyTrust(), { name: 'approver', threshold: 1 }))
    expect(codes(addRole(document, { name: 'release', threshold: 1 }))).toEqual([
      'trust/role-reserved',
    ])
    expect(codes(addRole(document, { name: 'approver', threshold: 1 }))).toEqual([
      'trust/name-duplicate',
    ])
    expect(codes(addRole(document, { name: 'b', threshold: Number.NaN }))).toEqual([
      'trust/document',
    ])
    expect(codes(addRole(document, { name: 'b', threshold: 1 }))).toBe('accepted')
  })
})

describe('revokeKey()', () => {
  const revoked = (at: number, reason: 'compromised' | 'retired') =>
    valueOf(revokeKey(withKey(key('a')), 'a', { at, reason }))

  it('writes the end of the one key down', () => {
    const document = valueOf(addKey(withKey(key('a')), key('b')))
    const after = valueOf(revokeKey(document, 'b', { at: JUNE, reason: 'retired' }))
    expect(after.keys.map((entry) => entry.revoked)).toEqual([
      undefined,
      { at: JUNE, reason: 'retired' },
    ])
  })

  it('refuses a name that no key has', () => {
    const result = revokeKey(withKey(key('a')), 'constructor', { at: JUNE, reason: 'retired' })
    expect(codes(result)).toEqual(['trust/key-unknown'])
  })

  // First revocation, second revocation, and whether the second is at least as strict.
  it.each([
    ['retired', 'retired', -1, true],
    ['retired', 'compromised', 0, true],
    ['compromised', 'compromised', -1, true],
    ['retired', 'retired', 1, false],
    ['retired', 'compromised', 1, false],
    ['compromised', 'retired', -1, false],
    ['compromised', 'compromised', 1, false],
  ] as const)('after %s: %s, %i milliseconds later', (first, second, later, allowed) => {
    const result = revokeKey(revoked(JUNE, first), 'a', { at: JUNE + later, reason: second })
    expect(codes(result)).toEqual(allowed ? 'accepted' : ['trust/revoked-already'])
  })
})
