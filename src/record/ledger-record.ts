// A record as the ledger gives it out: verified, read by its family, and small enough to keep many.

import type { JsonObject } from '../core/index.ts'
import type { JudgedTime, Origin, ProvenanceClaims, TrustedSigner } from '../verify/index.ts'
import type { RecordFamily } from '../policy/index.ts'
import type { ReleaseReference } from './statement/release-reference.ts'

/** What a record is about: an artifact set by its manifest, or a git commit. */
export type RecordSubject =
  | { readonly kind: 'set'; readonly id: string; readonly digest: string }
  | { readonly kind: 'commit'; readonly commit: string }

/** What every verified statement in a ledger has. */
interface VerifiedEntry {
  /** Of the bundle's bytes, lower-case hex: its name in the ledger. */
  readonly sha256: string
  /** Of one act of signing, in whatever bundle: where it comes again, nobody has said anything again. */
  readonly signingAct: string
  readonly predicateType: string
  readonly signer: TrustedSigner
  readonly origin: Origin
  readonly judged: JudgedTime
}

/**
 * A record of a family.
 *
 * @example { family: 'smoke', about: { kind: 'set', id: 'staging__web__v1.2.0__4711-1', digest: '9f86…' }, members: { … }, … }
 */
export interface LedgerRecord<M = unknown> extends VerifiedEntry {
  readonly kind: 'record'
  readonly family: RecordFamily
  readonly about: RecordSubject
  /** Of every record about a set. */
  readonly release?: ReleaseReference
  /** The evidence definition that it answers. */
  readonly evidence?: string
  /** The policy that it is made under. */
  readonly policy?: string
  /** When its signer says that it was made. It makes nothing newer than its place in the ledger, and can make it older. */
  readonly reportedAt: string
  /** Records of one id stand for each other: the last one counts. */
  readonly id?: string
  /** What its family holds. */
  readonly members: M
}

/** An artifact set that a statement names, by its id and manifest. */
export interface NamedSet {
  readonly id: string
  readonly digest: string
}

/** Evidence that is no record of ours: provenance, SBOM, a summary of a verifier. */
export interface LedgerMaterial extends VerifiedEntry {
  readonly kind: 'material'
  /** The short name of its predicate type. */
  readonly name: 'provenance' | 'provenance-v0.2' | 'cyclonedx' | 'vsa' | 'svr'
  /** SHA-256 of each of its subjects: the set is one of them where it is about the set. */
  readonly subjects: readonly string[]
  /** The sets that it names; its signer may sign for their target. */
  readonly sets?: readonly NamedSet[]
  /** Of a provenance. */
  readonly provenance?: ProvenanceClaims
  /** What it says; that of an SBOM is too large to be kept. */
  readonly predicate?: JsonObject
}
