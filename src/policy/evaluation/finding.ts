// What is asked of requirements, and what comes of each.

import type { Check, Instant, Outcome } from '../../core/index.ts'
import type { EvidenceRelease, EvidenceSigner } from '../evidence.ts'
import type { ExpressionAnswers } from '../expression/expressions.ts'
import type { Registry } from '../registry.ts'
import type { Requirement } from '../requirement/requirement.ts'

/** What the requirements are asked about. */
export interface EvidenceQuestion {
  /** The release in question; without one, nothing is about it. */
  readonly release?: Pick<EvidenceRelease, 'id' | 'target' | 'channel'> | undefined
  /** The commit that it was built from, as its accepted provenance says. */
  readonly commit?: string | undefined
  /** The instant as of which is judged: what was signed later is not fresh, and no occasion. */
  readonly now: Instant
}

/** Under what requirements are evaluated. */
export interface RequirementContext extends EvidenceQuestion {
  /** The policies that the requirements stand in, and those that they name. */
  readonly registry: Registry
  /** What the expressions in them came to; without answers, each of them is an `error`. */
  readonly answers?: ExpressionAnswers | undefined
}

/** A piece of evidence that does not support a requirement, was left out by it, or speaks against the release. */
export interface UnfitPiece {
  readonly sha256: string
  /** Of its entry, from 0. */
  readonly index: number
  /** Its family, or else its predicate type. */
  readonly kind: string
  /** Of an approval: what it is of. */
  readonly scope?: string
  readonly signer: Pick<EvidenceSigner, 'name' | 'kind'>
  /** Why, each with its code; of what is forbidden nothing more than that it is there. */
  readonly reasons: readonly Check[]
}

/** What came of a requirement. */
export interface RequirementFinding {
  /** `<policy id>#<requirement id>`: what a waiver of it names. */
  readonly id: string
  /** The id of its policy. */
  readonly policy: string
  readonly requirement: Requirement
  /** File, line and column. */
  readonly position: string
  /** `unverified` for evidence that the project can not make itself and that is not there. */
  readonly outcome: Outcome
  /** The whole reason: what was expected, and which evidence was found, by whom. */
  readonly check: Check
  /** SHA-256 of everything that was looked at, in ledger order. */
  readonly selected: readonly string[]
  /** Of these, what made it accepted, or would with more of it. */
  readonly supporting: readonly string[]
  /** Of these, what speaks against the release, and for what lies outside of the project all that is there and does not fit. */
  readonly against: readonly string[]
  /** Of what is not accepted: the first of what was looked at that does not support it, each with why; of nothing, what was left out by who signed or the origin. */
  readonly unfit: readonly UnfitPiece[]
  /** Those of the requirements that it is put together of. */
  readonly parts: readonly RequirementFinding[]
}
