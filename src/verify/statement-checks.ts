// What is asked of a statement as such: its version, its type, and the rules of that type.

import { type Check, type Problems, quote } from '../core/index.ts'
import {
  type KnownPredicate,
  parsePredicate,
  predicateNameOf,
  type Statement,
  type StatementProblem,
  type StatementVersion,
} from '../statement/index.ts'
import { failed, passed } from './check.ts'

/** Both are read, so that a v0.1 statement is refused by its version and not as garbage. */
export const READABLE_VERSIONS: readonly StatementVersion[] = ['v1', 'v0.1']

/** ENV-2, anchored; what the type says of the predicate is not believed (ENV-3). */
export function payloadTypeRefused(payloadType: string): Check {
  const message = `The signed payload is of the type ${quote(payloadType)}`
  return failed('payload-type', 'rejected', 'verify/payload-type', message, {
    expected: 'application/vnd.in-toto+json',
    found: quote(payloadType),
  })
}

/** signed, but nobody can say what. */
export function statementMalformed(because: Problems<StatementProblem>): Check {
  const message = 'The signed payload can not be read as a statement'
  return failed('statement', 'error', 'verify/statement-malformed', message, { because })
}

/** STM-1, A-70: an older version counts only where it was asked for. */
export function checkVersion(
  { version }: Statement,
  accepted: readonly StatementVersion[] = ['v1'],
): Check {
  const facts = { expected: accepted.join(' or '), found: version }
  if (accepted.includes(version)) {
    return passed('statement', `The payload is a statement of version ${version}`, facts)
  }
  const message = `The statement is of version ${version}`
  const hint = 'If that is meant, ask for it with --statement-version'
  return failed('statement', 'rejected', 'verify/statement-version', message, { ...facts, hint })
}

/** PM-1: compared as whole strings. A-51: what is there of another type is not what was asked for. */
export function checkPredicateType(
  { predicateType }: Statement,
  expected: string | undefined,
): Check {
  const found = quote(predicateType)
  if (expected === undefined) {
    return passed('predicate-type', `It is a statement of the type ${found}`, { found })
  }
  const facts = { expected: quote(expected), found }
  if (predicateType === expected) {
    return passed('predicate-type', `It is a statement of the expected type ${found}`, facts)
  }
  const message = `It is a statement of the type ${found}`
  return failed('predicate-type', 'missing', 'verify/predicate-type', message, facts)
}

/** NPM-3: what a registry's listing says of the type is unsigned, and chooses nothing here; but it must be so. */
export function checkDeclaredType(
  { predicateType }: Statement,
  declared: string | undefined,
): readonly Check[] {
  if (declared === undefined) return []
  const facts = { expected: quote(declared), found: quote(predicateType) }
  if (predicateType === declared) {
    return [
      passed('declared-type', 'The statement is of the type that is declared beside it', facts),
    ]
  }
  const message = 'The statement is of another type than is declared beside it'
  return [failed('declared-type', 'rejected', 'verify/attestation-type', message, facts)]
}

/** The check, and the predicate where its type is known and its rules are kept. */
export interface PredicateFinding {
  readonly checks: readonly Check[]
  readonly predicate?: KnownPredicate
}

/** The rules of the predicate types that we know. About another type nothing is known, and nothing is claimed. */
export function checkPredicate({ predicateType, predicate }: Statement): PredicateFinding {
  if (predicateNameOf(predicateType) === undefined) return { checks: [] }
  const known = parsePredicate(predicateType, predicate)
  if (known.ok) {
    const check = passed('predicate', 'The predicate keeps the rules of its type')
    return { checks: [check], predicate: known.value }
  }
  const message = 'The predicate breaks the rules of its type'
  const because = known.problems
  const check = failed('predicate', 'rejected', 'verify/predicate-malformed', message, { because })
  return { checks: [check] }
}
