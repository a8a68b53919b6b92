// The signature itself, and the key of the trust document that made it.

import { type Check, quote } from '../../core/index.ts'
import {
  isSignedBy,
  type PublicKey,
  type TrustDocument,
  type TrustedKey,
} from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import type { Sigstore } from '../sigstore/sigstore.ts'
import { bytesNeeded, type SignedContent } from '../signed-content.ts'

/** What is known of the key before anything was checked. */
export interface SignatureQuestion {
  readonly hint: string
  readonly trust: TrustDocument
  readonly sigstore?: Sigstore
}

/** The check, and the key where it was accepted. */
export interface SignatureFinding {
  readonly check: Check
  readonly key?: TrustedKey
}

/**
 * Looks for the key of the trust document that made the signature over these bytes.
 *
 * DSSE-2: hint and key id are unauthenticated, so they only narrow: one that names a key leaves that key, and any other leaves all,
 * because other tools hint in their own ways (cosign: a digest of the DER).
 */
export function checkSignature(
  { hint, trust, sigstore }: SignatureQuestion,
  signed: SignedContent,
): SignatureFinding {
  const hinted = trust.keys.find(({ publicKey }) => publicKey.keyId === hint)
  const candidates = hinted === undefined ? trust.keys : [hinted]
  let isJudged = candidates.length === 0
  for (const key of candidates) {
    const answer = isSignatureOf(key.publicKey, signed, sigstore)
    if (answer === true) return { check: signatureHolds(key), key }
    isJudged ||= answer === false
  }
  if (!isJudged) return { check: bytesNeeded() }
  return { check: hinted === undefined ? keyUnknown(hint, trust) : signatureInvalid(hinted) }
}

/** Over the bytes where they are at hand; over their digest where that is all there is, and the kind of key allows it. */
function isSignatureOf(
  publicKey: PublicKey,
  signed: SignedContent,
  sigstore: Sigstore | undefined,
): boolean | undefined {
  const { signature } = signed
  if (signed.bytes !== undefined) return isSignedBy(publicKey, signed.bytes, signature)
  const { type, key } = publicKey
  const spki = key.export({ type: 'spki', format: 'der' })
  return sigstore?.isDigestSignedBy({ type, spki }, signed.digest, signature)
}

function signatureHolds({ name, publicKey }: TrustedKey): Check {
  return passed('signature', `The key ${quote(name)} signed these bytes`, {
    expected: 'a key of the trust document',
    found: `${quote(name)}, ${publicKey.type}, key id ${publicKey.keyId}`,
  })
}

function signatureInvalid({ name, publicKey }: TrustedKey): Check {
  const message = `The signature is not of the key ${quote(name)} over these bytes`
  return failed('signature', 'rejected', 'verify/signature-invalid', message, {
    expected: `a signature of ${quote(name)}, key id ${publicKey.keyId}`,
    found: 'another signature, or other bytes',
    hint: 'The bundle was changed after it was signed, or it hints at another key than it was signed with',
  })
}

function keyUnknown(hint: string, { keys }: TrustDocument): Check {
  const message = 'No key of the trust document made this signature'
  return failed('signature', 'rejected', 'verify/key-unknown', message, {
    expected: keys.length === 0 ? 'a key of the trust document, which has none' : listKeys(keys),
    found: hint === '' ? 'a signature without a hint' : `a signature with the hint ${quote(hint)}`,
    hint: 'If you trust the signer: assay trust add-key KEY --trust FILE --name NAME --role ROLE',
  })
}

/** Names that one message shows. */
const SHOWN_MAX = 5

function listKeys(keys: readonly TrustedKey[]): string {
  const shown = keys.slice(0, SHOWN_MAX).map(({ name }) => quote(name))
  const more = keys.length - shown.length
  return `a signature of ${shown.join(' or ')}${more > 0 ? ` or ${more} more` : ''}`
}
