import type { CoreProblem, Problem } from '../core/index.ts'

/** Why a signed result was refused. */
export type GateProblem = CoreProblem | Problem<GateCode>

/** What a check of a signed result refuses for, and what a document that is none is refused for. */
export type GateCode =
  /** An attached document says something else than the ledger shows. */
  | 'gate/attachment-differs'
  /** Something that has to be attached to a release is not there, and nothing shows that there is nothing to attach. */
  | 'gate/attachment-missing'
  /** An attached document rests on records of which not all are accepted. */
  | 'gate/attachment-refused'
  /** An export of GitHub's settings, or the review of its bypass list, was signed too long ago, or nobody vouches for when. */
  | 'gate/closure-age'
  /** Somebody whom the policy does not name may bypass the rules of the release branch, or the export does not say who may. */
  | 'gate/closure-bypass'
  /** The checks that the release branch requires are not exactly those of the checked-in file. */
  | 'gate/closure-checks'
  /** A ruleset is not enforced on the release branch, or is of another repository than the release. */
  | 'gate/closure-enforcement'
  /** No administrator reviewed the bypass list of an export. */
  | 'gate/closure-review'
  /** The rules of the release branch do not ask for reviews as they have to. */
  | 'gate/closure-reviews'
  /** An export is no ruleset of GitHub. */
  | 'gate/closure-ruleset'
  /** No administrator exported the rules of the release branch: what they are is not known. */
  | 'gate/closure-unverified'
  /** The commit that was named is one that a release was built from which is not the newest: it is asked about by its name. */
  | 'gate/commit-released'
  /** An incident is open. */
  | 'gate/incident-open'
  /** Whether something counts as an incident can not be told: the results or reports that would show it do not count. */
  | 'gate/incident-trigger'
  /** Something counts as an incident, and nobody opened one. */
  | 'gate/incident-unopened'
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
  /** The release that was named was not built from the commit that was named. */
  | 'gate/release-commit'
  /** A record of the release is not accepted, not there, or contradicts the others: nothing can be decided in its favour. */
  | 'gate/records-refused'
  /** The newest release is not adopted any more, or none stands: nobody goes back to the one before it, or on to the next commit, in silence. */
  | 'gate/release-fallback'
  /** Something that was signed against a release stands: an incident that is open, another set found deployed, or a decision against it. */
  | 'gate/release-opposed'
  /** Somebody said that another release stands in the place of the release: nothing is decided in its favour. */
  | 'gate/release-superseded'
  /** The release was withdrawn, or the commit is the one that a withdrawn one was built from. */
  | 'gate/release-withdrawn'
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
  /** A signed result continues by exception, where none is to count, or by one that has ended since. */
  | 'gate/result-exception'
  /** A signed result is of another gate than the one that was asked for. */
  | 'gate/result-gate'
  /** A signed result names a key that is not in the set of published keys. */
  | 'gate/result-key'
  /** A member of a signed result says something else than the bytes that were signed. */
  | 'gate/result-member'
  /** A signed result counts the ledger of one run, where that of the project is asked for. */
  | 'gate/result-scope'
  /** The signature does not fit the signed bytes under the published key. */
  | 'gate/result-signature'
  /** A signed result is older than was asked for. */
  | 'gate/result-stale'
  /** A signed result is about another release, set or commit than the one that was asked for. */
  | 'gate/result-subject'
  /** A signed result is of an instant after its signature, or was signed in the future. */
  | 'gate/result-time'
  /** A signed result says another verdict than the one that was asked for. */
  | 'gate/result-verdict'
  /** The key of a signed result was not in its window when the result was signed. */
  | 'gate/result-window'
  /** A step of a sequence of commands failed. */
  | 'gate/sequence-failed'
  /** No accepted command record about the commit has a step of a sequence, word by word. */
  | 'gate/sequence-missing'
  /** The steps of a sequence of commands ran in another order. */
  | 'gate/sequence-order'
  /** All steps of a sequence ended well, in a command record that is not accepted. */
  | 'gate/sequence-refused'
  /** The command record of a sequence is signed in no role whose word counts there. */
  | 'gate/sequence-role'
  /** A snapshot that a release names is of no clean checkout of its commit. */
  | 'gate/snapshot-source'
  /** No release in use names the snapshot by digest. */
  | 'gate/snapshot-unknown'
  /** The ledger holds nothing about the release or the commit that was named. */
  | 'gate/subject-unknown'
  /** A verifier says of the release that it failed, and has not said since that it passed. */
  | 'gate/summary-failed'
  /** A summary is to be written about a release that is not there, or of whose artifacts nothing is known. */
  | 'gate/summary-subject'
  /** A summary is to be written of a gate that could not be judged: that is neither passed nor failed. */
  | 'gate/summary-unjudged'
