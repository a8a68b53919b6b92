// ECDSA over a digest, where the artifact itself is not at hand. node:crypto hashes by itself and can not be told not to.

import { createPublicKey } from 'node:crypto'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import type { LogKey } from '../../trust/index.ts'
import { DIGEST_NEEDED } from './sigstore.ts'

const CURVES = { p256, p384, p521 } as const

/** See {@link Sigstore.isDigestSignedBy}. */
export function isDigestSignedBy(
  { type, spki }: Pick<LogKey, 'type' | 'spki'>,
  digests: Readonly<Record<string, string>>,
  signature: Uint8Array,
): boolean | undefined {
  const needed = DIGEST_NEEDED[type]
  const digest = needed === undefined ? undefined : digests[needed]
  if (digest === undefined || type === 'ed25519' || type === 'rsa') return undefined
  try {
    return CURVES[type].verify(signature, Buffer.from(digest, 'hex'), readPoint(spki), {
      prehash: false,
      // As OpenSSL has it: both values of s are one signature.
      lowS: false,
      format: 'der',
    })
  } catch {
    // A signature that is no DER is no signature.
    return false
  }
}

/** The uncompressed point, by way of node:crypto, which has judged that it lies on the curve. */
function readPoint(spki: Uint8Array): Uint8Array {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
}
