import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parsePublicKey } from '../../src/trust/index.ts'
import { codes, ED25519_JWK, parseKey, pemOf, RSA_JWK, readKey } from './keys.ts'

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
const pem = pemOf(p256)
const jwk = p256.export({ format: 'jwk' }) as { kty: string; crv: string; x: string; y: string }
const rsa = (bits: number, publicExponent = 65_537) =>
  pemOf(generateKeyPairSync('rsa', { modulusLength: bits, publicExponent }).publicKey)
const ec = (namedCurve: string) => pemOf(generateKeyPairSync('ec', { namedCurve }).publicKey)
const ssh = (type: string, ...fields: Uint8Array[]) => {
  const parts = [Buffer.from(type), ...fields].flatMap((field) => [
    Buffer.from(field.length.toString(16).padStart(8, '0'), 'hex'),
    field,
  ])
  return `${type} ${Buffer.concat(parts).toString('base64')}`
}
const point = Buffer.concat([
  Uint8Array.of(4),
  Buffer.from(jwk.x, 'base64url'),
  Buffer.from(jwk.y, 'base64url'),
])
const nistp256 = Buffer.from('nistp256')
const ed25519 = Buffer.from(ED25519_JWK.x, 'base64url')
const block = (label: string, der: Uint8Array) =>
  `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`
const spki = p256.export({ type: 'spki', format: 'der' })
const pkcs1 = readKey(RSA_JWK).key.export({ type: 'pkcs1', format: 'der' })
const modulus = Buffer.from(RSA_JWK.n, 'base64url')

/** What is wrong, the code, the key that is refused for it, and the nearest one that is accepted. */
type Case = readonly [string, string, string | object, string | object]

function judgeCase(...[, code, refused, accepted]: Case): void {
  expect(codes(parseKey(refused))).toEqual([code])
  expect(codes(parseKey(accepted))).toBe('accepted')
}

