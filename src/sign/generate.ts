// New keys, and the two files that hold one.

import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { accept, encodeUtf8, type Result, refuse } from '../core/index.ts'
import { encodePem } from '../trust/index.ts'
import { encryptPkcs8 } from './pkcs8-encryption.ts'
import { type PrivateKey, proveKey } from './private-key.ts'
import type { SignProblem } from './problem.ts'

/** The kinds of keys that are made here. */
export const GENERATED_TYPES = ['p256', 'p384', 'ed25519', 'rsa4096'] as const

/** One of {@link GENERATED_TYPES}. */
export type GeneratedType = (typeof GENERATED_TYPES)[number]

/** A new key from the operating system's randomness. RSA takes about a second. */
export function generatePrivateKey(type: GeneratedType): PrivateKey {
  const proven = proveKey({ key: GENERATORS[type]() })
  // A key that OpenSSL just made and that does not fit its public half is a broken machine.
  if (!proven.ok) throw new Error('a new key did not verify its own signature')
  return proven.value
}

/**
 * The key as encrypted PKCS#8 in PEM.
 *
 * @param passphrase not empty; the caller asks for it twice where a person types it
 */
export function encodeEncryptedKey(
  { key }: PrivateKey,
  passphrase: Uint8Array,
): Result<Uint8Array, SignProblem> {
  if (passphrase.length === 0) {
    return refuse({
      code: 'sign/passphrase-empty',
      message: 'Expected a passphrase for the new key, found an empty one',
      hint: '--unsafe-unencrypted writes a key that whoever reads the file can use',
    })
  }
  const plain = key.export({ type: 'pkcs8', format: 'der' })
  const encrypted = encryptPkcs8(plain, passphrase)
  plain.fill(0)
  return accept(encodeUtf8(encodePem('ENCRYPTED PRIVATE KEY', encrypted)))
}

/** The key as plain PKCS#8 in PEM: whoever reads the file can sign. */
export function encodeUnsafeUnencryptedKey({ key }: PrivateKey): Uint8Array {
  return encodeUtf8(encodePem('PRIVATE KEY', key.export({ type: 'pkcs8', format: 'der' })))
}

const GENERATORS: Readonly<Record<GeneratedType, () => KeyObject>> = {
  p256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  p384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
  ed25519: () => generateKeyPairSync('ed25519').privateKey,
  rsa4096: () => generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey,
}
