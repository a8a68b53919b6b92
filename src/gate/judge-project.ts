// Everything that is asked of a project whose releases were collected: its gates, its policies of requirements, and what is counted.

import type { Check, Instant } from '../core/index.ts'
import {
  answerExpressions,
  type EvidenceIndex,
  type ExpressionAnswers,
  type Expressions,
  type PlacedRequirement,
  type PolicyOf,
  type Registry,
  requirementsOf,
} from '../policy/index.ts'
import { type Counter, countProject } from './counters.ts'
import { type GateSubject, onGround } from './gate-subject.ts'
import { type GateFinding, judgeGate, requirementsOfGate } from './judge-gate.ts'
import { judgeRequirements, type RequirementsFinding } from './judgement.ts'
import { withOpposition } from './opposition.ts'
import { type PostureLine, postureOf } from './posture.ts'
import type { Project } from './project.ts'
import { type ApprovalStatus, approvalStatuses } from './status/approval-status.ts'
import { type AttestationStatus, attestationStatuses } from './status/attestation-status.ts'
import { type EvidenceStatus, evidenceStatuses } from './status/evidence-status.ts'
import type { ReleaseSnapshot } from './status/implementation.ts'
import type { CandidateCommit } from './suspects.ts'

/** What is asked of a project. */
export interface ProjectQuestion {
  readonly registry: Registry
  readonly project: Project
  /** What all of it rests on, the ledger first: where that is not accepted, nothing is go. */
  readonly ground: Check
  /** Milliseconds since the epoch. */
  readonly now: Instant
  /** Whether what may be unverified elsewhere is a failure. */
  readonly isStrict: boolean
  readonly expressions: Expressions
  /** The commit that the next release would be built from, where a gate or a policy of requirements has none yet. */
  readonly candidateOf: (asked: PolicyOf<'gate' | 'requirements'>) => CandidateCommit | undefined
  /** In which the files are looked for that evidence definitions say they are made by. */
  readonly snapshots?: readonly ReleaseSnapshot[]
}

/** What policies come to that say nothing of it themselves. */
export interface PolicyStatuses {
  readonly approvals: readonly ApprovalStatus[]
  readonly evidence: readonly EvidenceStatus[]
  readonly attestations: readonly AttestationStatus[]
}

/** What came of it. */
export interface ProjectFinding {
  /** Of all gates, in the order of the registry. */
  readonly gates: readonly GateFinding[]
  /** Of all policies of requirements. */
  readonly policies: readonly RequirementsFinding[]
  readonly counters: readonly Counter[]
  readonly posture: readonly PostureLine[]
  readonly statuses: PolicyStatuses
  /** What each was judged over, by its id. */
  readonly evidence: ReadonlyMap<string, EvidenceIndex>
}

/** Asks every gate and every policy of requirements, and counts. */
export async function judgeProject(question: ProjectQuestion): Promise<ProjectFinding> {
  const { registry, project, ground, now, isStrict, candidateOf } = question
  const aroundOf = (asked: PolicyOf<'gate' | 'requirements'>) => {
    const { subject, evidence } = project.of(asked.id, () => candidateOf(asked))
    const against = onGround(withOpposition(subject, evidence, now), ground)
    return { subject: against, evidence, registry, now, isStrict }
  }
  const gates: GateFinding[] = []
  const indexes = new Map<string, EvidenceIndex>()
  for (const gate of registry.of('gate').values()) {
    const around = aroundOf(gate)
    indexes.set(gate.id, around.evidence)
    const answers = await answersOf(requirementsOfGate(gate, registry), around, question)
    gates.push(judgeGate({ gate, ...around, answers }))
  }
  const policies: RequirementsFinding[] = []
  for (const policy of registry.of('requirements').values()) {
    const around = aroundOf(policy)
    indexes.set(policy.id, around.evidence)
    const answers = await answersOf(requirementsOf(policy), around, question)
    policies.push(judgeRequirements({ policy, ...around, answers }))
  }
  const counters = countProject(project.state, gates)
  const posture = postureOf(project.state, counters, gates)
  const statuses = {
    approvals: approvalStatuses(project.state, gates),
    evidence: evidenceStatuses(project.state, question.snapshots ?? []),
    attestations: attestationStatuses(counters),
  }
  return { gates, policies, counters, posture, statuses, evidence: indexes }
}

interface Around {
  readonly subject: GateSubject
  readonly evidence: EvidenceIndex
}

function answersOf(
  requirements: readonly PlacedRequirement[],
  { subject: { release, commit }, evidence }: Around,
  { now, expressions }: ProjectQuestion,
): Promise<ExpressionAnswers> {
  return answerExpressions(requirements, evidence, { release, commit, now, expressions })
}
