import { createHash, generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  createLocalSigner,
  encodePublicKeyRequest,
  encodeSignRequest,
  generatePrivateKey,
  parsePublicKeyResponse,
  parseSignResponse,
  signerRequestSchema,
} from '../../src/sign/index.ts'
import { encodePublicKey } from '../../src/trust/index.ts'
import { codes, pemOf, valueOf } from '../trust/keys.ts'

const BYTES = Buffer.from('DSSEv1 28 application/vnd.in-toto+json 2 {}')
const key = generatePrivateKey('p384')
const other = generatePrivateKey('p384')
const signature = Buffer.from(await createLocalSigner(key).sign(BYTES)).toString('base64')
const publicKey = Buffer.from(encodePublicKey(key.publicKey)).toString()
const response = (members: object) =>
  Buffer.from(JSON.stringify({ schema: 'assay/signer-response/v1', publicKey, ...members }))
const read = (request: Uint8Array) => JSON.parse(Buffer.from(request).toString()) as unknown

describe('a request', () => {
  it('asks for the public key', () => {
    expect(read(encodePublicKeyRequest())).toEqual({
      schema: 'assay/signer-request/v1',
      action: 'public-key',
    })
  })

  it('asks for a signature over bytes, with the digest that the kind of key signs', () => {
    expect(read(encodeSignRequest(key.publicKey, BYTES))).toEqual({
      schema: 'assay/signer-request/v1',
      action: 'sign',
      keyId: key.publicKey.keyId,
      keyType: 'p384',
      payload: BYTES.toString('base64'),
      digest: { algorithm: 'sha384', value: createHash('sha384').update(BYTES).digest('hex') },
    })
  })

  it('is what its schema says, for every kind of key', () => {
    const requests = (['p256', 'p384', 'ed25519', 'rsa4096'] as const).map((type) =>
      encodeSignRequest(generatePrivateKey(type).publicKey, BYTES),
    )
    for (const request of [encodePublicKeyRequest(), ...requests].map(read)) {
      expect(signerRequestSchema.safeParse(request).error).toBeUndefined()
      const { action: _, ...others } = request as Record<string, unknown>
      expect(signerRequestSchema.safeParse(others).success).toBe(false)
    }
    const { payload: _, ...cut } = read(encodeSignRequest(key.publicKey, BYTES)) as Record<
      string,
      unknown
    >
    expect(signerRequestSchema.safeParse(cut).success).toBe(false)
  })

  it('that is the example of docs/signer-command.md is what its schema says', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/signer-command.md'), 'utf8')
    const [, example = ''] = /```json\n([^`]*signer-request[^`]*)```/.exec(page) ?? []
    expect(signerRequestSchema.safeParse(JSON.parse(example)).error).toBeUndefined()
  })

  it('has no digest for Ed25519, which signs the bytes themselves', () => {
    const { publicKey: ed25519 } = generatePrivateKey('ed25519')
    expect(read(encodeSignRequest(ed25519, BYTES))).not.toHaveProperty('digest')
  })
})

describe('a response', () => {
  it('gives the public key and the signature', () => {
    expect(valueOf(parsePublicKeyResponse(response({}))).keyId).toBe(key.publicKey.keyId)
    const signed = parseSignResponse(response({ signature }), key.publicKey, BYTES)
    expect(Buffer.from(valueOf(signed)).toString('base64')).toBe(signature)
  })

  const otherPem = Buffer.from(encodePublicKey(other.publicKey)).toString()
  const secret = key.key.export({ type: 'pkcs8', format: 'pem' }) as string
  it.each<[string, string, Uint8Array]>([
    ['no JSON', 'sign/signer-response', Buffer.from('ok')],
    ['two documents', 'sign/signer-response', Buffer.concat([response({}), response({})])],
    ['more than the limit', 'sign/signer-response', new Uint8Array(70_000).fill(32)],
    ['another schema', 'sign/signer-response', response({ schema: 'assay/signer-response/v2' })],
    ['an unknown member', 'sign/signer-response', response({ sig: signature })],
    ['no public key', 'sign/signer-response', response({ publicKey: undefined })],
    ['a private key', 'sign/signer-response', response({ publicKey: secret })],
    [
      'a weak key',
      'sign/signer-response',
      response({ publicKey: pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey) }),
    ],
    ['loose base64', 'sign/signer-response', response({ signature: ` ${signature}` })],
    ['no signature', 'sign/signature-wrong', response({})],
    ['a signature over something else', 'sign/signature-wrong', response({ signature: 'MAA=' })],
    [
      'another key than before',
      'sign/signature-wrong',
      response({ publicKey: otherPem, signature }),
    ],
  ])('is refused when it is %s (%s)', (_, code, bytes) => {
    const refused = parseSignResponse(bytes, key.publicKey, BYTES)
    expect(codes(refused)).toEqual([code])
    expect(JSON.stringify(refused)).not.toContain(secret.slice(60, 76))
  })
})
