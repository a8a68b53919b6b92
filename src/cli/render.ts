// Problems as a person reads them, and as a program does.

import { type AssayError, escapeText, type JsonObject, type Problem } from '../core/index.ts'
import type { Host } from '../host/index.ts'

/**
 * The problems as lines for standard error:
 *
 *     error: Cannot read "a": no such file or folder [host/file-missing]
 *       because …
 *
 *     hint: …
 */
export function renderProblems(problems: readonly Problem[], style: Host['style']): string {
  const lines = problems.flatMap((problem) => [
    `${style('red', 'error:')} ${headline(problem)} ${style('dim', `[${problem.code}]`)}`,
    ...reasons(problem, '  '),
  ])
  const hints = [...new Set(problems.flatMap(hintsOf))]
  return [
    ...lines,
    ...hints.map((hint) => `\n${style('yellow', 'hint:')} ${escapeText(hint)}`),
    '',
  ].join('\n')
}

/** The problems as a document, for `--format json`. */
export function problemDocument(problems: readonly Problem[]): JsonObject {
  return { schema: 'assay/problems/v1', outcome: 'error', problems: problems.map(plainProblem) }
}

/** A failure of the world as a problem, with the reasons that lie under it. */
export function problemOfWorld(error: AssayError): Problem {
  return {
    code: error.code,
    message: error.message,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  }
}

function plainProblem(problem: Problem): JsonObject {
  const { code, message, at, hint, because } = problem
  return {
    code,
    message,
    ...(at === undefined ? {} : { at }),
    ...(hint === undefined ? {} : { hint }),
    ...(because === undefined ? {} : { because: because.map(plainProblem) }),
  }
}

function headline({ message, at }: Problem): string {
  return escapeText(at === undefined ? message : `${message} (${at})`)
}

function reasons({ because = [] }: Problem, indent: string): string[] {
  return because.flatMap((reason) => [
    `${indent}because ${headline(reason)}`,
    ...reasons(reason, `${indent}  `),
  ])
}

function hintsOf({ hint, because = [] }: Problem): string[] {
  return [...(hint === undefined ? [] : [hint]), ...because.flatMap(hintsOf)]
}
