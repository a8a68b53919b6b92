// How a judgement about a ledger reports: one check, with what was expected and what was found.

import { refusedCheck, acceptedCheck } from '../core/index.ts'
import type { LedgerProblem } from './problem.ts'

/** The step found what it should. */
export const passed = acceptedCheck

/** The step did not, for a reason that is a ledger's. */
export const failed = refusedCheck<LedgerProblem['code']>
