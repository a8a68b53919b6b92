import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodePem } from '../../src/trust/index.ts'
import { encodeEncryptedKey, generatePrivateKey, parsePrivateKey } from '../../src/sign/index.ts'
import { hasTool } from '../outside-tool.ts'
import { codes, pemOf, valueOf } from '../trust/keys.ts'
import { newPath, PASSPHRASE, readStored, sshKeygen } from './key-files.ts'

const pkcs8 = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }) as string
const parse = (text: string) => parsePrivateKey(Buffer.from(text), PASSPHRASE)
const ec = (namedCurve = 'P-256') => generateKeyPairSync('ec', { namedCurve })
const { publicKey, privateKey } = ec()
const plain = pkcs8(privateKey)
const jwk = privateKey.export({ format: 'jwk' })
const rsaJwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  format: 'jwk',
})
const other = ec().publicKey.export({ format: 'jwk' })

/** What is wrong, the code, the key that is refused for it, and the nearest one that is accepted. */
type Case = readonly [string, string, string, string]

/** cosign's document inside the PEM block, changed. */
function cosign(change: (document: CosignKey) => void): string {
  const pem = readStored('cosign-ed25519.key.pem').toString()
  const [, label = '', body = ''] = /BEGIN ([A-Z ]+)-----\n([^-]+)-/.exec(pem) ?? []
  const document = JSON.parse(Buffer.from(body, 'base64').toString()) as CosignKey
  change(document)
  return encodePem(label, Buffer.from(JSON.stringify(document)))
}

interface CosignKey {
  kdf: { name: string; params: { N: number; r: number; p: number }; salt: string }
  cipher: { name: string; nonce: string }
  ciphertext: string
}

/** Our own encrypted key with other bytes for one of scrypt's numbers, or any others of the same length. */
function encrypted(from: string, to: string): string {
  const pem = Buffer.from(valueOf(encodeEncryptedKey(generatePrivateKey('p256'), PASSPHRASE)))
  const der = Buffer.from(pem.toString().replaceAll(/-----.*-----|\s/g, ''), 'base64').toString(
    'hex',
  )
  if (!der.includes(from)) throw new Error(`expected ${from} in the key`)
  return encodePem('ENCRYPTED PRIVATE KEY', Buffer.from(der.replace(from, to), 'hex'))
}

const SCRYPT = '2b06010401da47040b'
const N16384 = '02024000020108020105020120'

describe('parsePrivateKey() refuses', () => {
  it.each<Case>([
    ['nothing', 'sign/key-format', '', plain],
    ['other text', 'sign/key-format', 'hello', plain],
    ['a public key', 'sign/key-format', pemOf(publicKey), plain],
    ['a public JWK', 'sign/key-format', JSON.stringify(other), JSON.stringify(jwk)],
    ['a certificate', 'sign/key-format', encodePem('CERTIFICATE', Uint8Array.of(48, 0)), plain],
    ['two keys', 'sign/key-format', plain + plain, plain],
    ['broken JSON', 'sign/key-format', `${JSON.stringify(jwk)}}`, JSON.stringify(jwk)],
    ['broken PEM', 'trust/key-invalid', plain.slice(0, -20), plain],
    [
      'bytes that are no key',
      'sign/key-damaged',
      encodePem('PRIVATE KEY', Uint8Array.of(48, 0)),
      plain,
    ],
    [
      'a JWK that is no key',
      'sign/key-damaged',
      JSON.stringify({ ...rsaJwk, dp: undefined }),
      JSON.stringify(rsaJwk),
    ],
    ['a file that is too large', 'trust/key-size', ' '.repeat(70_000) + plain, plain],
    ['secp256k1', 'trust/key-algorithm', pkcs8(ec('secp256k1').privateKey), plain],
    ['X25519', 'trust/key-algorithm', pkcs8(generateKeyPairSync('x25519').privateKey), plain],
    [
      'RSA of 1024 bits',
      'trust/key-weak',
      pkcs8(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey),
      pkcs8(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
    ],
    [
      'a JWK with the public half of another key',
      'sign/key-mismatch',
      JSON.stringify({ ...jwk, x: other.x, y: other.y }),
      JSON.stringify(jwk),
    ],
    [
      'an Ed25519 JWK with the public half of another key',
      'sign/key-mismatch',
      JSON.stringify({
        ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
        x: generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x,
      }),
      JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })),
    ],
  ])('%s (%s)', (_, code, refused, accepted) => {
    expect(codes(parse(refused))).toEqual([code])
    expect(codes(parse(accepted))).toBe('accepted')
  })

  it('bytes that are not UTF-8', () => {
    expect(codes(parsePrivateKey(Uint8Array.of(0xff)))).toEqual(['sign/key-format'])
  })
})

