// Why a timestamp does not count, before it becomes a check.

import type { SigstoreProblem } from '../problem.ts'

/** One reason why a timestamp does not count. */
export interface TimestampFault extends Pick<SigstoreProblem, 'code' | 'message' | 'because'> {
  readonly expected?: string
  readonly found?: string
}
