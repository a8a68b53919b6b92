// A computed view: what a record comes to when it is read, each status with the facts that made it.

import { type Check, refusedCheck, type Instant, acceptedCheck } from '../core/index.ts'
import type { Registry } from '../policy/index.ts'
import type { RecordCode } from './problem.ts'
import type { FoldedRecord, ReleaseEvidence, ReleaseSummary } from './release/evidence.ts'

/** A fact beside a status: a text, a number, a yes or no, or a list of texts. */
export type ViewFact = string | number | boolean | readonly string[]

/**
 * What is computed of one record.
 *
 * @example { status: 'signed-and-verified', check, facts: { claims: ['source-revision'], provenance: ['9f86d0…'] } }
 */
export interface FamilyView {
  /** A token, kebab-case: `docs/predicates/<family>.md` lists those of each family. */
  readonly status: string
  /** Why: accepted where the record does what its family is for. */
  readonly check: Check
  readonly facts: Readonly<Record<string, ViewFact>>
  /** It is shown, and decides nothing: a waiver that is over, an approval that can not count beside those that do. */
  readonly isAside?: boolean
}

/** What a view may look at, besides the record. */
export interface ViewContext {
  readonly evidence: ReleaseEvidence
  /** The policies as they are now; without them, what a policy decides can not be judged. */
  readonly registry: Registry | undefined
  /** The instant as of which is judged. */
  readonly now: Instant
  /** Another release of the same ledger, by its artifact set id. */
  readonly releaseOf: (artifactSetId: string) => ReleaseSummary | undefined
  /**
   * The principals who have one of these roles by the trust document. Without it, who has a role is taken from what they signed, and
   * a role that keeps others apart is only as good as the evidence is complete.
   */
  readonly holdersOf?: ((roles: readonly string[]) => ReadonlySet<string>) | undefined
}

/** How a family computes the view of its records. */
export type ViewOf<M> = (record: FoldedRecord<M>, context: ViewContext) => FamilyView

/** The step found what it should. */
export const passed = acceptedCheck

/** The step did not, for a reason that is a record's. */
export const failed = refusedCheck<RecordCode>
