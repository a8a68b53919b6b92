import type { Problem } from '../core/index.ts'

export type StatementProblem = Problem<
  | 'statement/artifact-set-id'
  | 'statement/build-environment'
  | 'statement/contradiction'
  | 'statement/digest'
  | 'statement/json'
  | 'statement/member'
  | 'statement/parameter-unexpected'
  | 'statement/predicate-type'
  | 'statement/purl'
  | 'statement/secret'
  | 'statement/subjects'
  | 'statement/timestamp'
  | 'statement/type'
  | 'statement/uri'
  | 'statement/url-credentials'
>
