// From what a requirement came to, to the finding that tells it.

import { type Check, encodeJsonPointer, type Outcome, quote } from '../../core/index.ts'
import type { PolicyCode } from '../problem.ts'
import type { PlacedRequirement } from '../requirement/placed-requirement.ts'
import type { RequirementContext, RequirementFinding } from './finding.ts'

/** What a requirement came to. */
export interface Conclusion {
  readonly outcome: Outcome
  readonly checks: readonly Check[]
  readonly expected?: string
  readonly found?: string
  /** Where it is not accepted, why. */
  readonly code?: PolicyCode
}

/** The finding; the title of a requirement and what clears it are the words of its author, and stand quoted. */
export function conclude(
  { policy, requirement, at }: PlacedRequirement,
  { registry }: RequirementContext,
  { outcome, code, checks, ...facts }: Conclusion,
): RequirementFinding {
  const { id: name, title, clears } = requirement
  const position = registry.position(policy, encodeJsonPointer(at)) ?? 'nowhere'
  const id = `${policy}#${name}`
  const isRefused = outcome !== 'accepted'
  const check: Check = {
    name,
    outcome,
    message: `Requirement ${id} (${position}): ${quote(title)}`,
    ...facts,
    ...(isRefused && code !== undefined && { code }),
    ...(isRefused && clears !== undefined && { hint: `The policy says: ${quote(clears)}` }),
    ...(checks.length > 0 && { checks }),
  }
  return {
    ...{ id, policy, requirement, position, outcome, check },
    ...{ selected: [], supporting: [], against: [], unfit: [], parts: [] },
  }
}