describe('parsePublicKey() refuses the key', () => {
  it.each<Case>([
    ['P-192', 'trust/key-algorithm', ec('prime192v1'), pem],
    ['secp256k1', 'trust/key-algorithm', ec('secp256k1'), pem],
    ['secp256k1 as JWK', 'trust/key-algorithm', { ...jwk, crv: 'secp256k1' }, jwk],
    ['X25519', 'trust/key-algorithm', pemOf(generateKeyPairSync('x25519').publicKey), pem],
    ['Ed448', 'trust/key-algorithm', pemOf(generateKeyPairSync('ed448').publicKey), pem],
    [
      'DSA',
      'trust/key-algorithm',
      pemOf(generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 }).publicKey),
      pem,
    ],
    [
      'RSA for PSS alone',
      'trust/key-algorithm',
      pemOf(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey),
      rsa(2048),
    ],
    ['a kind of key named toString', 'trust/key-algorithm', { ...jwk, kty: 'toString' }, jwk],
    ['a kind of key that is no text', 'trust/key-algorithm', { kty: 3 }, jwk],
    ['a key for encryption', 'trust/key-algorithm', { ...jwk, use: 'enc' }, { ...jwk, use: 'sig' }],
    [
      'a key that may not verify',
      'trust/key-algorithm',
      { ...jwk, key_ops: ['sign'] },
      { ...jwk, key_ops: ['verify'] },
    ],
    ['operations that are no list', 'trust/key-algorithm', { ...jwk, key_ops: 'verify' }, jwk],
    ['RSA for PSS by its "alg"', 'trust/key-algorithm', { ...RSA_JWK, alg: 'PS256' }, RSA_JWK],
    ['RSA of 1024 bits', 'trust/key-weak', rsa(1024), rsa(2048)],
    ['RSA of 2047 bits', 'trust/key-weak', rsa(2047), rsa(2048)],
    ['RSA with the exponent 3', 'trust/key-weak', rsa(2048, 3), rsa(2048)],
    ['RSA with a huge exponent', 'trust/key-weak', { ...RSA_JWK, e: 'AQAAAAAB' }, RSA_JWK],
    ['RSA with an even exponent', 'trust/key-weak', { ...RSA_JWK, e: 'AQAC' }, RSA_JWK],
    [
      'RSA of 8200 bits',
      'trust/key-weak',
      { ...RSA_JWK, n: base64url(Buffer.concat([modulus, Buffer.alloc(769, 1)])) },
      { ...RSA_JWK, n: base64url(Buffer.concat([modulus, Buffer.alloc(768, 1)])) },
    ],
    [
      'an even RSA modulus',
      'trust/key-weak',
      { ...RSA_JWK, n: base64url(Buffer.concat([modulus.subarray(0, -1), Uint8Array.of(2)])) },
      RSA_JWK,
    ],
    ['RSA without a modulus', 'trust/key-invalid', { kty: 'RSA', e: 'AQAB' }, RSA_JWK],
    ['RSA with a leading zero', 'trust/key-invalid', { ...RSA_JWK, e: 'AAEAAQ' }, RSA_JWK],
    ['RSA with an empty number', 'trust/key-invalid', { ...RSA_JWK, e: '' }, RSA_JWK],
    [
      'the identity as an Ed25519 key',
      'trust/key-weak',
      { ...ED25519_JWK, x: base64url(Buffer.from(`01${'00'.repeat(31)}`, 'hex')) },
      ED25519_JWK,
    ],
    [
      'an Ed25519 key above the prime',
      'trust/key-weak',
      { ...ED25519_JWK, x: base64url(Buffer.from(`f0${'ff'.repeat(31)}`, 'hex')) },
      ED25519_JWK,
    ],
    ['a short coordinate', 'trust/key-invalid', { ...jwk, x: jwk.x.slice(4) }, jwk],
    ['a padded coordinate', 'trust/key-invalid', { ...jwk, x: `${jwk.x}=` }, jwk],
    ['a coordinate of blanks', 'trust/key-invalid', { ...jwk, x: ' ' }, jwk],
    ['no second coordinate', 'trust/key-invalid', { kty: 'EC', crv: 'P-256', x: jwk.x }, jwk],
    ['a point off the curve', 'trust/key-invalid', { ...jwk, y: jwk.x }, jwk],
  ])('kind: %s (%s)', judgeCase)
})

