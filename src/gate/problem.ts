import type { CoreProblem, Problem } from '../core/index.ts'

/** Why a signed result was refused. */
export type GateProblem = CoreProblem | Problem<GateCode>

/** What a check of a signed result refuses for, and what a document that is none is refused for. */
export type GateCode =
  /** A member of a report that counts has another value than the playbook asks for. */
  | 'gate/playbook-condition'
  /** The release owner and somebody else did not both approve this release, or one of their approvals does not count. */
  | 'gate/playbook-decision'
  /** The exception of a playbook can not be made: its verification does not name a file, or something else stands in the way. */
  | 'gate/playbook-exception'
  /** What the project can not force itself was not shown by anybody. */
  | 'gate/playbook-external'
  /** A job did not pass, or no test result that counts names it. */
  | 'gate/playbook-job'
  /** An executive summary says failed or unverified, or is not what it lists comes to. */
  | 'gate/playbook-summary'
  /** Whoever drafts can sign for the target of a release, or it can not be shown that they can not. */
  | 'gate/readiness-drafts'
  /** Nobody in the role of an owner of a stage, who counts for no other owner, signed for it. */
  | 'gate/readiness-owner'
  /** A record of the release is not accepted, not there, or contradicts the others: nothing can be decided in its favour. */
  | 'gate/records-refused'
  /** A report that a playbook names is not there. */
  | 'gate/report-absent'
  /** Accepted evidence names other bytes than a report has. */
  | 'gate/report-changed'
  /** Accepted evidence of several signers or checks names different bytes under one path. */
  | 'gate/report-contradicted'
  /** No accepted evidence names a report by its digest: it is a file like any other. */
  | 'gate/report-loose'
  /** A report can not be read, or is no strict JSON. */
  | 'gate/report-unreadable'
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
