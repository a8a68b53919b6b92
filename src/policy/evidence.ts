// The evidence that requirements are evaluated over, as a port: whoever judges a project makes these of what it verified and computed.
// Nothing in here is believed because it stands here, so only what verification accepted may be made into it.

import type { Check, Instant, JsonValue, Outcome } from '../core/index.ts'
import { type Phase, RECORD_FAMILIES, type RecordFamily, type Stage } from './vocabulary.ts'

/** Evidence that builds and tools make, and no family of records. */
export const MATERIAL_FAMILIES = ['provenance', 'sbom', 'summary'] as const

/** A family of records, or a material. */
export type EvidenceFamily = RecordFamily | (typeof MATERIAL_FAMILIES)[number]

/** Every family of evidence. */
export const EVIDENCE_FAMILIES = [...RECORD_FAMILIES, ...MATERIAL_FAMILIES] as const

/** Where evidence comes from; computed from its signer. */
export const ORIGINS = ['live-workflow', 'local-proof'] as const

/** What the trust document says of a signer; `unknown` counts neither as a person nor as automation. */
export type EvidenceSignerKind = 'person' | 'automation' | 'unknown'

/** Who signed, as verification found it. */
export interface EvidenceSigner {
  readonly name: string
  /** Who counts when signers are counted. */
  readonly principal: string
  readonly kind: EvidenceSignerKind
  /** Names of the roles that may sign what was signed. */
  readonly roles: readonly string[]
}

/** The release that evidence is about. */
export interface EvidenceRelease {
  /** The artifact set id. */
  readonly id: string
  readonly target: string
  readonly channel: string
  readonly version: string
}

/** What is computed of a piece of evidence when it is read: its view. */
export interface ComputedView {
  /** A token, kebab-case. */
  readonly status: string
  /** Only what is `accepted` supports a requirement. */
  readonly outcome: Outcome
  readonly facts: Readonly<Record<string, JsonValue>>
  /** Why the outcome is what it is. */
  readonly reason: Check
}

/**
 * A piece of evidence that counts in its project, as of one instant.
 *
 * @example
 * { sha256: '9f86…', index: 7, family: 'smoke', predicateType: 'https://in-toto.io/attestation/test-result/v0.1', phase: 'post-deploy-smoke-verified',
 *   release: { id: 'staging__web__v1.2.0__4711-1', target: 'web', channel: 'staging', version: 'v1.2.0' }, origin: 'local-proof',
 *   signer: { name: 'ci', principal: 'ci', kind: 'automation', roles: ['release'] }, computed: { status: 'verified', … }, predicate: { … } }
 */
export interface Evidence {
  /** Of the bundle, lower-case hex: its name in the ledger. What comes twice under one digest is one piece. */
  readonly sha256: string
  /** Of its entry, from 0. */
  readonly index: number
  readonly family?: EvidenceFamily
  readonly predicateType: string
  /** The evidence definition that it answers. */
  readonly evidence?: string
  /** The policy that it is made under. */
  readonly policy?: string
  readonly phase?: Phase
  /** Where what it is about runs, or where it came about. */
  readonly stage?: Stage
  /** The release that it is about; of evidence about a commit there is none. */
  readonly release?: EvidenceRelease
  /** The git commit that it is about; of evidence about a release there is none. */
  readonly commit?: string
  readonly origin: (typeof ORIGINS)[number]
  readonly signer: EvidenceSigner
  /** The earliest instant that somebody else than the signer vouches for; absent where nobody does. */
  readonly signedAt?: Instant
  readonly computed: ComputedView
  /** SHA-256 of the later evidence that made up for it: so it neither supports anything nor speaks against it. */
  readonly overtakenBy?: string
  /** It can not count, and takes nothing away from others of its kind that do. */
  readonly isAside?: true
  readonly predicate: JsonValue
}
