import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parsePrivateKey } from '../../src/sign/index.ts'
import { parsePublicKey } from '../../src/trust/index.ts'
import { hasTool } from '../outside-tool.ts'
import { codes, valueOf } from '../trust/keys.ts'
import { newPath, openssl, PASSPHRASE, readStored, sshKeygen } from './key-files.ts'

const PASS = ['-passout', `pass:${PASSPHRASE.toString()}`]
const GENPKEY = {
  p256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  ed25519: ['-algorithm', 'ED25519'],
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
} as const
const TYPES = Object.keys(GENPKEY) as (keyof typeof GENPKEY)[]
const keyIdOf = (publicPem: Uint8Array) => valueOf(parsePublicKey(publicPem)).keyId

describe.skipIf(!hasTool('openssl', 'version'))(
  'parsePrivateKey() reads what openssl wrote:',
  () => {
    it.each(TYPES)('%s as PKCS#8', (type) => {
      const pem = openssl(['genpkey', ...GENPKEY[type]])
      const { publicKey } = valueOf(parsePrivateKey(pem))
      expect(publicKey.type).toBe(type)
      expect(publicKey.keyId).toBe(keyIdOf(openssl(['pkey', '-pubout'], pem)))
    })

    it.each([
      ['PBKDF2', ['-v2', 'aes-256-cbc']],
      ['PBKDF2 with many rounds', ['-v2', 'aes-128-cbc', '-iter', '600000']],
      ['scrypt', ['-scrypt']],
    ])('PKCS#8 encrypted with %s', (_, options) => {
      const pem = openssl(['genpkey', ...GENPKEY.p256])
      const encrypted = openssl(['pkcs8', '-topk8', ...options, ...PASS], pem)
      expect(valueOf(parsePrivateKey(encrypted, PASSPHRASE)).publicKey.keyId).toBe(
        keyIdOf(openssl(['pkey', '-pubout'], pem)),
      )
      expect(codes(parsePrivateKey(encrypted))).toEqual(['sign/passphrase-missing'])
      expect(codes(parsePrivateKey(encrypted, Buffer.from('wrong')))).toEqual([
        'sign/passphrase-wrong',
      ])
    })

    it('SEC1, also behind the block that names its curve', () => {
      const pem = openssl(['ecparam', '-name', 'secp384r1', '-genkey'])
      expect(pem.toString()).toMatch(/BEGIN EC PARAMETERS[^]*BEGIN EC PRIVATE KEY/)
      expect(valueOf(parsePrivateKey(pem)).publicKey.type).toBe('p384')
    })

    it('PKCS#1', () => {
      const pem = openssl(['genrsa', '-traditional', '2048'])
      expect(pem.toString()).toContain('BEGIN RSA PRIVATE KEY')
      expect(valueOf(parsePrivateKey(pem)).publicKey.type).toBe('rsa')
    })

    it('but not the encryption of old keys, whose key derivation is one MD5', () => {
      const pem = openssl(['genrsa', '-traditional', '-aes128', ...PASS, '2048'])
      expect(codes(parsePrivateKey(pem, PASSPHRASE))).toEqual(['sign/key-encryption'])
    })

    it('but not PKCS#8 under PBES1', () => {
      const pem = openssl(['genpkey', ...GENPKEY.p256])
      const old = openssl(['pkcs8', '-topk8', '-v1', 'PBE-SHA1-3DES', ...PASS], pem)
      expect(codes(parsePrivateKey(old, PASSPHRASE))).toEqual(['sign/key-encryption'])
    })
  },
)

const hasSsh = hasTool('ssh-keygen', '-q', '-N', '', '-f', newPath())
describe.skipIf(!hasSsh)('parsePrivateKey() reads what ssh-keygen wrote:', () => {
  it.each([
    ['ed25519', ['-t', 'ed25519']],
    ['p256', ['-t', 'ecdsa', '-b', '256']],
    ['p384', ['-t', 'ecdsa', '-b', '384']],
    ['p521', ['-t', 'ecdsa', '-b', '521']],
  ])('%s', (type, args) => {
    // Several, because scalars lose leading zeros or gain one.
    for (let round = 0; round < 6; round++) {
      const { secret, line } = sshKeygen('-N', '', ...args)
      const { publicKey } = valueOf(parsePrivateKey(secret))
      expect(publicKey.type).toBe(type)
      expect(publicKey.keyId).toBe(keyIdOf(line))
    }
  })

  it('but not encrypted keys, and says how to convert one', () => {
    const { secret } = sshKeygen('-N', PASSPHRASE.toString(), '-t', 'ed25519')
    const refused = parsePrivateKey(secret, PASSPHRASE)
    expect(codes(refused)).toEqual(['sign/key-encryption'])
    expect(refused).toMatchObject({
      problems: [{ hint: expect.stringContaining('ssh-keygen -p -N ""') as string }],
    })
  })

  it('but not RSA, which ssh-keygen writes as PKCS#8 itself', () => {
    const { secret } = sshKeygen('-N', '', '-t', 'rsa', '-b', '2048')
    expect(codes(parsePrivateKey(secret))).toEqual(['sign/key-format'])
    const { secret: pkcs8 } = sshKeygen('-N', '', '-t', 'rsa', '-b', '2048', '-m', 'PKCS8')
    expect(codes(parsePrivateKey(pkcs8))).toBe('accepted')
  })
})

describe('parsePrivateKey() reads keys of cosign:', () => {
  // Made with PyNaCl and cryptography, in the format of securesystemslib's encrypted package.
  it.each([
    ['p256', 'sigstore-p256', 'ENCRYPTED SIGSTORE PRIVATE KEY'],
    ['ed25519', 'cosign-ed25519', 'ENCRYPTED COSIGN PRIVATE KEY'],
  ])('%s', (type, name, label) => {
    const pem = readStored(`${name}.key.pem`)
    expect(pem.toString()).toContain(label)
    const { publicKey } = valueOf(parsePrivateKey(pem, PASSPHRASE))
    expect(publicKey.type).toBe(type)
    expect(publicKey.keyId).toBe(keyIdOf(readStored(`${name}.pub.pem`)))
    expect(codes(parsePrivateKey(pem))).toEqual(['sign/passphrase-missing'])
    expect(codes(parsePrivateKey(pem, Buffer.from('wrong')))).toEqual(['sign/passphrase-wrong'])
  })
})

describe('parsePrivateKey() reads JWKs:', () => {
  it('RFC 8037 appendix A.1', () => {
    const jwk = {
      kty: 'OKP',
      crv: 'Ed25519',
      d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
      x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    }
    expect(valueOf(parsePrivateKey(Buffer.from(JSON.stringify(jwk)))).publicKey.keyId).toBe(
      'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    )
  })

  it.each([
    ['p256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['p521', generateKeyPairSync('ec', { namedCurve: 'P-521' })],
    ['rsa', generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ])('%s', (type, { privateKey }) => {
    const jwk = JSON.stringify(privateKey.export({ format: 'jwk' }))
    expect(valueOf(parsePrivateKey(Buffer.from(jwk))).publicKey.type).toBe(type)
  })
})
