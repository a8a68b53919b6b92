// How a judgement about a ledger reports: one check, with what was expected and what was found.

import type { Check, Outcome } from '../core/index.ts'
import type { LedgerProblem } from './problem.ts'

type Facts = Pick<Check, 'expected' | 'found' | 'hint' | 'because'>

/** The step found what it should. */
export function passed(name: string, message: string, facts: Facts = {}): Check {
  return { name, outcome: 'accepted', message, ...facts }
}

/** The step did not; `code` says why. */
export function failed(
  name: string,
  outcome: Exclude<Outcome, 'accepted'>,
  code: LedgerProblem['code'],
  message: string,
  facts: Facts = {},
): Check {
  return { name, outcome, code, message, ...facts }
}
