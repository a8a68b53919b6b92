import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodePae } from '../../../src/bundle/index.ts'
import {
  encodeLogRequestV1,
  encodeLogRequestV2,
  generatePrivateKey,
  parseLogResponseV1,
  parseLogResponseV2,
} from '../../../src/sign/index.ts'
import { encodePublicKey } from '../../../src/trust/index.ts'
import { codes, valueOf } from '../../trust/keys.ts'
import { freshKey } from '../../verify/keys.ts'
import { createTestLog } from '../../verify/sigstore/test-log.ts'
import { answerV1 } from './log-answers.ts'

const envelope = {
  payloadType: 'application/vnd.in-toto+json',
  payload: Buffer.from('{}'),
  signature: Buffer.from('signature'),
}
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const jsonOf = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString())
const pae = encodePae(envelope.payloadType, envelope.payload)

describe('encodeLogRequestV2()', () => {
  it('sends the digest of the PAE, the signature and who verifies it', () => {
    const { publicKey } = generatePrivateKey('p256')
    const certificate = Buffer.from('certificate')
    const request = valueOf(encodeLogRequestV2({ envelope, publicKey, certificate }))
    expect(jsonOf(request)).toEqual({
      hashedRekordRequestV002: {
        digest: createHash('sha256').update(pae).digest('base64'),
        signature: {
          content: base64(envelope.signature),
          verifier: {
            x509Certificate: { rawBytes: base64(certificate) },
            keyDetails: 'PKIX_ECDSA_P256_SHA_256',
          },
        },
      },
    })
  })

  it.each([
    ['P-256', 'sha256', 'PKIX_ECDSA_P256_SHA_256'],
    ['P-384', 'sha384', 'PKIX_ECDSA_P384_SHA_384'],
    ['P-521', 'sha512', 'PKIX_ECDSA_P521_SHA_512'],
    ['rsa', 'sha256', 'PKIX_RSA_PKCS1V15_2048_SHA256'],
  ] as const)('says what a key of the type %s is, and uses its digest', (type, digest, name) => {
    const { publicKey } = freshKey(type, digest)
    const request = valueOf(encodeLogRequestV2({ envelope, publicKey }))
    const spki = publicKey.key.export({ type: 'spki', format: 'der' })
    expect(jsonOf(request)).toMatchObject({
      hashedRekordRequestV002: {
        digest: createHash(digest).update(pae).digest('base64'),
        signature: { verifier: { publicKey: { rawBytes: base64(spki) }, keyDetails: name } },
      },
    })
  })

  it('refuses Ed25519, which signs no digest (CS-7)', () => {
    const { publicKey } = generatePrivateKey('ed25519')
    expect(codes(encodeLogRequestV2({ envelope, publicKey }))).toEqual(['sign/log-key-type'])
  })
})

describe('encodeLogRequestV1()', () => {
  it('sends the envelope and who verifies it', () => {
    const { publicKey } = generatePrivateKey('ed25519')
    const request = jsonOf(encodeLogRequestV1({ envelope, publicKey })) as {
      spec: { proposedContent: { envelope: string; verifiers: readonly string[] } }
    }
    expect(request).toMatchObject({ apiVersion: '0.0.1', kind: 'dsse' })
    const { proposedContent } = request.spec
    expect(JSON.parse(proposedContent.envelope)).toEqual({
      payloadType: envelope.payloadType,
      payload: base64(envelope.payload),
      signatures: [{ sig: base64(envelope.signature) }],
    })
    expect(proposedContent.verifiers).toEqual([base64(encodePublicKey(publicKey))])
  })

  it('sends a certificate as PEM', () => {
    const { publicKey } = generatePrivateKey('p256')
    const certificate = Buffer.from('certificate')
    const request = Buffer.from(encodeLogRequestV1({ envelope, publicKey, certificate })).toString()
    const pem = '-----BEGIN CERTIFICATE-----\nY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n'
    expect(request).toContain(Buffer.from(pem).toString('base64'))
  })
})

