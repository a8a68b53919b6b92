import type { CoreProblem, Problem } from '../core/index.ts'

/** Why a signed result was refused. */
export type GateProblem = CoreProblem | Problem<GateCode>

/** What a check of a signed result refuses for, and what a document that is none is refused for. */
export type GateCode =
  /** Whoever drafts can sign for the target of a release, or it can not be shown that they can not. */
  | 'gate/readiness-drafts'
  /** Nobody in the role of an owner of a stage, who counts for no other owner, signed for it. */
  | 'gate/readiness-owner'
  /** A record of the release is not accepted, not there, or contradicts the others: nothing can be decided in its favour. */
  | 'gate/records-refused'
  /** A document that is no signed result: a member is missing, unknown or malformed, or what was signed can not be read. */
  | 'gate/result'
  /** The algorithm that a signed result names is not the one of its key. */
  | 'gate/result-algorithm'
  /** The commitment id of a signed result is not the digest of the preimage that it states. */
  | 'gate/result-commitment'
  /** A signed result is of another gate than the one that was asked for. */
  | 'gate/result-gate'
  /** A signed result names a key that is not in the set of published keys. */
  | 'gate/result-key'
  /** A member of a signed result says something else than the bytes that were signed. */
  | 'gate/result-member'
  /** The signature does not fit the signed bytes under the published key. */
  | 'gate/result-signature'
  /** A signed result says another verdict than the one that was asked for. */
  | 'gate/result-verdict'
  /** The key of a signed result was not in its window when the result was signed. */
  | 'gate/result-window'
