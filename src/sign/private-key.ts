// Private keys as files hold them: PKCS#8 plain or encrypted, SEC1, PKCS#1, JWK, cosign's and OpenSSH's own forms.

import {
  createPrivateKey,
  createPublicKey,
  type JsonWebKeyInput,
  type KeyObject,
} from 'node:crypto'
import {
  accept,
  isJsonObject,
  LIMITS,
  parseJson,
  parseUtf8,
  quote,
  type Result,
  refuse,
} from '../core/index.ts'
import {
  isPem,
  isSameKey,
  isSignedBy,
  type PemBlock,
  type PublicKey,
  parseJwk,
  parsePem,
  readKeyObject,
} from '../trust/index.ts'
import { decryptCosignKey } from './cosign-key.ts'
import { signWithKey } from './local-signer.ts'
import { parseOpenSshPrivateKey } from './openssh-private-key.ts'
import { PASSPHRASE_MISSING, PASSPHRASE_WRONG } from './passphrase-problem.ts'
import { judgeEncryptedPkcs8 } from './pkcs8-encryption.ts'
import type { SignProblem } from './problem.ts'

/** A private key that fits its public half. The key object does not print what it holds. */
export interface PrivateKey {
  readonly publicKey: PublicKey
  readonly key: KeyObject
}

/** A key before it was tried; `stated` is the public half where the file writes it down beside the private one. */
export interface UncheckedKey {
  readonly key: KeyObject
  readonly stated?: PublicKey
}

/**
 * Reads one private key of any format, and tries it: what it signs, its public half must verify.
 *
 * @param passphrase of an encrypted key; without one such a key gives `sign/passphrase-missing`
 * @returns the key, or why not; no problem ever holds a part of the key or of the passphrase
 */
export function parsePrivateKey(
  bytes: Uint8Array,
  passphrase?: Uint8Array,
): Result<PrivateKey, SignProblem> {
  if (bytes.length > LIMITS.keyBytesMax) {
    return refuse({
      code: 'trust/key-size',
      message: `Expected a key of at most ${LIMITS.keyBytesMax} bytes, found ${bytes.length}`,
    })
  }
  const text = parseUtf8(bytes)
  const unchecked = text.ok ? parseText(text.value, passphrase) : notAKey()
  return unchecked.ok ? proveKey(unchecked.value) : unchecked
}

/** Tries the key (attacks ): a wrong public half would make every later signature useless. */
export function proveKey({ key, stated }: UncheckedKey): Result<PrivateKey, SignProblem> {
  const publicKey = readPublicHalf(key)
  if (!publicKey.ok) return publicKey
  const privateKey = { key, publicKey: publicKey.value }
  const isStated = stated === undefined || isSameKey(stated, publicKey.value)
  if (isStated && signsForItself(privateKey)) return accept(privateKey)
  return refuse({
    code: 'sign/key-mismatch',
    message: 'Expected a private key and its public half, found two that do not fit',
  })
}

function signsForItself(privateKey: PrivateKey): boolean {
  const probe = Buffer.from('assay: does this key fit its public half?')
  try {
    return isSignedBy(privateKey.publicKey, probe, signWithKey(privateKey, probe))
  } catch {
    // Numbers that OpenSSL took for a key and with which it can not sign.
    return false
  }
}

function readPublicHalf(key: KeyObject): Result<PublicKey, SignProblem> {
  try {
    return readKeyObject(createPublicKey(key))
  } catch {
    // Kinds of keys that have no public half that OpenSSL could name.
    return damaged()
  }
}

function parseText(text: string, passphrase?: Uint8Array): Result<UncheckedKey, SignProblem> {
  if (text.trimStart().startsWith('{')) return parsePrivateJwk(text)
  if (!isPem(text)) return notAKey()
  const blocks = parsePem(text)
  if (!blocks.ok) return blocks
  // `openssl ecparam -genkey` writes the name of the curve into a block of its own, before the key.
  const [block, ...others] = blocks.value.filter(({ label }) => label !== 'EC PARAMETERS')
  if (block === undefined || others.length > 0) return notAKey()
  return parseBlock(block, passphrase)
}

