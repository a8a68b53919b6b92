// Signatures of authorities and logs. The same ones are asked for again: by another bundle, under another root, and by the second
// verifier, which reads the bytes in its own way and then needs no other arithmetic. Signatures of bundles are not among them.

import { type KeyObject, verify } from 'node:crypto'
import { encodeUtf8 } from '../../core/index.ts'
import { type LogKey, SIGNATURE_DIGESTS } from '../../trust/index.ts'
import { remember } from './memory.ts'

/** Everything that decides whether a signature holds. */
export interface SignatureQuestion {
  /** None for Ed25519. */
  readonly digest: string | null
  readonly key: KeyObject
  readonly signed: Uint8Array
  readonly signature: Uint8Array
}

/** True when the holder of the key signed exactly these bytes; malformed signatures are false, never an error. */
export const isSignedByWitness: (question: SignatureQuestion) => boolean = remember(
  ({ digest, key, signed, signature }) => [
    encodeUtf8(digest ?? ''),
    spkiOf(key),
    signed,
    signature,
  ],
  ({ digest, key, signed, signature }) => {
    try {
      return verify(digest, signed, key, signature)
    } catch {
      /* v8 ignore next -- no malformed signature is known that makes OpenSSL throw and not say no */
      return false
    }
  },
)

/** {@link isSignedByWitness} of a log, whose kind of key says the digest. */
export function isSignedByLog(
  { type, key }: Pick<LogKey, 'type' | 'key'>,
  signed: Uint8Array,
  signature: Uint8Array,
): boolean {
  return isSignedByWitness({ digest: SIGNATURE_DIGESTS[type], key, signed, signature })
}

/** Keys of a root stay, and writing one out takes as long as a signature. */
const SPKI = new WeakMap<KeyObject, Uint8Array>()

function spkiOf(key: KeyObject): Uint8Array {
  const known = SPKI.get(key) ?? key.export({ type: 'spki', format: 'der' })
  SPKI.set(key, known)
  return known
}
