// A signature over what it was made over: the bytes, or the digest of them where that is all there is.

import { verify } from 'node:crypto'
import { isSignedBy, type LogKey } from '../../trust/index.ts'
import type { SignedContent } from '../signed-content.ts'
import { isDigestSignedBy, isSha256SignedBy } from './prehashed.ts'

/** `undefined` where only a digest is at hand, and the kind of key needs the bytes. */
export function isSignedByKey(key: LogKey, signed: SignedContent): boolean | undefined {
  const { signature } = signed
  return signed.bytes === undefined
    ? isDigestSignedBy(key, signed.digest, signature)
    : isSignedBy(key, signed.bytes, signature)
}

/**
 * {@link isSignedByKey} for the key of a certificate.
 *
 * Sigstore's registry gives P-384 and P-521 their own digests, but its clients have signed artifacts over SHA-256 with such keys for
 * years (the releases of CPython until 2024), and its verifiers take both. A key of a trust document has one algorithm.
 */
export function isSignedByCertificate(key: LogKey, signed: SignedContent): boolean | undefined {
  const answer = isSignedByKey(key, signed)
  const { type, spki } = key
  const mayBeOlder = signed.kind === 'message' && (type === 'p384' || type === 'p521')
  if (answer === true || !mayBeOlder) return answer
  const { bytes, digest, signature } = signed
  return bytes === undefined
    ? isSha256SignedBy({ type, spki }, digest, signature)
    : isSha256Signed(key, bytes, signature)
}

function isSha256Signed({ key }: LogKey, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify('sha256', bytes, key, signature)
  } catch {
    /* v8 ignore next -- as in `isSignedBy`: OpenSSL says no, and does not throw */
    return false
  }
}
