// What a verification leaves: a value that nothing but `src/verify` can make, with who said it, about what, and as of when.

import { freezeDeep, type Instant } from '../core/index.ts'
import type { Statement } from '../statement/index.ts'
import type { CertificateIdentity, Role, RootMark } from '../trust/index.ts'

/**
 * Who made the signature: a key of the trust document, as that describes it.
 *
 * @example { type: 'key', name: 'release-2026', keyId: 'kPrK…', principal: 'ci', roles: [{ name: 'release', threshold: 1 }] }
 */
export interface KeySigner {
  readonly type: 'key'
  readonly name: string
  /** RFC 7638 thumbprint. */
  readonly keyId: string
  /** Who counts when signatures are counted: the declared principal, or the key's name. */
  readonly principal: string
  /** Absent where the trust document does not say. */
  readonly kind?: 'person' | 'automation'
  /** The roles of this key that may sign what was signed; at least one. */
  readonly roles: readonly Role[]
}

/**
 * Who made the signature: the holder of a certificate, as the authority that issued it describes them.
 *
 * @example { type: 'certificate', name: 'release-workflow', identity: { issuer, san, claims }, root: { name: 'public-good', … }, … }
 */
export interface CertificateSigner {
  readonly type: 'certificate'
  /** Name of the identity in the trust document. */
  readonly name: string
  /** What the certificate says, with every claim of it. */
  readonly identity: CertificateIdentity
  readonly root: SigningRoot
  readonly principal: string
  readonly kind?: 'person' | 'automation'
  readonly roles: readonly Role[]
}

/** The trusted root under which a certificate counts. */
export interface SigningRoot {
  readonly name: string
  readonly mark: RootMark
  /** SHA-256 of the canonical form of the trusted root, lower-case hex. */
  readonly sha256: string
  /** False where the root is what the trust document declares and no public root that is built in. */
  readonly isPublicGood: boolean
}

/** Whoever made the signature. */
export type TrustedSigner = KeySigner | CertificateSigner

/** `live-workflow` needs a CI issuer's certificate under a root that is marked live; a local key never gives it. */
export type Origin = 'live-workflow' | 'local-proof'

/** An instant at which the signature was there already, by the word of somebody else than its maker. */
export interface VouchedTime {
  readonly at: Instant
  readonly by: 'timestamp' | 'log'
  /** The authority's URI, or the log's origin. */
  readonly name: string
}

/** As of when the evidence was judged, and what vouches for that time. */
export interface JudgedTime {
  /** The earliest vouched time; without one the verifier's. */
  readonly at: Instant
  /** `clock`: the verifier's; `given`: the time that the verifier asked for. Neither says when the signature was made. */
  readonly source: 'timestamp' | 'log' | 'clock' | 'given'
  /** Every instant at which certificate and key were judged; empty where nothing vouches for one. */
  readonly vouched: readonly VouchedTime[]
  /** What the bundle holds besides, and no root of the trust document can judge. It gives no time. */
  readonly notJudged: { readonly logEntries: number; readonly timestamps: number }
}

/** One thing that was asked for, and the subject that stands for it. */
export interface MatchedSubject {
  /** The artifact as the verifier names it: its path, or its digest. */
  readonly artifact: string
  /** The name that the statement gives it, which may be another. */
  readonly subject?: string
  /** `sha256:<hex>`. */
  readonly digest: string
}

/** The content of a message signature: these bytes were signed, and nothing is said about them. */
export interface ArtifactSignature {
  readonly artifact: string
  /** `sha256:<hex>`, of the very bytes that the signature was checked over. */
  readonly digest: string
}

/** What a verification found, before it is sealed as evidence. */
export interface VerifiedFacts<T> {
  readonly value: T
  readonly signer: TrustedSigner
  readonly origin: Origin
  readonly subjects: readonly MatchedSubject[]
  readonly judged: JudgedTime
}

/** The facts of one accepted signature, which are no evidence before they were counted together with all others. */
export type SignedFacts = VerifiedFacts<Statement> | VerifiedFacts<ArtifactSignature>

/**
 * Evidence that was verified. Only {@link Verified} of a {@link Statement} is evidence for a policy.
 *
 * A class for the compiler alone: its private member is the one brand that a spread, a literal or a cast from a look-alike can not
 * carry. What counts in a running program is that {@link sealVerified} made it.
 */
export class Verified<T extends Statement | ArtifactSignature> implements VerifiedFacts<T> {
  declare protected readonly brand: never
  readonly value: T
  readonly signer: TrustedSigner
  readonly origin: Origin
  readonly subjects: readonly MatchedSubject[]
  readonly judged: JudgedTime

  constructor({ value, signer, origin, subjects, judged }: VerifiedFacts<T>) {
    this.value = value
    this.signer = signer
    this.origin = origin
    this.subjects = subjects
    this.judged = judged
  }
}

/** Who gets hold of the constructor, through a value that it made, still can not write here. */
const MADE = new WeakSet<object>()

/** Makes evidence of what a verification found. Nothing of it can be changed any more. */
export function sealVerified(
  facts: SignedFacts,
): Verified<Statement> | Verified<ArtifactSignature> {
  const verified = new Verified<Statement | ArtifactSignature>(facts)
  Object.values(verified).forEach(freezeDeep)
  Object.freeze(verified)
  MADE.add(verified)
  return verified as Verified<Statement> | Verified<ArtifactSignature>
}

/** True for what a verification made; for callers that have no types to stop them. */
export function isVerified(value: unknown): value is Verified<Statement | ArtifactSignature> {
  return typeof value === 'object' && value !== null && MADE.has(value)
}
