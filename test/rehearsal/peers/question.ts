// What every program is asked alike: sign this statement in this way, or verify this bundle for this signer.

import type { Documents } from '../rehearsal.ts'

/** How a statement is signed: by whom, and who witnesses it. */
export const MODES = ['keyless, Rekor v2', 'keyless, Rekor v1', 'key, timestamp', 'key'] as const
export type Mode = (typeof MODES)[number]

/** Who a verifier expects. */
export type ExpectedSigner =
  | { readonly identity: string; readonly issuer: string }
  /** A public key, PEM. */
  | { readonly key: string }

export interface SigningOrder {
  readonly mode: Mode
  readonly documents: Documents
  /** The file that the statement is about, and the statement and its predicate, as files in `folder`. */
  readonly artifact: string
  readonly statement: string
  readonly predicate: string
  /** For the keyless modes. */
  readonly token: string
  /** P-256 (PKCS#8, PEM), for the modes with a key; and the public one. */
  readonly key: string
  readonly publicKey: string
  /** Where files may be put. */
  readonly folder: string
}

export interface VerificationQuestion {
  readonly documents: Documents
  readonly bundle: string
  readonly artifact: string
  readonly signer: ExpectedSigner
  /** Which witnesses are demanded; a certificate always needs both. */
  readonly log: boolean
  readonly time: boolean
  readonly folder: string
}

/** What a verifier said, and in which words. */
export interface PeerVerdict {
  readonly accepted: boolean
  readonly output: string
}

/** The signing config that a mode needs. */
export function signingConfigName(mode: Mode): keyof Documents['signingConfigs'] {
  switch (mode) {
    case 'keyless, Rekor v2':
      return 'rekor'
    case 'keyless, Rekor v1':
      return 'rekorV1'
    case 'key, timestamp':
      return 'timestamp'
    case 'key':
      return 'none'
  }
}
