import { describe, expect, it } from 'vitest'
import { judgeKey, type TrustedKey } from '../../src/trust/index.ts'
import { newKey } from './keys.ts'

const key = (more: Partial<TrustedKey> = {}): TrustedKey => ({
  name: 'a',
  publicKey: newKey(),
  roles: ['release'],
  ...more,
})

describe('judgeKey()', () => {
  it('accepts a key without limits at any time', () => {
    expect(judgeKey(key(), { at: 0, independent: false })).toBe('valid')
  })

  // both ends belong to the validity.
  it.each([
    [9, 'not-yet-valid'],
    [10, 'valid'],
    [20, 'valid'],
    [21, 'expired'],
  ])('judges a key of 10 to 20 at %i as %s', (at, standing) => {
    const entry = key({ notBefore: 10, notAfter: 20 })
    expect(judgeKey(entry, { at, independent: false })).toBe(standing)
    expect(judgeKey(entry, { at, independent: true })).toBe(standing)
  })

  // revoked at 15.
  it.each([
    ['retired', 14, true, 'valid'],
    ['retired', 14, false, 'valid'],
    ['retired', 15, true, 'retired'],
    ['retired', 15, false, 'retired'],
    ['compromised', 14, true, 'valid'],
    ['compromised', 15, true, 'compromised'],
    ['compromised', 14, false, 'compromised'],
    ['compromised', 16, false, 'compromised'],
    ['compromised', 9, true, 'not-yet-valid'],
    ['retired', 21, true, 'expired'],
  ] as const)(
    'judges a key %s at 15, at %i, independent %s, as %s',
    (reason, at, independent, standing) => {
      const entry = key({ notBefore: 10, notAfter: 20, revoked: { at: 15, reason } })
      expect(judgeKey(entry, { at, independent })).toBe(standing)
    },
  )
})
