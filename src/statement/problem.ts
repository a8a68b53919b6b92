import type { Problem } from '../core/index.ts'

/** What can be wrong with a statement, or in the making of one. */
export type StatementProblem = Problem<
  /** A name is no artifact set id, or a part of one can not be used. */
  | 'statement/artifact-set-id'
  /**
   * The environment does not say enough about the run, or the run is of a kind that the build type
   * does not have.
   */
  | 'statement/build-environment'
  /** A result disagrees with the lists that it stands for. */
  | 'statement/contradiction'
  /** A digest is missing, cut, in upper case, or not hexadecimal. */
  | 'statement/digest'
  /** The bytes are no strict JSON, or no JSON object. */
  | 'statement/json'
  /** A member is missing or is of another type than its specification says. */
  | 'statement/member'
  /** There is an external parameter that the build type does not have. */
  | 'statement/parameter-unexpected'
  /** The predicate does not keep the rules of its type. */
  | 'statement/predicate'
  /** The predicate type is missing, or is not one that can be read here. */
  | 'statement/predicate-type'
  /** A purl is malformed, or has no version where it must name one release. */
  | 'statement/purl'
  /** Something that opens something stands in what would be signed. The value is never shown. */
  | 'statement/secret'
  /** There are no subjects, too many, or two under one name. */
  | 'statement/subjects'
  /** A time is not RFC 3339 in UTC. */
  | 'statement/timestamp'
  /** It is no in-toto statement of a version that is accepted. */
  | 'statement/type'
  /** A URI has its scheme or host in upper case, or is no URI. */
  | 'statement/uri'
  /** A URL holds a login or a secret parameter. The value is never shown. */
  | 'statement/url-credentials'
>
