// Requirements over evidence. Deny unless: what is not there is missing, what can not be judged is an error, and neither is ever accepted.

import { strict as assert } from 'node:assert'
import { combineOutcomes, countOf, type Outcome } from '../../core/index.ts'
import type { Evidence } from '../evidence.ts'
import type { PolicyCode } from '../problem.ts'
import { partsOf, type PlacedRequirement } from '../requirement/placed-requirement.ts'
import type { Requirement } from '../requirement/requirement.ts'
import { type EvidenceOutcome, judgeAbsence, judgeEvidence } from './evidence-finding.ts'
import type { EvidenceIndex } from './evidence-index.ts'
import type { RequirementContext, RequirementFinding } from './finding.ts'
import { conclude } from './conclusion.ts'
import { checkPolicy } from './policy-in-date.ts'

/**
 * Evaluates one requirement of a policy.
 *
 * @returns never `accepted` under a policy whose time is over
 */
export function evaluateRequirement(
  placed: PlacedRequirement,
  evidence: EvidenceIndex,
  context: RequirementContext,
): RequirementFinding {
  const finding = evaluate(placed, evidence, context)
  const own = checkPolicy(placed.policy, context)
  if (own.outcome === 'accepted') return finding
  const { check } = finding
  const checks = [own, ...(check.checks ?? [])]
  const outcome = combineOutcomes([own, check])
  return { ...finding, outcome, check: { ...check, outcome, checks } }
}

function evaluate(
  placed: PlacedRequirement,
  evidence: EvidenceIndex,
  context: RequirementContext,
): RequirementFinding {
  const { requirement } = placed
  if ('select' in requirement) {
    return findingOfEvidence(placed, judgeEvidence(requirement, evidence, context), context)
  }
  if ('none' in requirement) {
    const parts = partsOf(placed).map((part) => {
      assert('select' in part.requirement, 'the schema has made sure of what may be forbidden')
      const judged = judgeAbsence(part.requirement, evidence, context)
      return findingOfEvidence(part, judged, context)
    })
    return findingOfParts(placed, { parts, outcome: combineOutcomes(parts), context })
  }
  if ('policies' in requirement) {
    const checks = requirement.policies.map((id) => checkPolicy(id, context))
    return conclude(placed, context, { outcome: combineOutcomes(checks), checks })
  }
  const parts = partsOf(placed).map((part) => evaluate(part, evidence, context))
  const outcome = outcomeOfParts(requirement, parts)
  return findingOfParts(placed, { parts, outcome, context })
}

/** Where enough are accepted the others are no reason; where too few are, the gravest of them tells. */
function outcomeOfParts(requirement: Requirement, parts: readonly RequirementFinding[]): Outcome {
  if ('all' in requirement) return combineOutcomes(parts)
  const least = 'quorum' in requirement ? requirement.quorum.least : 1
  const accepted = parts.filter(({ outcome }) => outcome === 'accepted')
  return accepted.length >= least ? 'accepted' : combineOutcomes(parts)
}

interface Parts {
  readonly parts: readonly RequirementFinding[]
  readonly outcome: Outcome
  readonly context: RequirementContext
}

function findingOfParts(
  placed: PlacedRequirement,
  { parts, outcome, context }: Parts,
): RequirementFinding {
  const { requirement } = placed
  const accepted = parts.filter((part) => part.outcome === 'accepted')
  const checks = parts.map(({ check }) => check)
  const [expected, code] = describeForm(requirement)
  const found =
    'none' in requirement
      ? describeForbidden(parts)
      : `${accepted.length} of ${countOf(parts.length, 'requirement')} accepted`
  const union = (list: 'selected' | 'supporting' | 'against') => [
    ...new Set(parts.flatMap((part) => part[list])),
  ]
  return {
    ...conclude(placed, context, { outcome, checks, expected, found, code }),
    selected: union('selected'),
    supporting: union('supporting'),
    against: union('against'),
    parts,
  }
}

function describeForbidden(parts: readonly RequirementFinding[]): string {
  const open = parts.filter(({ outcome }) => outcome !== 'accepted')
  const isUnknown = open.length > 0 && open.every(({ outcome }) => outcome === 'missing')
  return `${open.length} of ${parts.length} that are ${isUnknown ? 'asked about what nobody knows' : 'forbidden'}`
}

function describeForm(requirement: Requirement): readonly [string, PolicyCode] {
  if ('none' in requirement) return ['none of what is forbidden', 'policy/evidence-forbidden']
  if ('any' in requirement) return ['one of the requirements', 'policy/alternatives']
  if ('quorum' in requirement) {
    return [`${requirement.quorum.least} of the requirements`, 'policy/alternatives']
  }
  return ['all of the requirements', 'policy/part']
}

function findingOfEvidence(
  placed: PlacedRequirement,
  { outcome, selected, supporting, against, unfit, ...facts }: EvidenceOutcome,
  context: RequirementContext,
): RequirementFinding {
  return {
    ...conclude(placed, context, { outcome, ...facts }),
    selected: digestsOf(selected),
    supporting: digestsOf(supporting),
    against: digestsOf(against),
    unfit,
  }
}

function digestsOf(pieces: readonly Evidence[]): readonly string[] {
  return pieces.map(({ sha256 }) => sha256)
}
