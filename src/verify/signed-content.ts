// What one signature is over, as bytes where they are at hand and by digest where they are not.

import type { Envelope } from '../bundle/index.ts'
import type { Check } from '../core/index.ts'
import type { DigestSet } from '../statement/index.ts'
import { failed } from './check.ts'

/** An envelope's payload under its type, or the artifact itself. */
export type SignedContent =
  | {
      readonly kind: 'dsse'
      readonly envelope: Envelope
      /** The pre-authentication encoding, which is what the signature is over. */
      readonly bytes: Uint8Array
      readonly signature: Uint8Array
    }
  | (SignedArtifact & { readonly bytes: Uint8Array })
  | (SignedArtifact & { readonly bytes?: never })

/** An artifact; without its bytes, the verifier has a digest only. */
interface SignedArtifact {
  readonly kind: 'message'
  /** Of the artifact, by the verifier's own reckoning. */
  readonly digest: DigestSet
  readonly signature: Uint8Array
}

/** Of an Ed25519 signature, for one, a digest says nothing. */
export function bytesNeeded(): Check {
  const message = 'The signature can be checked only over the bytes of the artifact'
  return failed('signature', 'missing', 'verify/bytes-missing', message, {
    expected: 'the bytes of the artifact',
    found: 'only its digest',
    hint: 'Give the file with --artifact',
  })
}
