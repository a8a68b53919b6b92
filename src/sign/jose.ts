// Signatures in the forms of JOSE: over bytes as they are, and as compact JWS (RFC 7515).

import { encodeBase64, encodeUtf8 } from '../core/index.ts'
import { encodeJoseSignature, isSignedBy, joseAlgorithmOf } from '../trust/index.ts'
import type { Signer } from './signer.ts'

/** Signs the bytes themselves; the signature has the form of the key's JWS algorithm. */
export async function signJose(bytes: Uint8Array, signer: Signer): Promise<Uint8Array> {
  const { publicKey } = signer
  const signature = await signer.sign(bytes)
  // A fault while signing can give the key away, and a useless signature must not be published.
  if (!isSignedBy(publicKey, bytes, signature)) {
    throw new Error('the signer made a signature that its own public key does not verify')
  }
  return encodeJoseSignature(publicKey, signature)
}

/**
 * A compact JWS over the payload, with `alg`, `kid` and `typ` in its header.
 *
 * @param type a media type without `application/` (RFC 7515 section 4.1.9)
 */
export async function signCompactJws(
  payload: Uint8Array,
  signer: Signer,
  type: string,
): Promise<string> {
  const alg = joseAlgorithmOf(signer.publicKey.type)
  const header = encodeUtf8(JSON.stringify({ alg, kid: signer.publicKey.keyId, typ: type }))
  const input = [header, payload].map((part) => encodeBase64(part, 'base64url')).join('.')
  const signature = await signJose(encodeUtf8(input), signer)
  return `${input}.${encodeBase64(signature, 'base64url')}`
}
