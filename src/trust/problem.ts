import type { CoreProblem, Problem } from '../core/index.ts'

export type TrustProblem =
  | CoreProblem
  | Problem<
      | 'trust/document'
      | 'trust/key-algorithm'
      | 'trust/key-duplicate'
      | 'trust/key-format'
      | 'trust/key-invalid'
      | 'trust/key-private'
      | 'trust/key-size'
      | 'trust/key-unknown'
      | 'trust/key-weak'
      | 'trust/name'
      | 'trust/name-duplicate'
      | 'trust/role-reserved'
      | 'trust/role-unknown'
      | 'trust/revoked-already'
      | 'trust/threshold'
      | 'trust/validity'
    >
