// A JWK Set (RFC 7517 section 5): our public keys for anyone's JOSE library. The only door to `jose`, opened on use.

import type { JsonObject } from '../core/index.ts'
import { KEY_PROFILES } from './key/key-profile.ts'
import type { PublicKey } from './key/public-key.ts'

/**
 * The set, each key once, with `kid` (its thumbprint), `use` and `alg`.
 *
 * @example { keys: [{ kty: 'OKP', crv: 'Ed25519', x: '…', kid: 'kPrK…', use: 'sig', alg: 'EdDSA' }] }
 */
export async function buildJwks(keys: readonly PublicKey[]): Promise<{ keys: JsonObject[] }> {
  const { calculateJwkThumbprint, exportJWK } = await import('jose')
  const unique = new Map(keys.map((publicKey) => [publicKey.keyId, publicKey]))
  const entries = [...unique.values()].map(async ({ type, key }) => {
    const jwk = await exportJWK(key)
    const alg = KEY_PROFILES.find((profile) => profile.type === type)?.algorithms[0]
    return { ...jwk, kid: await calculateJwkThumbprint(jwk), use: 'sig', alg } as JsonObject
  })
  return { keys: await Promise.all(entries) }
}
