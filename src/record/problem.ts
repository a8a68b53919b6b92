import type { Problem } from '../core/index.ts'

/** What is wrong with a record, or with what one would be made of. */
export type RecordProblem = Problem<RecordCode>

/** The codes of {@link RecordProblem}. */
export type RecordCode =
  /** All evidence of a manual stage is there; only a person can let the release enter it. */
  | 'record/awaiting-person'
  /** Who adopts is not named by the trust document. */
  | 'record/adopter-unknown'
  /** The pack holds something else than the adoption candidate that was made of it. */
  | 'record/adoption-source'
  /** Whoever approves a production release is not shown by a live workflow that a person dispatched. */
  | 'record/approver-identity'
  /** The policy does not allow the kind of authority that the signature shows. */
  | 'record/authority-kind'
  /** The file of a record is no bundle. */
  | 'record/bundle'
  /** A canary went further than its rule, or another way. */
  | 'record/canary-rule'
  /** The window of a canary began before the release was built, or before it was found deployed: it shows nothing of it. */
  | 'record/canary-window'
  /** The file is no adoption candidate. */
  | 'record/candidate'
  /** A test or check that is recorded failed. */
  | 'record/check-failed'
  /** A test or check that has to be there is not in the record, or there is none at all. */
  | 'record/check-missing'
  /** A test that has to pass passed with a warning only. */
  | 'record/check-warned'
  /** The provenance that the record names lacks an identity claim that its policy asks for. */
  | 'record/claim-missing'
  /** A record about the commit of the release is not accepted, or not there. */
  | 'record/commit-refused'
  /** No operator, who is a person, has confirmed the release to go back to. */
  | 'record/confirmation'
  /** The record says something twice, and not the same. */
  | 'record/contradiction'
  /** What was observed to be deployed is another artifact set than the one that the record is about. */
  | 'record/drift'
  /** A draft, or a request to review one: it says what somebody would sign, and nobody has signed that. */
  | 'record/draft'
  /** The file or statement is no draft of a record, or says two things of one. */
  | 'record/draft-format'
  /** A draft was signed by somebody who signs for production: with such a key nobody drafts. */
  | 'record/draft-signer'
  /** The record is about a release of the channel for drafts, of which nothing counts. */
  | 'record/draft-channel'
  /** The evidence definition that the record answers is for another family, or for another kind of subject. */
  | 'record/evidence'
  /** What the record says held until a time that is over. */
  | 'record/expired'
  /** The statement is of no family of records, and no evidence that a release is made with. */
  | 'record/family'
  /** A finding that trust hangs on is not resolved. */
  | 'record/finding-open'
  /** An incident lacks its first failing control, cause, corrective action or passing re-run. */
  | 'record/incident-open'
  /** The bytes are no inner manifest, or another spelling of one. */
  | 'record/inner-manifest'
  /** The record holds a word that is computed when it is read: a status, an origin, a judgement. */
  | 'record/judgement'
  /** A later result of the same check failed. */
  | 'record/later-failure'
  /** A record that was appended later stands beside or in the place of those that this one names, and is not named. */
  | 'record/later-record'
  /** The record stands before what it has to come after, in the ledger or in vouched time. */
  | 'record/order'
  /** Who approves the release took part in building or operating it. */
  | 'record/not-independent'
  /** A decision of people is signed by automation, or by somebody of whom nobody knows what they are. */
  | 'record/not-person'
  /** Of a release, or of a whole ledger, there is no record that counts: none at all, or none that was adopted. */
  | 'record/nothing-counts'
  /** A document was given that nothing in the pack names by its digest. */
  | 'record/pack-document'
  /** A file of the pack is not the one that its list names. */
  | 'record/pack-file-changed'
  /** The pack has a file that its list does not name. */
  | 'record/pack-file-extra'
  /** A file that the list of the pack names is not there. */
  | 'record/pack-file-missing'
  /** A file of the pack stands under another name than its list has. */
  | 'record/pack-file-renamed'
  /** The list of the files of a pack is no such list, or another spelling of one. */
  | 'record/pack-manifest'
  /** The record is of a phase that its policy does not have. */
  | 'record/phase'
  /** The policies that the record names by digest are not those of now. */
  | 'record/policies-moved'
  /** The policy that the record is made under has expired. */
  | 'record/policy-expired'
  /** The policy that the record is made under is for other targets. */
  | 'record/policy-scope'
  /** The policy that the record is made under is not among the policies at hand. */
  | 'record/policy-unknown'
  /** A record that the policy asks for is not there. */
  | 'record/missing'
  /** A member is missing, unknown, or of another form than its family has. */
  | 'record/member'
  /** A text of the record makes a claim that its rule prohibits. */
  | 'record/prohibited-claim'
  /** No provenance over the artifact set is accepted. */
  | 'record/provenance-missing'
  /** A provenance over the artifact set was built from another commit than its records name. */
  | 'record/provenance-source'
  /** Accepted provenance over the artifact set is there, and the record does not name it. */
  | 'record/provenance-unnamed'
  /** Fewer people approve the release than their role asks for. */
  | 'record/quorum'
  /** What the record names by digest is not in the ledger, or not of its release. */
  | 'record/reference-missing'
  /** A person speaks against the release, and has not decided otherwise since. */
  | 'record/rejection'
  /** The release that the record names is not whole, or contradicts its own set id. */
  | 'record/release'
  /** The signer has decided again since, or somebody of their standing waives the same check anew: the later word stands in the place of this one. */
  | 'record/replaced'
  /** The signer holds a role, too, that the one in which they sign is kept apart from. */
  | 'record/role-apart'
  /** The trust document has a role for such decisions, and the signer holds none but roles for records of every type. */
  | 'record/role-general'
  /** Whoever would make something good, or close it, is not of the standing of who found it: in a role of theirs, and a person where a person spoke. */
  | 'record/standing'
  /** The role of the signer asks for several signatures, and such records are not counted together. */
  | 'record/role-threshold'
  /** The release to go back to is not known good: it is the release itself, does not verify, or did not pass its smoke. */
  | 'record/rollback-target'
  /** The record holds something that opens something, and would publish it. The value is never shown. */
  | 'record/secret'
  /** A stage of the ladder is not reached: its evidence is not there, or not accepted. */
  | 'record/stage-open'
  /** A stage of the ladder is reached above a required one that is not. */
  | 'record/stage-order'
  /** The record is about something that its family is not about, or does not say which set or commit. */
  | 'record/subject'
  /** Another release stands in the place of the release. */
  | 'record/superseded'
  /** What the record says does not hold yet: its time has not begun, or its window is not over. */
  | 'record/too-early'
  /** The release to go back to is not signed, and its policy asks for that. */
  | 'record/trusted-artifact'
  /** A review covers another tree of files than that of the commit, or nothing says which tree that is. */
  | 'record/tree'
  /** The release was withdrawn. */
  | 'record/withdrawn'
