// Public keys as files hold them: PEM (SPKI, PKCS#1), JWK (RFC 7517, RFC 8037) and OpenSSH one-liners.
// Each becomes one canonical JWK, so that two spellings of one key are one key (DSSE-8).

import type { KeyObject } from 'node:crypto'
import {
  type JsonObject,
  LIMITS,
  parseJson,
  parseUtf8,
  type Result,
  refuse,
} from '../../core/index.ts'
import { parseJwk } from './jwk.ts'
import { parseOpenSshPublicKey, splitOpenSshLine } from './openssh-public-key.ts'
import { isPem } from './pem.ts'
import { parsePemPublicKey } from './pem-public-key.ts'
import type { TrustProblem } from '../problem.ts'

/** The kinds of keys that may sign here; each fixes its one signature algorithm. */
export type KeyType = 'p256' | 'p384' | 'p521' | 'ed25519' | 'rsa'

/**
 * A public key that is strong enough to be trusted.
 *
 * @example { type: 'ed25519', keyId: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k', jwk: { kty: 'OKP', crv: 'Ed25519', x: '…' }, key }
 */
export interface PublicKey {
  readonly type: KeyType
  /** RFC 7638 thumbprint, SHA-256, base64url. */
  readonly keyId: string
  /** Only the members that the thumbprint covers. */
  readonly jwk: JsonObject
  readonly key: KeyObject
}

/**
 * Reads one public key of any format.
 *
 * Refused: private keys, weak or unusual ones, anything that could be read in two ways.
 */
export function parsePublicKey(bytes: Uint8Array): Result<PublicKey, TrustProblem> {
  if (bytes.length > LIMITS.keyBytesMax) {
    return refuse({
      code: 'trust/key-size',
      message: `Expected a key of at most ${LIMITS.keyBytesMax} bytes, found ${bytes.length}`,
    })
  }
  const text = parseUtf8(bytes)
  return text.ok ? parsePublicKeyText(text.value) : notAKey()
}

/** {@link parsePublicKey} for text that a document holds. */
export function parsePublicKeyText(text: string): Result<PublicKey, TrustProblem> {
  const trimmed = text.trim()
  if (trimmed.startsWith('{')) {
    const value = parseJson(trimmed, { bytesMax: LIMITS.keyBytesMax })
    // What begins with a brace and is JSON is an object.
    return value.ok ? parseJwk(value.value as JsonObject) : value
  }
  if (isPem(trimmed)) return parsePemPublicKey(trimmed)
  const line = splitOpenSshLine(trimmed)
  return line === undefined ? notAKey() : parseOpenSshPublicKey(line)
}

/** The same key, whatever it is spelt like: equal thumbprints. */
export function isSameKey(a: PublicKey, b: PublicKey): boolean {
  return a.keyId === b.keyId
}

function notAKey(): Result<never, TrustProblem> {
  return refuse({
    code: 'trust/key-format',
    message: 'Expected a public key in PEM, JWK or OpenSSH form, found something else',
    hint: 'assay key public FILE prints the public key of a private one',
  })
}
