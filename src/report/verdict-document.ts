// A verdict as a program reads it: the same tree, with the members that are there.

import type { Check, JsonObject, Problem } from '../core/index.ts'

/**
 * The check as JSON.
 *
 * @example { name: 'signer', outcome: 'rejected', message: '…', code: 'verify/signer-unexpected', expected: 'release', found: 'dev' }
 */
export function documentOfVerdict(check: Check): JsonObject {
  const { name, outcome, message, code, expected, found, hint, because, checks } = check
  return {
    name,
    outcome,
    message,
    ...(code !== undefined && { code }),
    ...(expected !== undefined && { expected }),
    ...(found !== undefined && { found }),
    ...(hint !== undefined && { hint }),
    ...(because !== undefined && { because: because.map(documentOfProblem) }),
    ...(checks !== undefined && { checks: checks.map(documentOfVerdict) }),
  }
}

function documentOfProblem({ code, message, at, hint, because }: Problem): JsonObject {
  return {
    code,
    message,
    ...(at !== undefined && { at }),
    ...(hint !== undefined && { hint }),
    ...(because !== undefined && { because: because.map(documentOfProblem) }),
  }
}
