// What is asked of requirements, and what comes of each.

import type { Check, Instant, Outcome } from '../../core/index.ts'
import type { EvidenceRelease } from '../evidence.ts'
import type { ExpressionAnswers } from '../expression/expressions.ts'
import type { Registry } from '../registry.ts'
import type { Requirement } from '../requirement/requirement.ts'

/** What the requirements are asked about. */
export interface EvidenceQuestion {
  /** The release in question; without one, nothing is about it. */
  readonly release?: Pick<EvidenceRelease, 'id' | 'target' | 'channel'> | undefined
  /** The commit that it was built from, as its accepted provenance says. */
  readonly commit?: string | undefined
  /** The instant as of which is judged: no evidence that is given was signed later. */
  readonly now: Instant
}

/** Under what requirements are evaluated. */
export interface RequirementContext extends EvidenceQuestion {
  /** The policies that the requirements stand in, and those that they name. */
  readonly registry: Registry
  /** What the expressions in them came to; without answers, each of them is an `error`. */
  readonly answers?: ExpressionAnswers | undefined
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
  /** Those of the requirements that it is put together of. */
  readonly parts: readonly RequirementFinding[]
}