describe('parsePrivateKey() refuses the encryption', () => {
  // Each is refused before anything is derived; a hostile file could else cost minutes and gigabytes.
  it.each<Case>([
    [
      'scrypt with N = 2^38',
      'sign/kdf-cost',
      encrypted(N16384, '02054000000000020108020105'),
      encrypted(N16384, N16384),
    ],
    [
      'scrypt with N = 16383',
      'sign/kdf-cost',
      encrypted(N16384, '02023fff020108020105020120'),
      encrypted(N16384, N16384),
    ],
    [
      'scrypt with N = 0',
      'sign/kdf-cost',
      encrypted(N16384, '02020000020108020105020120'),
      encrypted(N16384, N16384),
    ],
    [
      'scrypt with p = 127',
      'sign/kdf-cost',
      encrypted(N16384, '0202400002010802017f020120'),
      encrypted(N16384, N16384),
    ],
    [
      'scrypt with a negative r',
      'sign/kdf-cost',
      encrypted(N16384, '020240000201ff020105020120'),
      encrypted(N16384, N16384),
    ],
    [
      'scrypt without numbers',
      'sign/kdf-cost',
      encrypted(N16384, '0402400004010804010504'.padEnd(26, '0')),
      encrypted(N16384, N16384),
    ],
    [
      'another derivation',
      'sign/key-encryption',
      encrypted(SCRYPT, '2b06010401da470400'),
      encrypted(SCRYPT, SCRYPT),
    ],
    [
      'another scheme',
      'sign/key-encryption',
      encrypted('2a864886f70d01050d', '2a864886f70d01050e'),
      encrypted(SCRYPT, SCRYPT),
    ],
    [
      'encrypted PKCS#8 that is no DER',
      'sign/key-damaged',
      encodePem('ENCRYPTED PRIVATE KEY', Uint8Array.of(1, 2, 3)),
      encrypted(SCRYPT, SCRYPT),
    ],
    [
      'cosign with N = 2^30',
      'sign/kdf-cost',
      cosign((key) => (key.kdf.params.N = 2 ** 30)),
      cosign(() => 0),
    ],
    [
      'cosign with p = 1000',
      'sign/kdf-cost',
      cosign((key) => (key.kdf.params.p = 1000)),
      cosign(() => 0),
    ],
    [
      'cosign with N = -1',
      'sign/kdf-cost',
      cosign((key) => (key.kdf.params.N = -1)),
      cosign(() => 0),
    ],
    [
      'cosign with another cipher',
      'sign/key-damaged',
      cosign((key) => (key.cipher.name = 'aes')),
      cosign(() => 0),
    ],
    [
      'cosign with a short nonce',
      'sign/key-damaged',
      cosign((key) => (key.cipher.nonce = 'AAAA')),
      cosign(() => 0),
    ],
    [
      'cosign with a broken salt',
      'sign/key-damaged',
      cosign((key) => (key.kdf.salt = '!')),
      cosign(() => 0),
    ],
    [
      'cosign with an empty box',
      'sign/passphrase-wrong',
      cosign((key) => (key.ciphertext = '')),
      cosign(() => 0),
    ],
  ])('%s (%s)', (_, code, refused, accepted) => {
    const started = performance.now()
    expect(codes(parse(refused))).toEqual([code])
    expect(performance.now() - started).toBeLessThan(1_000)
    expect(codes(parse(accepted))).toBe('accepted')
  })
})

describe('parsePrivateKey()', () => {
  const hasSsh = hasTool('ssh-keygen', '-q', '-N', '', '-f', newPath())
  const forms: readonly (readonly [string, string])[] = [
    ['PKCS#8', plain],
    ['SEC1', privateKey.export({ type: 'sec1', format: 'pem' }) as string],
    ['JWK', JSON.stringify(jwk)],
    ...(hasSsh ? [['OpenSSH', sshKeygen('-N', '', '-t', 'ecdsa').secret.toString()] as const] : []),
  ]

  it.each(forms)('survives any flipped bit of %s, and tells nothing of the key', (_, text) => {
    const secrets = fragmentsOf(text)
    fc.assert(
      fc.property(fc.nat(text.length * 8 - 1), (bit) => {
        const flipped = Buffer.from(text)
        flipped[bit >> 3]! ^= 1 << (bit & 7)
        const result = parsePrivateKey(flipped, PASSPHRASE)
        if (result.ok) return
        const told = JSON.stringify(result.problems)
        expect(secrets.filter((secret) => told.includes(secret))).toEqual([])
      }),
      { numRuns: 300 },
    )
    expect(secrets.length).toBeGreaterThan(5)
  })

  it('survives any flipped bit of an encrypted key', () => {
    const pem = valueOf(encodeEncryptedKey(generatePrivateKey('p256'), PASSPHRASE))
    fc.assert(
      fc.property(fc.nat(pem.length * 8 - 1), (bit) => {
        const flipped = pem.slice()
        flipped[bit >> 3]! ^= 1 << (bit & 7)
        expect(parsePrivateKey(flipped, PASSPHRASE)).toBeDefined()
      }),
      { numRuns: 25 },
    )
  })
})

/** Eight characters at a time of everything in the text that is not a label. */
function fragmentsOf(text: string): readonly string[] {
  const body = text.replaceAll(/-----[^-]+-----|"[a-z]+":"(?:EC|P-256)"|\s/g, '')
  return body.match(/[A-Za-z0-9+/_-]{8}/g) ?? []
}
