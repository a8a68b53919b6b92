// OpenSSH's own private key file (PROTOCOL.key), unencrypted, for Ed25519 and ECDSA.

import { createPrivateKey } from 'node:crypto'
import {
  accept,
  encodeBase64,
  encodeUtf8,
  equalBytes,
  type JsonObject,
  parseUtf8,
  quote,
  type Result,
  refuse,
} from '../core/index.ts'
import { type PublicKey, parseOpenSshBlob } from '../trust/index.ts'
import type { UncheckedKey } from './private-key.ts'
import type { SignProblem } from './problem.ts'

const MAGIC = encodeUtf8('openssh-key-v1\0')

/**
 * Reads the content of an `OPENSSH PRIVATE KEY` block.
 *
 * An encrypted one is refused: its bcrypt key derivation would be one more implementation of a cipher to trust, for
 * a form that ssh-keygen itself converts.
 */
export function parseOpenSshPrivateKey(bytes: Uint8Array): Result<UncheckedKey, SignProblem> {
  if (!equalBytes(bytes.subarray(0, MAGIC.length), MAGIC)) return damaged()
  const file = new Fields(bytes.subarray(MAGIC.length))
  const cipher = file.readString()
  const kdf = file.readString()
  const [options, count, publicBlob, secrets] = [
    file.readBytes(),
    file.readCount(),
    file.readBytes(),
    file.readBytes(),
  ]
  if (options === undefined || publicBlob === undefined || secrets === undefined || !file.isDone) {
    return damaged()
  }
  if (cipher !== 'none' || kdf !== 'none') return refuseEncrypted()
  if (count !== 1) return damaged()
  return parseSecrets(new Fields(secrets), publicBlob)
}

function parseSecrets(secrets: Fields, publicBlob: Uint8Array): Result<UncheckedKey, SignProblem> {
  // PROTOCOL.key: the same random number twice tells a right decryption from a wrong one.
  const check = secrets.readCount()
  if (check === undefined || check !== secrets.readCount()) return damaged()
  const type = secrets.readString() ?? ''
  if (type !== 'ssh-ed25519' && !/^ecdsa-sha2-nistp(?:256|384|521)$/.test(type)) {
    return refuse({
      code: 'sign/key-format',
      message: `Expected an Ed25519 or ECDSA key in OpenSSH form, found ${quote(type)}`,
      hint: 'ssh-keygen -p -m PKCS8 -f COPY rewrites a copy of an RSA key as PKCS#8',
    })
  }
  const stated = parseOpenSshBlob(publicBlob, type)
  if (!stated.ok) return stated
  const secret = type === 'ssh-ed25519' ? readEd25519(secrets) : readEcdsa(secrets, stated.value)
  const comment = secrets.readBytes()
  if (secret === undefined || comment === undefined || !secrets.isPadding) return damaged()
  return importSecret(stated.value, secret)
}

/** RFC 8032 section 5.1.5: the seed and the public key, which also stands before them. */
function readEd25519(secrets: Fields): Uint8Array | undefined {
  const publicKey = secrets.readBytes()
  const pair = secrets.readBytes()
  if (publicKey === undefined || pair?.length !== 64) return undefined
  return equalBytes(pair.subarray(32), publicKey) ? pair.subarray(0, 32) : undefined
}

/** Curve name, point, and the scalar as an mpint: leading zeros are dropped, and one is put before a high bit. */
function readEcdsa(secrets: Fields, { type }: PublicKey): Uint8Array | undefined {
  const length = type === 'p256' ? 32 : type === 'p384' ? 48 : 66
  secrets.readBytes()
  secrets.readBytes()
  const scalar = secrets.readBytes()
  if (scalar === undefined || scalar.length > length + 1) return undefined
  const digits = scalar.length > length ? scalar.subarray(1) : scalar
  const padded = new Uint8Array(length)
  padded.set(digits, length - digits.length)
  return padded
}

function importSecret(stated: PublicKey, secret: Uint8Array): Result<UncheckedKey, SignProblem> {
  try {
    const jwk: JsonObject = { ...stated.jwk, d: encodeBase64(secret, 'base64url') }
    return accept({ key: createPrivateKey({ key: { ...jwk }, format: 'jwk' }), stated })
  } catch {
    // OpenSSL's reasons do not help a person, and might quote the key.
    return damaged()
  }
}

function refuseEncrypted(): Result<never, SignProblem> {
  return refuse({
    code: 'sign/key-encryption',
    message: 'Cannot read an encrypted OpenSSH key: only ssh-keygen opens those',
    hint: 'Copy the key, remove the copy\'s passphrase with ssh-keygen -p -N "" -f COPY, run assay key import, delete the copy',
  })
}

function damaged(): Result<never, SignProblem> {
  return refuse({
    code: 'sign/key-damaged',
    message: 'Expected a private key of OpenSSH, found a damaged one',
  })
}

/** RFC 4251 section 5: 32-bit lengths and what they announce, read from the front. */
class Fields {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  readCount(): number | undefined {
    if (this.#at + 4 > this.#bytes.length) return undefined
    this.#at += 4
    return this.#view.getUint32(this.#at - 4)
  }

  readBytes(): Uint8Array | undefined {
    const length = this.readCount()
    if (length === undefined || this.#at + length > this.#bytes.length) return undefined
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  readString(): string | undefined {
    const text = parseUtf8(this.readBytes() ?? new Uint8Array())
    return text.ok ? text.value : undefined
  }

  get isDone(): boolean {
    return this.#at === this.#bytes.length
  }

  /** What is left counts 1, 2, 3 and so on, to the end of a cipher's block. */
  get isPadding(): boolean {
    const rest = this.#bytes.subarray(this.#at)
    return rest.length < 256 && rest.every((byte, index) => byte === index + 1)
  }
}
