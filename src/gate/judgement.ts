// What can be asked for a decision: a gate, or a policy of requirements that stands without one. Whoever tells of it looks at lists alone.

import { combineOutcomes, type Outcome } from '../core/index.ts'
import { type PolicyOf, requirementsOf } from '../policy/index.ts'
import type { GateSubject } from './gate-subject.ts'
import { decide, type GateDecision, type GateFinding } from './judge-gate.ts'
import { judgeList, type ListFinding, type ListQuestion } from './requirement-list.ts'
import { findWaivers, isGoodList, type UsedWaiver, type WaiverFindings } from './waivers.ts'

/** What is asked about a policy of requirements. */
export interface RequirementsQuestion extends ListQuestion {
  readonly policy: PolicyOf<'requirements'>
}

/** What a policy of requirements comes to for a release, with every reason. */
export interface RequirementsFinding {
  readonly gate: PolicyOf<'requirements'>
  readonly subject: GateSubject
  readonly requirements: ListFinding
  readonly decision: GateDecision
  /** The waivers of what could not be verified; without them it is no-go, and with them it may be for something else. */
  readonly exceptions: readonly UsedWaiver[]
  readonly waivers: WaiverFindings
}

/** What came of a gate, or of a policy of requirements that was asked as one. */
export type Judgement = GateFinding | RequirementsFinding

/** Judges a policy of requirements. */
export function judgeRequirements(question: RequirementsQuestion): RequirementsFinding {
  const { policy, subject, isStrict } = question
  const placed = requirementsOf(policy)
  const requirements = judgeList({ list: 'requirements', policy: policy.id, placed }, question)
  const waivers = findWaivers(requirements.findings, question)
  const exceptions = waivers.used
  const isGood =
    subject.against.length === 0 && isGoodList(requirements, isStrict ? [] : exceptions)
  const decision = decide(isGood, exceptions)
  return { gate: policy, subject, requirements, decision, exceptions, waivers }
}

/** The lists that decide. */
export function decidingLists(finding: Judgement): readonly ListFinding[] {
  if ('requirements' in finding) return [finding.requirements]
  const { deploy, launch } = finding
  return launch === undefined ? [deploy] : [deploy, launch]
}

/** What it comes to: of a decision that is good, that it is; else the gravest of what decides. */
export function outcomeOfJudgement(finding: Judgement): Outcome {
  if (finding.decision !== 'no-go') return 'accepted'
  return combineOutcomes([...decidingLists(finding), ...finding.subject.against])
}

/** All lists, those that decide first. */
export function listsOf(finding: Judgement): readonly ListFinding[] {
  const others = 'requirements' in finding ? [] : finding.fulfilment
  return [...decidingLists(finding), ...others]
}
