import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signingActOf } from '../../src/record/signing-act.ts'
import { freshKey, type TestKey, testKey } from '../verify/keys.ts'

const PAYLOAD = Buffer.from('what was said')
const act = (signature: Uint8Array, payload: Uint8Array = PAYLOAD) =>
  signingActOf({ payloadType: 'application/vnd.in-toto+json', payload, signature })

const ORDERS = {
  'P-256': 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  'P-521': BigInt(
    `0x1${'f'.repeat(65)}a51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409`,
  ),
} as const

function number(hex: string): Buffer {
  const even = hex.length % 2 === 0 ? hex : `0${hex}`
  const bytes = Buffer.from(even, 'hex')
  const positive = (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes])
  return Buffer.concat([Buffer.of(2, positive.length), positive])
}

/** The other signature that verifies: anybody can make it of the first. */
function negated(signature: Uint8Array, order: bigint): Buffer {
  const bytes = Buffer.from(signature)
  const first = bytes[1] === 0x81 ? 3 : 2
  const second = first + 2 + (bytes[first + 1] ?? 0)
  const s = BigInt(`0x${bytes.subarray(second + 2).toString('hex')}`)
  const body = Buffer.concat([bytes.subarray(first, second), number((order - s).toString(16))])
  const length = body.length < 0x80 ? Buffer.of(body.length) : Buffer.of(0x81, body.length)
  return Buffer.concat([Buffer.of(0x30), length, body])
}

function verifies({ publicKey }: TestKey, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: publicKey.jwk, format: 'jwk' })
  return verify('sha512', PAYLOAD, key, signature)
}

describe('An act of signing', () => {
  it.each(['P-256', 'P-521'] as const)('is the same of both signatures of %s', (curve) => {
    const key = freshKey(curve, 'sha512')
    const signature = key.sign(PAYLOAD)
    const other = negated(signature, ORDERS[curve])
    expect([verifies(key, signature), verifies(key, other)]).toEqual([true, true])
    expect(Buffer.compare(signature, other)).not.toBe(0)
    expect(act(other)).toBe(act(signature))
    expect(act(key.sign(PAYLOAD))).not.toBe(act(signature))
  })

  it('is of the words and of the signature', () => {
    const signature = testKey('release').sign(PAYLOAD)
    expect(act(signature)).toBe(act(Buffer.from(signature)))
    expect(act(signature)).not.toBe(act(testKey('alice').sign(PAYLOAD)))
    expect(act(signature)).not.toBe(act(signature, Buffer.from('something else')))
  })

  it('is there for what is no signature at all', () => {
    expect(act(Uint8Array.of(0x30))).not.toBe(act(Uint8Array.of(0x31)))
  })
})
