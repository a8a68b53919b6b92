// How a step of the verification reports: one check, with what was expected and what was found.

import { refusedCheck, acceptedCheck } from '../core/index.ts'
import type { VerifyCode } from './problem.ts'

/** The step found what it should. */
export const passed = acceptedCheck

/** The step did not, for a reason that is a verifier's. */
export const failed = refusedCheck<VerifyCode>
