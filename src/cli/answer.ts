// What a command gives back: one result, which `main` prints as text or as JSON and turns into an exit code.

import type { JsonObject, Outcome, Problem, Problems } from '../core/index.ts'
import { usage } from './usage.ts'

/** The command did its work, and this is what came of it. */
export interface Finished {
  readonly kind: 'finished'
  /** `accepted` for a command that makes something. */
  readonly outcome: Outcome
  /** The result as a JSON document, with its versioned `schema`. */
  readonly document: JsonObject
  /** The same result for standard output: text, or bytes of a format that the command offers itself. */
  readonly text: string | Uint8Array
  /** Lines for a person, on standard error. */
  readonly notes?: readonly string[]
}

/** The input could not be used: wrong usage, unreadable or malformed. */
export interface Refused {
  readonly kind: 'refused'
  readonly problems: Problems<Problem>
}

/** What every command comes to. */
export type Answer = Finished | Refused

/** Exit codes (docs/cli.md): only `accepted` is 0. */
export const EXIT = { accepted: 0, notAccepted: 1, cannotJudge: 2, world: 3, bug: 70 } as const

/** The exit code of an answer: a run with any `error` can not judge, any other outcome is not accepted. */
export function exitCodeOf(answer: Answer): number {
  if (answer.kind === 'refused' || answer.outcome === 'error') return EXIT.cannotJudge
  return answer.outcome === 'accepted' ? EXIT.accepted : EXIT.notAccepted
}

/** The answer to input that could not be used. */
export function refused(problems: Problems<Problem>): Refused {
  return { kind: 'refused', problems }
}

/** The answer to a command line that says too much, too little or two things. */
export function misused(message: string): Refused {
  return refused(usage(message).problems)
}
