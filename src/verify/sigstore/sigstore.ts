// What verification asks of its Sigstore part, which is loaded only where a bundle needs it.

import type { Bundle } from '../../bundle/index.ts'
import type { Check, Instant } from '../../core/index.ts'
import type { CertificateIdentity, KeyType, LogKey, NamedRoot } from '../../trust/index.ts'
import type { SignedContent } from '../signed-content.ts'
import type { VouchedTime } from '../verified.ts'

/** One signature with everything that came with it. */
export interface MaterialQuestion {
  readonly bundle: Bundle
  readonly signed: SignedContent
  /** At least one. */
  readonly roots: readonly NamedRoot[]
  /** The verifier's clock, for saying what has ended since where no time is asked about, and for nothing else. */
  readonly now: Instant
  /** The time as of which the verifier judges, where it has one of its own: by then the signature has to be there. */
  readonly asOf?: Instant
}

/** Whose signature it is, by a certificate, and what vouches for it. */
export interface CertifiedSigner {
  readonly identity: CertificateIdentity
  /** Of the key in the certificate. */
  readonly keyType: KeyType
  readonly root: NamedRoot
  readonly times: readonly VouchedTime[]
  /** Log entries that count. */
  readonly logEntries: number
  /** Timestamps that count. */
  readonly timestamps: number
}

/** The signer only where path, signature, log entries and timestamps were all accepted. */
export interface CertificateFinding {
  readonly checks: readonly Check[]
  readonly signer?: CertifiedSigner
}

/** A certificate before anything that was made with it is public. */
export interface NewCertificateQuestion {
  /** DER. */
  readonly certificate: Uint8Array
  readonly signature: Uint8Array
  /** Over the signature; without any, nothing is said about time. */
  readonly timestamps: readonly Uint8Array[]
  readonly roots: readonly NamedRoot[]
}

/** Whose certificate it is, and under which root, only where everything was accepted. */
export interface NewCertificateFinding {
  readonly checks: readonly Check[]
  readonly identity?: CertificateIdentity
  readonly root?: NamedRoot
}

/** What logs and timestamp authorities say about a signature by a key. */
export interface WitnessFinding {
  readonly checks: readonly Check[]
  readonly times: readonly VouchedTime[]
  /** Log entries that count. */
  readonly logEntries: number
  /** Timestamps that count. */
  readonly timestamps: number
  /** What no trusted root can judge. */
  readonly notJudged: { readonly logEntries: number; readonly timestamps: number }
}

/**
 * What `loadSigstore()` gives: the Sigstore part of the verification. It remembers what it has checked; that changes no answer.
 *
 * For users of the library it is a handle, which verification takes. What it can do is not promised.
 */
export interface Sigstore {
  readonly kind: 'sigstore'

  /**
   * Judges a signature by a certificate under the roots, each by itself: nothing of one root helps another.
   *
   * @internal
   */
  judgeCertificate(
    question: MaterialQuestion & { readonly chain: readonly [Uint8Array, ...Uint8Array[]] },
  ): CertificateFinding

  /**
   * Judges a certificate with its path, its promises and the timestamps, as whoever signs has to before it is logged (CS-12).
   *
   * @internal
   */
  judgeNewCertificate(question: NewCertificateQuestion): NewCertificateFinding

  /**
   * Judges the log entries and timestamps of a signature that a key has made.
   *
   * @internal
   */
  judgeWitnesses(
    question: MaterialQuestion & { readonly key: Pick<LogKey, 'type' | 'key' | 'spki'> },
  ): WitnessFinding

  /**
   * Is this the signature over an artifact of which only the digest is at hand? Possible for ECDSA and RSA.
   *
   * @returns `undefined` where the kind of key makes it impossible, or the digest that it needs is not at hand
   * @internal
   */
  isDigestSignedBy(
    key: Pick<LogKey, 'type' | 'spki'>,
    digest: Readonly<Record<string, string>>,
    signature: Uint8Array,
  ): boolean | undefined
}
