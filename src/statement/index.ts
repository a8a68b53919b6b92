export {
  compareDigests,
  type DigestComparison,
  type DigestSet,
  isAcceptedAlgorithm,
} from './digest-set.ts'
export { PREDICATE_TYPES, type PredicateName } from './predicate-types.ts'
export type { StatementProblem } from './problem.ts'
export {
  encodeStatement,
  parseStatement,
  type Statement,
  type StatementVersion,
  type Subject,
} from './statement.ts'
