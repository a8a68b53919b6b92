// One list of requirements, judged over the evidence about a subject: what a gate has several of, and a policy of requirements one.

import { combineOutcomes, type Instant, type Outcome } from '../core/index.ts'
import {
  evaluateRequirement,
  type EvidenceIndex,
  type ExpressionAnswers,
  type PlacedRequirement,
  type Registry,
  type RequirementFinding,
} from '../policy/index.ts'
import type { GateSubject } from './gate-subject.ts'

/** The lists of requirements that are asked about a release. */
export type RequirementList = 'deploy' | 'launch' | 'fulfilment' | 'requirements'

/** What requirements are asked over. */
export interface ListQuestion {
  readonly registry: Registry
  readonly subject: GateSubject
  /** Of the releases of the gate, and of the commit. */
  readonly evidence: EvidenceIndex
  readonly now: Instant
  readonly answers?: ExpressionAnswers
  /** Exceptions make nothing good. */
  readonly isStrict: boolean
}

/** One list of one policy. */
export interface PlacedList {
  readonly list: RequirementList
  /** The id of the policy that it stands in. */
  readonly policy: string
  readonly placed: readonly PlacedRequirement[]
}

/** What came of it. */
export interface ListFinding extends Omit<PlacedList, 'placed'> {
  /** `missing` for an empty list: nothing that is asked is nothing that is shown. */
  readonly outcome: Outcome
  readonly findings: readonly RequirementFinding[]
}

/** Judges each requirement of a list. */
export function judgeList(
  { list, policy, placed }: PlacedList,
  { registry, subject: { release, commit }, evidence, now, answers }: ListQuestion,
): ListFinding {
  const context = { registry, release, commit, now, answers }
  const findings = placed.map((one) => evaluateRequirement(one, evidence, context))
  return { list, policy, outcome: combineOutcomes(findings), findings }
}
