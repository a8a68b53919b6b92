// Predicate types on the command line: a short name, or the URI of any type.

import { PREDICATE_TYPES, type PredicateName } from '../statement/index.ts'

/** For the framework, which shows what is thrown as a usage error. */
export function parsePredicateType(input: string): string {
  if (Object.hasOwn(PREDICATE_TYPES, input)) return PREDICATE_TYPES[input as PredicateName]
  if (input.includes(':')) return input
  throw new SyntaxError(
    `Expected a URI or one of ${Object.keys(PREDICATE_TYPES).join(', ')}, found "${input}"`,
  )
}