const parseV1 = (answer: unknown) => parseLogResponseV1(Buffer.from(JSON.stringify(answer)))

describe('parseLogResponseV1()', () => {
  const log = createTestLog({ generation: 1 })
  log.append({ kind: 'dsse', apiVersion: '0.0.1', spec: {} })
  const entry = log.entry(log.append({ kind: 'dsse', apiVersion: '0.0.1', spec: { n: 2 } }))

  it('gives the entry as a bundle holds it', () => {
    const found = valueOf(parseV1(answerV1(entry)))
    expect(found).toMatchObject({ kind: 'dsse', version: '0.0.1', logIndex: entry.logIndex })
    expect(found.integratedTime).toBe(entry.integratedTime)
    for (const [a, b] of [
      [found.canonicalizedBody, entry.canonicalizedBody],
      [found.inclusionPromise, entry.inclusionPromise],
      [found.inclusionProof?.rootHash, entry.inclusionProof?.rootHash],
      [found.inclusionProof?.hashes[0], entry.inclusionProof?.hashes[0]],
    ]) {
      expect(Buffer.from(a ?? [])).toEqual(Buffer.from(b ?? []))
    }
  })

  it('reads hashes that are null as none, as Go writes them', () => {
    const first = createTestLog({ generation: 1 })
    const only = first.entry(first.append({ kind: 'dsse', apiVersion: '0.0.1', spec: {} }))
    const text = JSON.stringify(answerV1(only)).replace('"hashes":[]', '"hashes":null')
    const found = valueOf(parseLogResponseV1(Buffer.from(text)))
    expect(found.inclusionProof?.hashes).toEqual([])
  })

  it.each<[string, unknown]>([
    ['garbage', '<html>'],
    ['no entry', {}],
    ['two entries', { ...answerV1(entry), other: Object.values(answerV1(entry))[0] }],
    ['a body that is no base64', answerV1(entry, { body: '!' })],
    ['a body without a kind', answerV1(entry, { body: base64(Buffer.from('{}')) })],
    ['a negative index', answerV1(entry, { logIndex: -1 })],
    ['a number that was rounded', answerV1(entry, { logIndex: 2 ** 53 })],
    ['a log id that is no hexadecimal', answerV1(entry, { logID: 'xyz' })],
    ['no proof', answerV1(entry, { verification: {} })],
  ])('refuses %s', (_, answer) => {
    expect(codes(parseV1(answer))).toEqual(['sign/log-response'])
  })

  it('refuses what the reader of bundles would refuse', () => {
    const short = answerV1(entry)
    const text = JSON.stringify(short).replace(/"rootHash":"[0-9a-f]{2}/, '"rootHash":"')
    expect(codes(parseLogResponseV1(Buffer.from(text)))).toEqual(['sign/log-response'])
  })
})

describe('parseLogResponseV2()', () => {
  it('reads the JSON of a bundle', () => {
    const answer = {
      logIndex: '7',
      logId: { keyId: base64(Buffer.alloc(32, 1)) },
      kindVersion: { kind: 'hashedrekord', version: '0.0.2' },
      integratedTime: '0',
      inclusionProof: {
        logIndex: '7',
        treeSize: '8',
        rootHash: base64(Buffer.alloc(32, 2)),
        checkpoint: { envelope: 'x' },
      },
      canonicalizedBody: base64(Buffer.from('{}')),
    }
    const parse = (value: unknown) => parseLogResponseV2(Buffer.from(JSON.stringify(value)))
    expect(valueOf(parse(answer))).toMatchObject({ logIndex: 7n, kind: 'hashedrekord' })
    for (const wrong of ['x', [], { ...answer, logIndex: 7 }, { ...answer, more: 1 }]) {
      expect(codes(parse(wrong))).toEqual(['sign/log-response'])
    }
    expect(codes(parseLogResponseV2(Buffer.from('{')))).toEqual(['sign/log-response'])
  })
})
