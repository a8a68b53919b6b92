import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { encodePublicKey, isSameKey, parsePublicKey, readKeyObject } from '../../src/trust/index.ts'
import { hasTool } from '../outside-tool.ts'
import { codes, ED25519_JWK, P256_JWK, parseKey, pemOf, RSA_JWK, readKey } from './keys.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

const folder = makeTemporaryFolder('public-key')
const openssl = (...args: string[]) =>
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] }).toString()

/** Every kind that is accepted. */
const KINDS = [
  ['p256', () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ['p384', () => generateKeyPairSync('ec', { namedCurve: 'P-384' })],
  ['p521', () => generateKeyPairSync('ec', { namedCurve: 'P-521' })],
  ['ed25519', () => generateKeyPairSync('ed25519')],
  ['rsa', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
] as const

describe('parsePublicKey()', () => {
  it.each([
    ['RFC 7638 section 3.1', RSA_JWK, 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs'],
    ['RFC 8037 appendix A.3', ED25519_JWK, 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k'],
    ['the DSSE example key', P256_JWK, 'I39Rg6S7j6RsvhGeyZsrhyN-pMRddz9bDIT7gDYogvE'],
  ])('computes the thumbprint of %s', (_, jwk, keyId) => {
    expect(readKey(jwk).keyId).toBe(keyId)
  })

  it('forgets members that only describe the key', () => {
    const described = { ...RSA_JWK, kid: '2011-04-29', alg: 'RS256', use: 'sig', x5t: 'abc' }
    expect(readKey(described)).toMatchObject({ jwk: RSA_JWK, keyId: readKey(RSA_JWK).keyId })
  })

  it.each(KINDS)('reads %s as SPKI, as JWK, and as what encodePublicKey() writes', (type, make) => {
    const { publicKey } = make()
    const fromPem = readKey(pemOf(publicKey))
    const fromJwk = readKey(publicKey.export({ format: 'jwk' }))
    const again = readKey(Buffer.from(encodePublicKey(fromPem)).toString())
    expect(fromPem.type).toBe(type)
    expect([fromJwk.keyId, again.keyId]).toEqual([fromPem.keyId, fromPem.keyId])
    expect(isSameKey(fromPem, fromJwk)).toBe(true)
  })

  it('reads PKCS#1, CRLF line ends, and text before the block', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 3072 })
    const pkcs1 = publicKey.export({ type: 'pkcs1', format: 'pem' }) as string
    const { keyId } = readKey(pemOf(publicKey))
    const spellings = [pkcs1, pkcs1.replaceAll('\n', '\r\n'), `A comment: of mine\n${pkcs1}\n\n`]
    expect(spellings.map((text) => readKey(text).keyId)).toEqual([keyId, keyId, keyId])
  })

  it.skipIf(!hasTool('openssl', 'version'))('knows a compressed point as the same key', () => {
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'ec.pem')
    const plain = openssl('ec', '-in', 'ec.pem', '-pubout')
    const compressed = openssl('ec', '-in', 'ec.pem', '-pubout', '-conv_form', 'compressed')
    expect(compressed).not.toBe(plain)
    expect(readKey(compressed).keyId).toBe(readKey(plain).keyId)
  })

  it.skipIf(!hasTool('ssh-keygen', '-q', '-N', '', '-f', join(folder, 'probe'))).each([
    ['ed25519', ['-t', 'ed25519']],
    ['p256', ['-t', 'ecdsa', '-b', '256']],
    ['p384', ['-t', 'ecdsa', '-b', '384']],
    ['p521', ['-t', 'ecdsa', '-b', '521']],
    ['rsa', ['-t', 'rsa', '-b', '3072']],
  ])('reads %s of OpenSSH as ssh-keygen means it', (type, args) => {
    const file = join(folder, `ssh-${type}`)
    execFileSync('ssh-keygen', ['-q', '-N', '', '-C', 'me @ home', '-f', file, ...args])
    const key = parsePublicKey(readFileSync(`${file}.pub`))
    expect(key).toMatchObject({ ok: true, value: { type } })
    if (type === 'ed25519') return // ssh-keygen exports no other form of it
    const spki = execFileSync('ssh-keygen', ['-e', '-m', 'PKCS8', '-f', `${file}.pub`]).toString()
    expect(key).toMatchObject({ value: { keyId: readKey(spki).keyId } })
  })

  it('says no word of a private key that it refuses', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const jwk = privateKey.export({ format: 'jwk' })
    const forms = [
      JSON.stringify(jwk),
      privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      privateKey.export({ type: 'sec1', format: 'pem' }) as string,
      `${pemOf(generateKeyPairSync('ed25519').publicKey)}-----BEGIN OPENSSH PRIVATE KEY-----\n`,
    ]
    for (const form of forms) {
      const refused = parseKey(form)
      expect(codes(refused)).toEqual(['trust/key-private'])
      expect(JSON.stringify(refused)).not.toContain(String(jwk['d']).slice(0, 8))
    }
    expect(codes(readKeyObject(privateKey))).toEqual(['trust/key-private'])
  })
})
