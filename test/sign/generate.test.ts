import { createPrivateKey } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  createLocalSigner,
  encodeEncryptedKey,
  encodeUnsafeUnencryptedKey,
  GENERATED_TYPES,
  generatePrivateKey,
  parsePrivateKey,
} from '../../src/sign/index.ts'
import { encodePublicKey } from '../../src/trust/index.ts'
import { hasTool } from '../outside-tool.ts'
import { codes, valueOf } from '../trust/keys.ts'
import { newPath, openssl, PASSPHRASE } from './key-files.ts'

describe.each(GENERATED_TYPES)('a new key of type %s', (type) => {
  const key = generatePrivateKey(type)
  const encrypted = Buffer.from(valueOf(encodeEncryptedKey(key, PASSPHRASE)))

  it('has the type that was asked for', () => {
    expect(key.publicKey.type).toBe(type === 'rsa4096' ? 'rsa' : type)
    if (type === 'rsa4096') expect(key.key.asymmetricKeyDetails?.modulusLength).toBe(4096)
  })

  it('is read back from both of its encodings', () => {
    for (const again of [
      parsePrivateKey(encrypted, PASSPHRASE),
      parsePrivateKey(encodeUnsafeUnencryptedKey(key)),
    ]) {
      expect(valueOf(again).publicKey.keyId).toBe(key.publicKey.keyId)
    }
  })

  it.skipIf(!hasTool('openssl', 'version'))(
    'is opened by openssl, which says its parameters',
    () => {
      const pass = ['-passin', `pass:${PASSPHRASE.toString()}`]
      expect(openssl(['pkey', '-pubout', ...pass], encrypted)).toEqual(
        Buffer.from(encodePublicKey(key.publicKey)),
      )
      const dump = openssl(['asn1parse'], encrypted).toString()
      expect(dump).toMatch(
        /PBES2[^]*scrypt[^]*INTEGER +:4000\n[^]*INTEGER +:08\n[^]*INTEGER +:05\n/,
      )
      expect(dump).toContain('aes-256-cbc')
    },
  )

  it.skipIf(!hasTool('openssl', 'version'))('makes signatures that openssl verifies', async () => {
    const message = Buffer.from('DSSEv1 28 application/vnd.in-toto+json 2 {}')
    const signature = await createLocalSigner(key).sign(message)
    const paths = { key: newPath(), signature: newPath(), message: newPath() }
    writeFileSync(paths.key, encodePublicKey(key.publicKey))
    writeFileSync(paths.signature, signature)
    writeFileSync(paths.message, message)
    const files = ['-pubin', '-inkey', paths.key, '-sigfile', paths.signature, '-in', paths.message]
    // Pure Ed25519 takes the message itself; the others its digest.
    const digest = type === 'p384' ? 'sha384' : 'sha256'
    const how = type === 'ed25519' ? [] : ['-digest', digest]
    const said = openssl(['pkeyutl', '-verify', '-rawin', ...how, ...files]).toString()
    expect(said).toContain('Signature Verified Successfully')
  })
})

describe('encodeEncryptedKey()', () => {
  const key = generatePrivateKey('ed25519')

  it('refuses an empty passphrase', () => {
    expect(codes(encodeEncryptedKey(key, new Uint8Array()))).toEqual(['sign/passphrase-empty'])
    expect(codes(encodeEncryptedKey(key, Uint8Array.of(32)))).toBe('accepted')
  })

  it('takes a new salt and a new vector each time', () => {
    const [one, two] = [1, 2].map(() => valueOf(encodeEncryptedKey(key, PASSPHRASE)))
    expect(one).not.toEqual(two)
  })

  it('hides the key: no part of the plain one stands in it', () => {
    const plain = key.key.export({ type: 'pkcs8', format: 'der' }).toString('hex')
    const pem = Buffer.from(valueOf(encodeEncryptedKey(key, PASSPHRASE))).toString()
    const der = Buffer.from(pem.replaceAll(/-----.*-----|\s/g, ''), 'base64').toString('hex')
    expect(der).not.toContain(plain.slice(-32))
  })

  it('takes passphrases that are not ASCII as their UTF-8 bytes, as Node and openssl do', () => {
    const passphrase = Buffer.from('pâsswörd 日本')
    const pem = Buffer.from(valueOf(encodeEncryptedKey(key, passphrase)))
    expect(createPrivateKey({ key: pem.toString(), passphrase }).asymmetricKeyType).toBe('ed25519')
  })
})
