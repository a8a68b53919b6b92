import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '../../src/core/index.ts'
import { parsePublicKey } from '../../src/trust/index.ts'
import { ED25519_JWK, P256_JWK, pemOf, readKey, RSA_JWK } from './keys.ts'

const OPENSSH = `ssh-ed25519 ${Buffer.from(
  `0000000b7373682d6564323535313900000020${Buffer.from(ED25519_JWK.x, 'base64url').toString('hex')}`,
  'hex',
).toString('base64')} me`

const FORMS = [
  ['SPKI', pemOf(readKey(P256_JWK).key)],
  ['JWK', JSON.stringify(RSA_JWK)],
  ['OpenSSH', OPENSSH],
] as const

describe('parsePublicKey()', () => {
  it.each(FORMS)('never throws, whichever bit of a key in %s is flipped', (_, text) => {
    const original = encodeUtf8(text)
    const { keyId } = readKey(text)
    fc.assert(
      fc.property(fc.nat(original.length * 8 - 1), (bit) => {
        const flipped = original.slice()
        flipped[bit >> 3]! ^= 1 << (bit & 7)
        const result = parsePublicKey(flipped)
        // Bits of comments, blanks and line ends do not matter; all others make another key or none.
        if (result.ok && result.value.keyId === keyId) expect(sameMeaning(text, flipped)).toBe(true)
        else expect(result.ok || result.problems.length > 0).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(parsePublicKey(bytes).ok).toBe(false)
      }),
    )
  })
})

/** True when the two differ in blanks or in the comment at the end only. */
function sameMeaning(text: string, flipped: Uint8Array): boolean {
  const words = (whole: string) =>
    whole.split(/\s+/).slice(0, text.startsWith('ssh-') ? 2 : undefined)
  return words(Buffer.from(flipped).toString()).join(' ').trim() === words(text).join(' ').trim()
}
