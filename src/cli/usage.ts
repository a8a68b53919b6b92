// How a command line that can not be meant is refused.

import type { Problems, Result } from '../core/index.ts'
import type { CliProblem } from './problem.ts'

/** The refusal of a command line that says too much, too little or two things. */
export function usage(
  message: string,
  hint?: string,
): Extract<Result<never, CliProblem>, { readonly ok: false }> {
  const problems: Problems<CliProblem> = [
    { code: 'cli/usage', message, ...(hint !== undefined && { hint }) },
  ]
  return { ok: false, problems }
}
