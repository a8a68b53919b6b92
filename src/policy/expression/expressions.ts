// CEL expressions of conditions, as a port: what is asked is known before anything is evaluated, and whoever has an engine for it answers.
// A question without an answer is one that could not be judged.

import type { Instant, JsonObject } from '../../core/index.ts'

/** An expression over the document of a piece of evidence. */
export interface ExpressionQuestion {
  readonly expression: string
  /** Each member is a variable; beside them, `now` is one. */
  readonly document: JsonObject
  readonly now: Instant
}

/** Why an expression was not judged. */
export type ExpressionFault =
  /** It is longer, deeper or more nested than what is evaluated, or its document is larger. */
  | 'bounds'
  /** It is no CEL. */
  | 'syntax'
  /** It was not done in time, or took too much memory. */
  | 'limit'
  /** It came to an error, such as a member that is not there. */
  | 'evaluation'
  /** It came to something else than true or false. */
  | 'not-boolean'
  /** There was nobody to ask. */
  | 'unanswered'

/** What an expression came to. Nothing but `true` makes a condition hold. */
export type ExpressionAnswer =
  | { readonly holds: boolean }
  | { readonly fault: ExpressionFault; readonly message: string }

/** What evaluates expressions, within limits of time and memory. */
export interface Expressions {
  /** @returns one answer for each question, in their order */
  evaluate(questions: readonly ExpressionQuestion[]): Promise<readonly ExpressionAnswer[]>
}

/** Answers by the piece of evidence and the expression that was asked of it. */
export interface ExpressionAnswers {
  readonly find: (sha256: string, expression: string) => ExpressionAnswer
}

const UNANSWERED: ExpressionAnswer = {
  fault: 'unanswered',
  message: 'Nothing evaluated the expression',
}

/** Of no question. */
export const NO_ANSWERS: ExpressionAnswers = { find: () => UNANSWERED }

/** An expression, and the SHA-256 of the piece of evidence whose document it is asked of. */
export interface AskedExpression extends ExpressionQuestion {
  readonly sha256: string
}

/** Asks each question once. */
export async function askExpressions(
  asked: readonly AskedExpression[],
  expressions: Expressions,
): Promise<ExpressionAnswers> {
  const unique = [...new Map(asked.map((one) => [keyOf(one.sha256, one.expression), one]))]
  if (unique.length === 0) return NO_ANSWERS
  const answers = await expressions.evaluate(unique.map(([, question]) => question))
  const byKey = new Map(unique.map(([key], index) => [key, answers[index]]))
  return { find: (sha256, expression) => byKey.get(keyOf(sha256, expression)) ?? UNANSWERED }
}

function keyOf(sha256: string, expression: string): string {
  return `${sha256} ${expression}`
}
