// A signature over what it was made over: the bytes, or the digest of them where that is all there is.

import { isSignedBy, type LogKey } from '../../trust/index.ts'
import type { SignedContent } from '../signer/signed-content.ts'
import { isDigestSignedBy } from './prehashed.ts'

/** `undefined` where only a digest is at hand, and the kind of key needs the bytes. */
export function isSignedByKey(key: LogKey, signed: SignedContent): boolean | undefined {
  const { bytes, signature } = signed
  if (bytes !== undefined) return isSignedBy(key, bytes, signature)
  return signed.kind === 'dsse' ? false : isDigestSignedBy(key, signed.digest, signature)
}
