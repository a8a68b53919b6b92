// What the expressions of requirements are asked, over which evidence: all of it is known before any of them is evaluated.

import type { PlacedRequirement } from '../requirement/placed-requirement.ts'
import { withParts } from '../requirement/placed-requirement.ts'
import type { Requirement } from '../requirement/requirement.ts'
import {
  type AskedExpression,
  askExpressions,
  type ExpressionAnswers,
  type Expressions,
} from '../expression/expressions.ts'
import type { EvidenceIndex } from './evidence-index.ts'
import type { EvidenceQuestion } from './finding.ts'
import { buildEvidenceDocument } from './piece/evidence-document.ts'

/** Everything that the expressions of these requirements are asked, to be answered before they are evaluated. */
export function answerExpressions(
  requirements: readonly PlacedRequirement[],
  evidence: EvidenceIndex,
  { expressions, ...question }: EvidenceQuestion & { readonly expressions: Expressions },
): Promise<ExpressionAnswers> {
  const asked = requirements
    .flatMap(withParts)
    .flatMap(({ requirement }) => askedOf(requirement, evidence, question))
  return askExpressions(asked, expressions)
}

function askedOf(
  requirement: Requirement,
  evidence: EvidenceIndex,
  question: EvidenceQuestion,
): readonly AskedExpression[] {
  if (!('select' in requirement)) return []
  const { select, holds = [] } = requirement
  const expressions = holds.flatMap((condition) => ('cel' in condition ? [condition.cel] : []))
  if (expressions.length === 0) return []
  const { now } = question
  return evidence.select(select, question).flatMap((piece) => {
    const document = buildEvidenceDocument(piece)
    return expressions.map((expression) => ({ sha256: piece.sha256, expression, document, now }))
  })
}
