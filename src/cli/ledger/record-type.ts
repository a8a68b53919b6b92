// Predicate types of what ledgers keep, on the command line: a family of records by its name, too.

import { predicateTypeOf, RECORD_FAMILIES } from '../../policy/index.ts'
import { PREDICATE_TYPES } from '../../statement/index.ts'
import { parsePredicateType } from '../predicate-type.ts'

/** For the framework, which shows what is thrown as a usage error. */
export function parseRecordType(input: string): string {
  if (input.includes(':') || Object.hasOwn(PREDICATE_TYPES, input)) return parsePredicateType(input)
  const family = RECORD_FAMILIES.find((name) => name === input)
  if (family !== undefined) return predicateTypeOf(family)
  const names = new Set([...Object.keys(PREDICATE_TYPES), ...RECORD_FAMILIES])
  throw new SyntaxError(`Expected a URI or one of ${[...names].join(', ')}, found "${input}"`)
}
