import { createPublicKey, verify } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  encodeBundle,
  encodePae,
  IN_TOTO_PAYLOAD_TYPE,
  parseBundle,
} from '../../src/bundle/index.ts'
import {
  createLocalSigner,
  GENERATED_TYPES,
  generatePrivateKey,
  signStatement,
} from '../../src/sign/index.ts'
import { isSignedBy } from '../../src/trust/index.ts'
import { valueOf } from '../trust/keys.ts'

const STATEMENT = Buffer.from('{"_type":"https://in-toto.io/Statement/v1"}')

describe('signStatement()', () => {
  it.each(GENERATED_TYPES)('makes a bundle with a key of type %s', async (type) => {
    const key = generatePrivateKey(type)
    const bundle = await signStatement(STATEMENT, createLocalSigner(key))
    const again = valueOf(parseBundle(encodeBundle(bundle)))
    if (again.content.kind !== 'dsse') throw new Error('expected an envelope')
    const { envelope } = again.content
    expect(again.keyMaterial).toEqual({ kind: 'public-key', hint: key.publicKey.keyId })
    expect(envelope).toMatchObject({ payloadType: IN_TOTO_PAYLOAD_TYPE })
    expect(Buffer.from(envelope.payload)).toEqual(STATEMENT)
    expect(envelope.keyid).toBeUndefined()
    const pae = encodePae(envelope.payloadType, envelope.payload)
    expect(isSignedBy(key.publicKey, pae, envelope.signature)).toBe(true)
  })

  it('writes no keyid into the envelope, which cosign would compare with its own', async () => {
    const bundle = await signStatement(STATEMENT, createLocalSigner(generatePrivateKey('p256')))
    expect(Buffer.from(encodeBundle(bundle)).toString()).not.toContain('keyid')
  })

  it('signs the bytes as they are, also when they are no JSON', async () => {
    const key = generatePrivateKey('p256')
    const payload = Uint8Array.of(0, 0xff, 0x0a)
    const { content } = await signStatement(payload, createLocalSigner(key))
    if (content.kind !== 'dsse') throw new Error('expected an envelope')
    const { signature } = content.envelope
    const pae = encodePae(IN_TOTO_PAYLOAD_TYPE, payload)
    expect(verify('sha256', pae, createPublicKey(key.key), signature)).toBe(true)
  })

  it('lets no signature out that the public key does not verify', async () => {
    const signer = createLocalSigner(generatePrivateKey('p256'))
    const broken = { ...signer, sign: () => signer.sign(Uint8Array.of(1)) }
    await expect(signStatement(STATEMENT, broken)).rejects.toThrow('does not verify')
  })
})
