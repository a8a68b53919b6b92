import { describe, expect, it } from 'vitest'
import { envelopeDigestOf, signingActOf } from '../../../src/record/signer/signing-act.ts'
import { freshKey, testKey } from '../../verify/keys.ts'
import { keySigner } from '../folded.ts'

const SAID = Buffer.from('what was said')
const alice = keySigner('alice')

describe('An act of signing', () => {
  it('is the same of every key of a principal', () => {
    const other = { ...alice, name: 'another-key', keyId: 'another thumbprint' }
    expect(signingActOf(SAID, other)).toBe(signingActOf(SAID, alice))
  })

  it('is another one of other words, and of another principal', () => {
    const acts = [
      signingActOf(SAID, alice),
      signingActOf(Buffer.from('something else'), alice),
      signingActOf(SAID, keySigner('bob')),
      signingActOf(SAID, { ...alice, kind: 'person' }),
      signingActOf(SAID, { ...alice, kind: 'automation' }),
    ]
    expect(new Set(acts).size).toBe(acts.length)
  })
})

describe('The digest of an envelope', () => {
  const signed = { payloadType: 'application/vnd.in-toto+json', payload: SAID }

  it('is another one of other words, another key and another signature', () => {
    const ecdsa = freshKey('P-256', 'sha256')
    const signature = testKey('alice').sign(SAID)
    const digests = [
      envelopeDigestOf({ ...signed, signature }),
      envelopeDigestOf({ ...signed, signature: testKey('bob').sign(SAID) }),
      envelopeDigestOf({ ...signed, signature, payload: Buffer.from('something else') }),
      envelopeDigestOf({ ...signed, signature, payloadType: 'text/plain' }),
      envelopeDigestOf({ ...signed, signature: ecdsa.sign(SAID) }),
      envelopeDigestOf({ ...signed, signature: ecdsa.sign(SAID) }),
      envelopeDigestOf({ ...signed, signature: Buffer.of(0x30, 3, 2, 1, 5) }),
    ]
    expect(new Set(digests).size).toBe(digests.length)
  })

  it('is the same of both forms of a signature of ECDSA', () => {
    const pair = (s: number) => Buffer.of(0x30, 6, 2, 1, 5, 2, 1, s)
    const [one, other] = [pair(1), pair(2)].map((signature) =>
      envelopeDigestOf({ ...signed, signature }),
    )
    expect(one).toBe(other)
  })
})
