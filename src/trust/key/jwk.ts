// JSON Web Keys (RFC 7517, RFC 7518 section 6, RFC 8037) and their thumbprints (RFC 7638). Every public key becomes one.

import { createHash, createPublicKey } from 'node:crypto'
import {
  accept,
  encodeBase64,
  encodeUtf8,
  type JsonObject,
  parseBase64,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import { isSoundEd25519 } from './ed25519-point.ts'
import { KEY_PROFILES, type KeyProfile, RSA_BITS } from './key-profile.ts'
import type { TrustProblem } from '../problem.ts'
import type { PublicKey } from './public-key.ts'

/** RFC 7518 sections 6.2.2, 6.3.2 and 6.4: what only the owner of a key may hold. */
export const PRIVATE_MEMBERS: readonly string[] = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/**
 * Reads a JWK that strict JSON gave; members that only describe the key (`kid`, `x5c`, …) are not kept.
 *
 * `use`, `key_ops` and `alg` must allow signatures with the key's one algorithm where they are there.
 */
export function parseJwk(value: JsonObject): Result<PublicKey, TrustProblem> {
  if (PRIVATE_MEMBERS.some((name) => Object.hasOwn(value, name))) return refuse(PRIVATE_KEY_FOUND)
  const profile = findProfile(value)
  if (profile === undefined) return refuseAlgorithm(describeJwk(value))
  if (!mayVerify(value, profile)) {
    return refuse({
      code: 'trust/key-algorithm',
      message: `Expected a key for ${profile.algorithms[0]} signatures, found another "use", "key_ops" or "alg"`,
    })
  }
  return buildPublicKey(profile, value)
}

/** A private key where a public one belongs: it must not travel any further. */
export const PRIVATE_KEY_FOUND: TrustProblem = {
  code: 'trust/key-private',
  message: 'Expected a public key, found a private one',
  hint: 'assay key public FILE prints the public key; if this file was shared, make a new key',
}

/** @param found what the key calls itself, for the message */
export function refuseAlgorithm(found: string): Result<never, TrustProblem> {
  return refuse({
    code: 'trust/key-algorithm',
    message: `Expected a P-256, P-384, P-521, Ed25519 or RSA key, found ${quote(found)}`,
  })
}

/** A key that is damaged or spelt in another way than the canonical one. */
export function invalid(message: string): Result<never, TrustProblem> {
  return refuse({ code: 'trust/key-invalid', message })
}

/** RFC 7638 section 3: SHA-256 over the required members, sorted, without blanks. */
function digestJwk(jwk: JsonObject): string {
  // The members are sorted in the profile and hold base64url and curve names only: nothing to escape.
  return encodeBase64(
    createHash('sha256')
      .update(encodeUtf8(JSON.stringify(jwk)))
      .digest(),
    'base64url',
  )
}

function buildPublicKey(profile: KeyProfile, source: JsonObject): Result<PublicKey, TrustProblem> {
  const jwk: Record<string, string> = {}
  const numbers: Uint8Array[] = []
  for (const name of profile.members) {
    const value = source[name]
    if (typeof value !== 'string') return invalid(`Expected a JWK with ${quote(name)}`)
    jwk[name] = value
    if (name === 'kty' || name === 'crv') continue
    const number = parseBase64(value, 'base64url')
    if (!number.ok || !isCanonicalNumber(number.value, value, profile)) {
      return invalid(`Expected canonical base64url of the right length in ${quote(name)}`)
    }
    numbers.push(number.value)
  }
  const weakness = findWeakness(profile, numbers)
  if (weakness !== undefined) return refuse({ code: 'trust/key-weak', message: weakness })
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    return accept({ type: profile.type, keyId: digestJwk(jwk), jwk, key })
  } catch {
    // OpenSSL's reason would only repeat that the point is not on its curve.
    return invalid(`Expected a key of type ${profile.type}, found numbers that make none`)
  }
}

/** Coordinates have the curve's full length; RSA numbers have no leading zero (RFC 7518 section 2, Base64urlUInt). */
function isCanonicalNumber(
  bytes: Uint8Array,
  text: string,
  { coordinateBytes }: KeyProfile,
): boolean {
  // Padding is for base64, not for JOSE (RFC 7515 section 2).
  if (encodeBase64(bytes, 'base64url') !== text) return false
  if (coordinateBytes !== undefined) return bytes.length === coordinateBytes
  return bytes.length > 0 && bytes[0] !== 0
}

/** @param numbers in the order of the profile's members: `x` and `y`, or `e` and `n` */
function findWeakness({ type }: KeyProfile, numbers: readonly Uint8Array[]): string | undefined {
  const [first, second] = numbers as readonly [Uint8Array, Uint8Array]
  if (type === 'rsa') return findRsaWeakness(readNumber(first), readNumber(second))
  if (type !== 'ed25519' || isSoundEd25519(first)) return undefined
  return 'Expected an Ed25519 key, found a point of small order or a second spelling'
}

function findRsaWeakness(exponent: bigint, modulus: bigint): string | undefined {
  const bits = modulus.toString(2).length
  if (bits < RSA_BITS.min || bits > RSA_BITS.max) {
    return `Expected an RSA key of ${RSA_BITS.min} to ${RSA_BITS.max} bits, found ${bits}`
  }
  if (modulus % 2n === 0n) return 'Expected an odd RSA modulus, found an even one'
  // FIPS 186-5 section A.1.1: 2^16 < e, odd. Above 2^32 it only costs the verifier time.
  if (exponent <= 65_536n || exponent >= 2n ** 32n || exponent % 2n === 0n) {
    return 'Expected an RSA exponent such as 65537, found a small, huge or even one'
  }
  return undefined
}

function readNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}

function findProfile(jwk: JsonObject): KeyProfile | undefined {
  return KEY_PROFILES.find(
    ({ kty, curve }) => jwk['kty'] === kty && (curve === undefined || jwk['crv'] === curve),
  )
}

function mayVerify(jwk: JsonObject, { algorithms }: KeyProfile): boolean {
  const { use = 'sig', key_ops: operations = ['verify'], alg = algorithms[0] } = jwk
  return (
    use === 'sig' &&
    Array.isArray(operations) &&
    operations.includes('verify') &&
    algorithms.some((algorithm) => algorithm === alg)
  )
}

function describeJwk(jwk: JsonObject): string {
  return [jwk['kty'], jwk['crv']].filter((part) => typeof part === 'string').join(' ')
}
