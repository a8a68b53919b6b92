// A text of the evidence held against the verifier's own.

import { type Check, quote } from '../../core/index.ts'
import { failed, passed } from '../check.ts'
import type { VerifyCode } from '../problem.ts'

/** whole strings. Nothing was expected: nothing is checked. */
export function compareText(
  what: string,
  code: VerifyCode,
  expected: string | undefined,
  found: string | undefined,
): readonly Check[] {
  if (expected === undefined) return []
  const name = what.toLowerCase().replaceAll(' ', '-')
  const facts = { expected: quote(expected), found: found === undefined ? 'none' : quote(found) }
  if (expected === found) return [passed(name, `The ${what} is the expected one`, facts)]
  return [failed(name, 'rejected', code, `The ${what} is not the expected one`, facts)]
}