function parseBlock(block: PemBlock, passphrase?: Uint8Array): Result<UncheckedKey, SignProblem> {
  switch (block.label) {
    case 'PRIVATE KEY':
      return parseDerKey(block.bytes, 'pkcs8')
    case 'ENCRYPTED PRIVATE KEY':
      return decryptPkcs8(block.bytes, passphrase)
    case 'EC PRIVATE KEY':
      return parseTraditional(block, 'sec1')
    case 'RSA PRIVATE KEY':
      return parseTraditional(block, 'pkcs1')
    case 'OPENSSH PRIVATE KEY':
      return parseOpenSshPrivateKey(block.bytes)
    case 'ENCRYPTED SIGSTORE PRIVATE KEY':
    case 'ENCRYPTED COSIGN PRIVATE KEY': {
      const plain = decryptCosignKey(block.bytes, passphrase)
      return plain.ok ? parseDerKey(plain.value, 'pkcs8') : plain
    }
    case 'PUBLIC KEY':
    case 'RSA PUBLIC KEY':
      return refuse({
        code: 'sign/key-format',
        message: 'Expected a private key, found a public one',
      })
    default:
      return refuse({
        code: 'sign/key-format',
        message: `Expected a private key, found a PEM block ${quote(block.label)}`,
      })
  }
}

function parsePrivateJwk(text: string): Result<UncheckedKey, SignProblem> {
  const json = parseJson(text, { bytesMax: LIMITS.keyBytesMax })
  if (!json.ok) {
    // The reader's own words could quote a character of the key.
    return refuse({ code: 'sign/key-format', message: 'Expected a JWK, found broken JSON' })
  }
  if (!isJsonObject(json.value) || typeof json.value['d'] !== 'string') return notAKey()
  // Node computes the public half of Ed25519 from `d` and does not look at `x`.
  const { kty = null, crv = null, x = null, y = null, n = null, e = null } = json.value
  const stated = parseJwk({ kty, crv, x, y, n, e })
  if (!stated.ok) return stated
  try {
    const input = { key: { ...json.value }, format: 'jwk' } as JsonWebKeyInput
    return accept({ key: createPrivateKey(input), stated: stated.value })
  } catch {
    // OpenSSL's reasons do not help a person, and might quote the key.
    return damaged()
  }
}

/** RFC 1421 encryption derives its key with one round of MD5: nothing that should protect a signing key. */
function parseTraditional(
  { headers, bytes }: PemBlock,
  type: 'sec1' | 'pkcs1',
): Result<UncheckedKey, SignProblem> {
  if (headers.length === 0) return parseDerKey(bytes, type)
  return refuse({
    code: 'sign/key-encryption',
    message: 'Expected a key encrypted under PBES2, found the old form that uses MD5',
    hint: 'openssl pkcs8 -topk8 -v2 aes-256-cbc -scrypt -in OLD -out NEW encrypts it again',
  })
}

function decryptPkcs8(
  der: Uint8Array,
  passphrase: Uint8Array | undefined,
): Result<UncheckedKey, SignProblem> {
  const affordable = judgeEncryptedPkcs8(der)
  if (!affordable.ok) return affordable
  if (passphrase === undefined) return refuse(PASSPHRASE_MISSING)
  try {
    const input = { key: Buffer.from(der), format: 'der', type: 'pkcs8' } as const
    return accept({ key: createPrivateKey({ ...input, passphrase: Buffer.from(passphrase) }) })
  } catch {
    // A wrong passphrase and damaged bytes look the same to CBC.
    return refuse(PASSPHRASE_WRONG)
  }
}

function parseDerKey(
  der: Uint8Array,
  type: 'pkcs8' | 'sec1' | 'pkcs1',
): Result<UncheckedKey, SignProblem> {
  try {
    return accept({ key: createPrivateKey({ key: Buffer.from(der), format: 'der', type }) })
  } catch {
    // OpenSSL's reasons do not help a person, and might quote the key.
    return damaged()
  }
}

function damaged(): Result<never, SignProblem> {
  return refuse({
    code: 'sign/key-damaged',
    message: 'Expected a private key, found bytes that OpenSSL does not read as one',
  })
}

function notAKey(): Result<never, SignProblem> {
  return refuse({
    code: 'sign/key-format',
    message: 'Expected one private key in PEM or JWK form, found something else',
    hint: 'assay key generate --out PREFIX makes a key',
  })
}
