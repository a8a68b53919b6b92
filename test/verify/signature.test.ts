// Signatures by every kind of key, and those that a lenient verifier would take too.

import { constants, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodePae, IN_TOTO_PAYLOAD_TYPE } from '../../src/bundle/index.ts'
import { freshKey, type TestKey, testKey } from './keys.ts'
import { ask, codesOf } from './question.ts'
import { type Json, readTrust, signedBundle, statement, trust } from './release.ts'

const trusting = ({ publicKey }: TestKey) =>
  readTrust(trust([{ name: 'release', publicKey: publicKey.jwk, roles: ['release'] }]))

/** The release, signed by the key with these options. */
function signedWith(key: TestKey, options: object, digest: string | null): Json {
  const privateKey = { key: key.privateKey, ...options }
  return signedBundle(statement(), {
    key: { ...key, sign: (bytes) => sign(digest, bytes, privateKey) },
  })
}

describe('a signature', () => {
  it.each([
    ['P-256', 'sha256'],
    ['P-384', 'sha384'],
    ['P-521', 'sha512'],
    ['rsa', 'sha256'],
  ] as const)('by a %s key with %s is accepted', (type, digest) => {
    const key = freshKey(type, digest)
    const { verdict, bundles } = ask([signedWith(key, {}, digest)], { trust: trusting(key) })
    expect(verdict.outcome).toBe('accepted')
    expect(bundles[0]?.verified?.signer).toMatchObject({ keyId: key.publicKey.keyId })
  })

  it.each([
    ['P-256', 'sha384'],
    ['P-384', 'sha256'],
    ['P-521', 'sha256'],
    ['rsa', 'sha1'],
    ['rsa', 'sha512'],
  ] as const)('by a %s key with %s is refused: the key fixes the digest (A-28)', (type, digest) => {
    const key = freshKey(type, digest)
    const { verdict } = ask([signedWith(key, {}, digest)], { trust: trusting(key) })
    expect(codesOf(verdict)).toEqual(['verify/signature-invalid'])
  })

  it('in the form of IEEE P1363 is refused, in DER it is accepted', () => {
    const key = freshKey('P-256', 'sha256')
    const as = (dsaEncoding: string) =>
      codesOf(ask([signedWith(key, { dsaEncoding }, 'sha256')], { trust: trusting(key) }).verdict)
    expect(as('ieee-p1363')).toEqual(['verify/signature-invalid'])
    expect(as('der')).toEqual([])
  })

  it('with the padding of RSA-PSS is refused, with that of PKCS#1 it is accepted', () => {
    const key = freshKey('rsa', 'sha256')
    const as = (padding: number) =>
      codesOf(ask([signedWith(key, { padding }, 'sha256')], { trust: trusting(key) }).verdict)
    expect(as(constants.RSA_PKCS1_PSS_PADDING)).toEqual(['verify/signature-invalid'])
    expect(as(constants.RSA_PKCS1_PADDING)).toEqual([])
  })

  it('over the payload and not its pre-authentication encoding is refused', () => {
    const key = testKey('release')
    const payload = Buffer.from(JSON.stringify(statement()))
    const over = (bytes: Uint8Array) =>
      codesOf(
        ask([signedBundle(payload, { key: { ...key, sign: () => key.sign(bytes) } })]).verdict,
      )
    expect(over(payload)).toEqual(['verify/signature-invalid'])
    expect(over(encodePae(IN_TOTO_PAYLOAD_TYPE, payload))).toEqual([])
  })

  it.each([0, 1, 63, 64, 65, 72, 4096])(
    'of %i junk bytes is refused by every kind of key',
    (length) => {
      const sig = Buffer.alloc(length, 0x30)
      for (const key of [
        testKey('release'),
        freshKey('P-256', 'sha256'),
        freshKey('rsa', 'sha256'),
      ]) {
        const bundle = signedBundle(statement(), { key: { ...key, sign: () => sig } })
        expect(ask([bundle], { trust: trusting(key) }).verdict.outcome).not.toBe('accepted')
      }
    },
  )

  it('by the other root of the curve is the same signer saying the same (A-30)', () => {
    const key = freshKey('P-256', 'sha256')
    const bundle = signedWith(key, { dsaEncoding: 'ieee-p1363' }, 'sha256')
    const { signatures } = bundle['dsseEnvelope'] as { signatures: [{ sig: string }] }
    const raw = Buffer.from(signatures[0].sig, 'base64')
    const with_ = (s: bigint): Json => ({
      ...bundle,
      dsseEnvelope: {
        ...(bundle['dsseEnvelope'] as object),
        signatures: [{ sig: derSignature(BigInt(`0x${raw.toString('hex', 0, 32)}`), s) }],
      },
    })
    const s = BigInt(`0x${raw.toString('hex', 32)}`)
    const run = ask([with_(s), with_(P256_ORDER - s)], { trust: trusting(key) })
    expect(run.verdict.outcome).toBe('accepted')
    const two = readTrust(
      trust(
        [{ name: 'release', publicKey: key.publicKey.jwk, roles: ['two'] }],
        [{ name: 'two', threshold: 2 }],
      ),
    )
    const counted = ask([with_(s), with_(P256_ORDER - s)], { trust: two }).verdict
    expect(codesOf(counted)).toEqual(['verify/role-threshold'])
  })
})

const P256_ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

function derSignature(r: bigint, s: bigint): string {
  const integer = (value: bigint) => {
    const hex = value.toString(16)
    const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
    const signed = (bytes[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.of(0), bytes]) : bytes
    return Buffer.concat([Buffer.of(2, signed.length), signed])
  }
  const body = Buffer.concat([integer(r), integer(s)])
  return Buffer.concat([Buffer.of(0x30, body.length), body]).toString('base64')
}
