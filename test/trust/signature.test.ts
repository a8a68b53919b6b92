import { constants, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isSignedBy } from '../../src/trust/index.ts'
import { newKey, P256_JWK, pemOf, readKey } from './keys.ts'

const MESSAGE = Buffer.from('DSSEv1 29 http://example.com/HelloWorld 11 hello world')

describe('isSignedBy()', () => {
  it('takes the published DSSE signature only as DER', () => {
    const joined = Buffer.from(
      'A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==',
      'base64',
    )
    expect(isSignedBy(readKey(P256_JWK), MESSAGE, joined)).toBe(false)
    expect(isSignedBy(readKey(P256_JWK), MESSAGE, derOf(joined))).toBe(true)
  })

  it('fixes the digest by the kind of key (A-28)', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    const key = readKey(pemOf(publicKey))
    expect(isSignedBy(key, MESSAGE, sign('sha384', MESSAGE, privateKey))).toBe(true)
    expect(isSignedBy(key, MESSAGE, sign('sha256', MESSAGE, privateKey))).toBe(false)
  })

  it('takes RSA as PKCS#1 v1.5 with SHA-256 alone', () => {
    const { publicKey, privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const trusted = readKey(pemOf(publicKey))
    const padding = constants.RSA_PKCS1_PSS_PADDING
    expect(isSignedBy(trusted, MESSAGE, sign('sha256', MESSAGE, key))).toBe(true)
    expect(isSignedBy(trusted, MESSAGE, sign('sha1', MESSAGE, key))).toBe(false)
    expect(isSignedBy(trusted, MESSAGE, sign('sha256', MESSAGE, { key, padding }))).toBe(false)
  })

  it('says no to what is no signature at all', () => {
    for (const signature of [new Uint8Array(), Uint8Array.of(0x30), new Uint8Array(64)]) {
      expect(isSignedBy(newKey(), MESSAGE, signature)).toBe(false)
      expect(isSignedBy(readKey(P256_JWK), MESSAGE, signature)).toBe(false)
    }
  })
})

/** r and s joined, as DER. */
function derOf(joined: Uint8Array): Uint8Array {
  const integers = [joined.subarray(0, 32), joined.subarray(32)].map((part) => {
    const bytes = (part[0] ?? 0) >= 0x80 ? Uint8Array.of(0, ...part) : part
    return Uint8Array.of(2, bytes.length, ...bytes)
  })
  const content = integers.flatMap((bytes) => [...bytes])
  return Uint8Array.of(0x30, content.length, ...content)
}
