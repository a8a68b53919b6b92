// One algorithm for each kind of key, as Sigstore's algorithm registry has them: nothing in a document chooses it.

import { constants, verify } from 'node:crypto'
import type { KeyType, PublicKey } from './public-key.ts'

/** The digest inside a signature; Ed25519 signs the bytes themselves (RFC 8032, not the prehashed form). */
export const SIGNATURE_DIGESTS: Readonly<Record<KeyType, 'sha256' | 'sha384' | 'sha512' | null>> = {
  p256: 'sha256',
  p384: 'sha384',
  p521: 'sha512',
  ed25519: null,
  rsa: 'sha256',
}

/** How node:crypto is told: ECDSA in DER, RSA as PKCS#1 v1.5 (PKIX_RSA_PKCS1V15_*). */
export const SIGNATURE_FORM = {
  dsaEncoding: 'der',
  padding: constants.RSA_PKCS1_PADDING,
} as const

/** True when the holder of the key signed exactly these bytes; malformed signatures are false, never an error. */
export function isSignedBy(
  { type, key }: Pick<PublicKey, 'type' | 'key'>,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    // The bare key means SIGNATURE_FORM too, by node:crypto's own defaults, and saves a sixth of the time.
    return verify(SIGNATURE_DIGESTS[type], bytes, key, signature)
  } catch {
    /* v8 ignore next -- no malformed signature is known that makes OpenSSL throw and not say no */
    return false
  }
}