describe('parsePublicKey() refuses the spelling', () => {
  it.each<Case>([
    ['nothing', 'trust/key-format', '', pem],
    ['other text', 'trust/key-format', 'hello', pem],
    ['a JWK in a list', 'trust/key-format', `[${JSON.stringify(jwk)}]`, jwk],
    ['a duplicate member', 'core/json-duplicate-key', `{"kty":"EC","k\\u0074y":"EC"}`, jwk],
    ['a file that is too large', 'trust/key-size', `${' '.repeat(65_536)}${pem}`, pem],
    ['two keys in a file', 'trust/key-invalid', pem + pem, pem],
    ['text after the key', 'trust/key-invalid', `${pem}and more`, `${pem}\n`],
    ['a certificate', 'trust/key-invalid', block('CERTIFICATE', spki), pem],
    ['a block that does not end', 'trust/key-invalid', pem.replace(/-----END[^]*/, ''), pem],
    [
      'a block with another end',
      'trust/key-invalid',
      pem.replace('END PUBLIC', 'END RSA PUBLIC'),
      pem,
    ],
    ['a stray line of dashes', 'trust/key-invalid', `-----BEGIN\n${pem}`, `BEGIN\n${pem}`],
    ['a block with headers', 'trust/key-invalid', pem.replace('-\n', '-\nComment: a\n\n'), pem],
    ['a block of nothing', 'trust/key-invalid', block('PUBLIC KEY', new Uint8Array()), pem],
    ['other characters in a block', 'trust/key-invalid', pem.replace('MFkw', 'M!kw'), pem],
    [
      'bytes after the key in a block (A-105)',
      'trust/key-invalid',
      block('PUBLIC KEY', Uint8Array.of(...spki, 0)),
      block('PUBLIC KEY', spki),
    ],
    ['a block without a sequence', 'trust/key-invalid', block('PUBLIC KEY', spki.subarray(2)), pem],
    [
      'a bit string with unused bits',
      'trust/key-invalid',
      block('PUBLIC KEY', spki.with(25, 1)),
      block('PUBLIC KEY', spki.with(25, 0)),
    ],
    ['a hybrid point', 'trust/key-invalid', block('PUBLIC KEY', hybridOf(spki)), pem],
    [
      'a compressed point with unused bits',
      'trust/key-invalid',
      block('PUBLIC KEY', compressedOf(spki, jwk).with(25, 1)),
      block('PUBLIC KEY', compressedOf(spki, jwk)),
    ],
    [
      'PKCS#1 as SPKI',
      'trust/key-invalid',
      block('PUBLIC KEY', pkcs1),
      block('RSA PUBLIC KEY', pkcs1),
    ],
    [
      'bytes after PKCS#1',
      'trust/key-invalid',
      block('RSA PUBLIC KEY', Uint8Array.of(...pkcs1, 0)),
      block('RSA PUBLIC KEY', pkcs1),
    ],
  ])('text: %s (%s)', judgeCase)

  it.each<Case>([
    [
      'a DSA key of OpenSSH',
      'trust/key-algorithm',
      ssh('ssh-dss', ed25519),
      ssh('ssh-ed25519', ed25519),
    ],
    [
      'a hardware key of OpenSSH',
      'trust/key-algorithm',
      ssh('sk-ssh-ed25519@openssh.com', ed25519),
      ssh('ssh-ed25519', ed25519),
    ],
    [
      'OpenSSH with two fields',
      'trust/key-algorithm',
      ssh('ssh-ed25519', ed25519, ed25519),
      ssh('ssh-ed25519', ed25519),
    ],
    [
      'OpenSSH of another type inside',
      'trust/key-invalid',
      ssh('ssh-ed25519', ed25519).replace('ssh-ed25519', 'ssh-rsa'),
      ssh('ssh-ed25519', ed25519),
    ],
    [
      'OpenSSH with loose base64',
      'trust/key-invalid',
      `${ssh('ssh-ed25519', ed25519)}=`,
      ssh('ssh-ed25519', ed25519),
    ],
    [
      'OpenSSH that is cut',
      'trust/key-invalid',
      `ssh-ed25519 ${Buffer.from('0000000bssh').toString('base64')}`,
      ssh('ssh-ed25519', ed25519),
    ],
    [
      'OpenSSH with half a length',
      'trust/key-invalid',
      'ssh-ed25519 AAAA',
      ssh('ssh-ed25519', ed25519),
    ],
    [
      'OpenSSH with a compressed point',
      'trust/key-invalid',
      ssh('ecdsa-sha2-nistp256', nistp256, point.subarray(0, 33)),
      ssh('ecdsa-sha2-nistp256', nistp256, point),
    ],
    [
      'OpenSSH of another curve',
      'trust/key-algorithm',
      ssh('ecdsa-sha2-nistp192', nistp256, point),
      ssh('ecdsa-sha2-nistp256', nistp256, point),
    ],
  ])('OpenSSH: %s (%s)', judgeCase)

  it('bytes that are not UTF-8', () => {
    expect(codes(parsePublicKey(Uint8Array.of(0xff, 0xfe)))).toEqual(['trust/key-format'])
  })
})

/** SPKI of P-256 has 26 bytes before the point, whose first byte says how it is written (SEC 1 section 2.3.3). */
function hybridOf(spki: Uint8Array): Uint8Array {
  return spki.with(26, 6 + (spki.at(-1)! & 1))
}

function compressedOf(spki: Uint8Array, { x }: { x: string }): Uint8Array {
  const compressed = Uint8Array.of(
    ...spki.subarray(0, 26),
    2 + (spki.at(-1)! & 1),
    ...Buffer.from(x, 'base64url'),
  )
  // The lengths of the sequence and of the bit string, 32 less.
  return compressed.with(1, spki[1]! - 32).with(24, spki[24]! - 32)
}
