// What each kind of key is in JWK words (RFC 7518 section 6, RFC 8037) and in X.509 words (RFC 5480, RFC 8410).

import type { KeyType } from './public-key.ts'

/** The constants of one kind of key. */
export interface KeyProfile {
  readonly type: KeyType
  readonly kty: 'EC' | 'OKP' | 'RSA'
  /** JWK `crv`. */
  readonly curve?: string
  /** The curve as OpenSSL names it. */
  readonly namedCurve?: string
  /** The required public members, in the order of RFC 7638. */
  readonly members: readonly string[]
  /** Bytes of one coordinate; leading zeros stay (RFC 7518 section 6.2.1.2). */
  readonly coordinateBytes?: number
  /** JWS algorithms that a JWK may name in `alg`; the first is the one we write. */
  readonly algorithms: readonly string[]
}

const EC = { kty: 'EC', members: ['crv', 'kty', 'x', 'y'] } as const

/** Every kind of key there is here; a JWK is one of them by its `kty` and `crv`. */
export const KEY_PROFILES: readonly KeyProfile[] = [
  {
    ...EC,
    type: 'p256',
    curve: 'P-256',
    namedCurve: 'prime256v1',
    coordinateBytes: 32,
    algorithms: ['ES256'],
  },
  {
    ...EC,
    type: 'p384',
    curve: 'P-384',
    namedCurve: 'secp384r1',
    coordinateBytes: 48,
    algorithms: ['ES384'],
  },
  {
    ...EC,
    type: 'p521',
    curve: 'P-521',
    namedCurve: 'secp521r1',
    coordinateBytes: 66,
    algorithms: ['ES512'],
  },
  {
    type: 'ed25519',
    kty: 'OKP',
    curve: 'Ed25519',
    members: ['crv', 'kty', 'x'],
    coordinateBytes: 32,
    // RFC 8037 named it EdDSA; RFC 9864 names it Ed25519.
    algorithms: ['EdDSA', 'Ed25519'],
  },
  { type: 'rsa', kty: 'RSA', members: ['e', 'kty', 'n'], algorithms: ['RS256'] },
]

/** RSA moduli in bits: below is weak (NIST SP 800-131A), above only costs the verifier time. */
export const RSA_BITS = { min: 2_048, max: 8_192 } as const
