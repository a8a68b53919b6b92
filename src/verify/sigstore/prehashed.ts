// A signature over a digest, where the artifact itself is not at hand. node:crypto hashes by itself and can not be told not to.

import { constants, createPublicKey, type KeyObject, publicDecrypt } from 'node:crypto'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import type { KeyType, LogKey } from '../../trust/index.ts'

/** The digest that a signature of each kind of key is over; Ed25519 signs no digest. */
const DIGEST_NEEDED = {
  p256: 'sha256',
  p384: 'sha384',
  p521: 'sha512',
  rsa: 'sha256',
} as const satisfies Record<Exclude<KeyType, 'ed25519'>, string>

interface DigestKey<T extends keyof typeof DIGEST_NEEDED> extends Pick<LogKey, 'spki'> {
  readonly type: T
}
type Digests = Readonly<Record<string, string>>

/** See {@link Sigstore.isDigestSignedBy}. */
export function isDigestSignedBy(
  { type, spki }: Pick<LogKey, 'type' | 'spki'>,
  digests: Digests,
  signature: Uint8Array,
): boolean | undefined {
  if (type === 'ed25519') return undefined
  const digest = digests[DIGEST_NEEDED[type]]
  return digest === undefined ? undefined : isSignedDigest({ type, spki }, digest, signature)
}

/** The same where one of the longer curves has signed over SHA-256. */
export function isSha256SignedBy(
  key: DigestKey<'p384' | 'p521'>,
  { sha256 }: Digests,
  signature: Uint8Array,
): boolean | undefined {
  return sha256 === undefined ? undefined : isSignedDigest(key, sha256, signature)
}

const CURVES = { p256, p384, p521 } as const

function isSignedDigest(
  { type, spki }: DigestKey<keyof typeof DIGEST_NEEDED>,
  digest: string,
  signature: Uint8Array,
): boolean {
  try {
    if (type === 'rsa') return isRsaSigned(readKey(spki), digest, signature)
    return CURVES[type].verify(signature, Buffer.from(digest, 'hex'), readPoint(spki), {
      prehash: false,
      // As OpenSSL has it: both values of s are one signature.
      lowS: false,
      format: 'der',
    })
  } catch {
    // A signature that is no DER, or has no padding, is no signature.
    return false
  }
}

/** RFC 8017, 9.2: what stands before a SHA-256 digest in a PKCS#1 v1.5 signature. */
const SHA256_INFO = '3031300d060960864801650304020105000420'

/** The padding is judged by OpenSSL; what it holds is compared whole, so that nothing can stand behind the digest. */
function isRsaSigned(key: KeyObject, digest: string, signature: Uint8Array): boolean {
  const padding = constants.RSA_PKCS1_PADDING
  return publicDecrypt({ key, padding }, signature).toString('hex') === `${SHA256_INFO}${digest}`
}

function readKey(spki: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
}

/** The uncompressed point, by way of node:crypto, which has judged that it lies on the curve. */
function readPoint(spki: Uint8Array): Uint8Array {
  const { x = '', y = '' } = readKey(spki).export({ format: 'jwk' })
  return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
}
