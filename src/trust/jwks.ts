// A JWK Set (RFC 7517 section 5): our public keys for anyone's JOSE library, with the windows in which they sign.
// The only door to `jose`, opened on use.

import {
  accept,
  compareCodePoints,
  encodeTimestamp,
  type Instant,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  judge,
  LIMITS,
  parseJson,
  parseTimestamp,
  quote,
  type Result,
  refuse,
} from '../core/index.ts'
import { parseJwk } from './key/jwk.ts'
import { KEY_PROFILES } from './key/key-profile.ts'
import type { KeyType, PublicKey } from './key/public-key.ts'
import type { TrustProblem } from './problem.ts'
import type { TrustedKey } from './trust-document.ts'

/**
 * A key that is published. RFC 7517 has no members for windows, and lets anyone add some:
 * ours are `assay_notBefore`, `assay_notAfter` and `assay_revokedAt`, times in UTC (RFC 3339).
 */
export type PublishedKey = Pick<TrustedKey, 'publicKey' | 'notBefore' | 'notAfter' | 'revoked'>

/** The members that hold a window. */
const WINDOW = {
  notBefore: 'assay_notBefore',
  notAfter: 'assay_notAfter',
  revokedAt: 'assay_revokedAt',
} as const

/**
 * The set, each key once and sorted by `kid` (its thumbprint), with `use` and `alg`: the same keys give the same bytes.
 *
 * @returns refused for a compromised key: libraries that know nothing of windows would go on to accept its signatures
 * @example { keys: [{ kty: 'OKP', crv: 'Ed25519', x: '…', kid: 'kPrK…', use: 'sig', alg: 'EdDSA' }] }
 */
export async function buildJwks(
  keys: readonly PublishedKey[],
): Promise<Result<{ keys: JsonObject[] }, TrustProblem>> {
  const problems = keys.flatMap(findCompromise)
  if (problems.length > 0) return judge(undefined as never, problems)
  const { calculateJwkThumbprint, exportJWK } = await import('jose')
  const unique = new Map(keys.map((published) => [published.publicKey.keyId, published]))
  const sorted = [...unique.values()].toSorted((a, b) =>
    compareCodePoints(a.publicKey.keyId, b.publicKey.keyId),
  )
  const entries = sorted.map(async (published) => {
    const { type, key } = published.publicKey
    const jwk = await exportJWK(key)
    const kid = await calculateJwkThumbprint(jwk)
    return { ...jwk, kid, use: 'sig', alg: joseAlgorithmOf(type), ...windowOf(published) }
  })
  return accept({ keys: await Promise.all(entries) })
}

const ALGORITHMS = new Map(KEY_PROFILES.map(({ type, algorithms }) => [type, algorithms[0]]))

/** The name of a key's one signature algorithm in JOSE (RFC 7518 section 3.1, RFC 8037). */
export function joseAlgorithmOf(type: KeyType): string {
  return String(ALGORITHMS.get(type))
}

/**
 * Reads a set that {@link buildJwks} made, or another one of keys of these kinds.
 *
 * @returns the keys; refused when one is no key of ours, has a `kid` that is not its thumbprint, or stands there twice
 */
export function parseJwks(bytes: Uint8Array): Result<readonly PublishedKey[], TrustProblem> {
  const json = parseJson(bytes, { bytesMax: LIMITS.trustBytesMax })
  if (!json.ok) return json
  const set: JsonValue | undefined = isJsonObject(json.value) ? json.value['keys'] : undefined
  if (!isList(set) || set.length === 0) {
    return malformed('Expected a JWK Set with one key or more in "keys"')
  }
  const keys: PublishedKey[] = []
  const problems: TrustProblem[] = []
  for (const [index, value] of set.entries()) {
    const key = parseEntry(value)
    if (key.ok) keys.push(key.value)
    else problems.push(...key.problems.map((problem) => ({ ...problem, at: `/keys/${index}` })))
  }
  if (problems.length > 0) return judge(undefined as never, problems)
  const ids = keys.map(({ publicKey }) => publicKey.keyId)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined) {
    return malformed(`Expected each key once, found ${quote(twice)} twice`)
  }
  return accept(keys)
}

function findCompromise({ publicKey, revoked }: PublishedKey): readonly TrustProblem[] {
  if (revoked?.reason !== 'compromised') return []
  const message = `Expected keys that nobody else holds, found ${quote(publicKey.keyId)}, which is compromised`
  const hint = 'Leave it out: results that it signed have to be signed again'
  return [{ code: 'trust/jwks-compromised', message, hint }]
}

function windowOf({ notBefore, notAfter, revoked }: PublishedKey): JsonObject {
  return {
    ...(notBefore !== undefined && { [WINDOW.notBefore]: encodeTimestamp(notBefore) }),
    ...(notAfter !== undefined && { [WINDOW.notAfter]: encodeTimestamp(notAfter) }),
    ...(revoked !== undefined && { [WINDOW.revokedAt]: encodeTimestamp(revoked.at) }),
  }
}

function parseEntry(value: JsonValue): Result<PublishedKey, TrustProblem> {
  if (!isJsonObject(value)) return malformed('Expected a key as a JSON object')
  const publicKey = parseJwk(value)
  if (!publicKey.ok) return publicKey
  const kid = value['kid']
  if (kid !== publicKey.value.keyId) {
    const found = typeof kid === 'string' ? quote(kid) : 'none'
    return malformed(`Expected the thumbprint of the key in "kid", found ${found}`)
  }
  return parseWindow(publicKey.value, value)
}

function parseWindow(publicKey: PublicKey, entry: JsonObject): Result<PublishedKey, TrustProblem> {
  const times: Partial<Record<keyof typeof WINDOW, Instant>> = {}
  for (const [name, member] of Object.entries(WINDOW)) {
    const text = entry[member]
    if (text === undefined) continue
    const time = typeof text === 'string' ? parseTimestamp(text) : undefined
    // What bounds a key and can not be read must not be as if it were not there.
    if (time?.ok !== true) return malformed(`Expected a time in UTC in ${quote(member)}`)
    times[name as keyof typeof WINDOW] = time.value
  }
  const { revokedAt, ...validity } = times
  const revoked = revokedAt === undefined ? {} : { revoked: { at: revokedAt, reason: 'retired' } }
  return accept({ publicKey, ...validity, ...revoked } as PublishedKey)
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

function malformed(message: string): Result<never, TrustProblem> {
  return refuse({ code: 'trust/jwks', message })
}
