import type { Problem } from '../core/index.ts'

/** What is wrong with a record, or with what one would be made of. */
export type RecordProblem = Problem<RecordCode>

/** The codes of {@link RecordProblem}. */
export type RecordCode =
  /** The file of a record is no bundle. */
  | 'record/bundle'
  /** The record says something twice, and not the same. */
  | 'record/contradiction'
  /** The statement is of no family of records, and no evidence that a release is made with. */
  | 'record/family'
  /** The bytes are no inner manifest, or another spelling of one. */
  | 'record/inner-manifest'
  /** The record holds a word that is computed when it is read: a status, an origin, a judgement. */
  | 'record/judgement'
  /** The record is of a phase that its policy does not have. */
  | 'record/phase'
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
  /** No provenance over the artifact set is accepted. */
  | 'record/provenance-missing'
  /** A provenance over the artifact set was built from another commit than its records name. */
  | 'record/provenance-source'
  /** The release that the record names is not whole, or contradicts its own set id. */
  | 'record/release'
  /** The record is about something that its family is not about, or does not say which set or commit. */
  | 'record/subject'
