import { verify, X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  createLocalSigner,
  encodeCertificateRequest,
  generatePrivateKey,
  parseCertificateResponse,
  parseIdentityToken,
} from '../../../src/sign/index.ts'
import { encodePem } from '../../../src/trust/index.ts'
import { codes, valueOf } from '../../trust/keys.ts'
import { makeLeaf } from '../../verify/sigstore/test-authority.ts'
import { makeToken, TOKEN_TIME } from './tokens.ts'

const key = generatePrivateKey('p256')
const signer = createLocalSigner(key)
const pair = { publicKey: key.publicKey.key, privateKey: key.key }
const tokenOf = (claims: object = {}) => valueOf(parseIdentityToken(makeToken(claims), TOKEN_TIME))

const respond = (...certificates: readonly string[]) =>
  Buffer.from(JSON.stringify({ signedCertificateEmbeddedSct: { chain: { certificates } } }))
const pem = (der: Uint8Array) => encodePem('CERTIFICATE', der)

describe('encodeCertificateRequest()', () => {
  it('proves that the key is ours, over the subject of the token', async () => {
    for (const claims of [{}, { email: 'a@b.example', email_verified: true }]) {
      const who = tokenOf(claims)
      const request = JSON.parse(
        Buffer.from(await encodeCertificateRequest(who, signer)).toString(),
      ) as {
        credentials: object
        publicKeyRequest: { publicKey: { content: string }; proofOfPossession: string }
      }
      expect(request).toMatchObject({
        credentials: { oidcIdentityToken: who.text },
        publicKeyRequest: { publicKey: { algorithm: 'ECDSA' } },
      })
      const { publicKey, proofOfPossession } = request.publicKeyRequest
      const proof = Buffer.from(proofOfPossession, 'base64')
      expect(verify('sha256', Buffer.from(who.subject), publicKey.content, proof)).toBe(true)
    }
  })
})

describe('parseCertificateResponse()', () => {
  const leaf = makeLeaf({ key: pair })

  it('gives the certificate of our key', () => {
    const response = respond(pem(leaf), pem(makeLeaf()))
    const found = valueOf(parseCertificateResponse(response, signer))
    expect(Buffer.from(found)).toEqual(leaf)
    expect(new X509Certificate(found).publicKey.equals(pair.publicKey)).toBe(true)
  })

  it('refuses a certificate for another key', () => {
    const found = parseCertificateResponse(respond(pem(makeLeaf())), signer)
    expect(codes(found)).toEqual(['sign/certificate-mismatch'])
  })

  it.each<[string, Uint8Array]>([
    ['garbage', Buffer.from('<html>')],
    ['another document', Buffer.from('{"signedCertificateDetachedSct":{}}')],
    ['no certificate', respond()],
    ['a certificate that is not PEM', respond(leaf.toString('base64'))],
    ['a certificate that is none', respond(pem(Buffer.from('none')))],
    ['a certificate with bytes after it', respond(pem(Buffer.concat([leaf, Buffer.alloc(1)])))],
    ['two certificates in one place', respond(`${pem(leaf)}${pem(leaf)}`)],
    ['a key', respond(encodePem('PUBLIC KEY', leaf))],
    ['more certificates than a chain has', respond(...Array.from({ length: 11 }, () => pem(leaf)))],
  ])('refuses %s', (_, response) => {
    const found = parseCertificateResponse(response, signer)
    expect(codes(found)).toEqual(['sign/certificate-response'])
  })
})
