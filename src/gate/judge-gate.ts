// A gate, judged: the requirements of its three lists over the release that it is about, and what that allows.

import { type Check, combineOutcomes, type Instant, type Outcome } from '../core/index.ts'
import {
  evaluateRequirement,
  type EvidenceIndex,
  type ExpressionAnswers,
  type PlacedRequirement,
  placeRequirements,
  type Policy,
  type PolicyOf,
  type Registry,
  type RequirementContext,
  type RequirementFinding,
} from '../policy/index.ts'
import { findWaivers, isGoodList, type UsedWaiver, type WaiverFindings } from './waivers.ts'

/** The lists of requirements that are asked about a release. */
export type RequirementList = 'deploy' | 'launch' | 'fulfilment' | 'requirements'

/** The subject of a gate: its current release, or, before there is one, the commit that the next one would be built from. */
export interface GateSubject {
  readonly release?: {
    readonly id: string
    readonly target: string
    readonly channel: string
    /** SHA-256 of the set's manifest, that all its records agree on. */
    readonly digest?: string
  }
  readonly commit?: string
  /** Records of it that are not accepted, not there, or contradict it: whatever the others show, nothing is allowed. Absent where there are none. */
  readonly unsound?: Check
}

/** What is asked about a gate. */
export interface GateQuestion {
  readonly gate: PolicyOf<'gate'>
  readonly registry: Registry
  readonly subject: GateSubject
  /** Of the releases of this gate, and of the commit. */
  readonly evidence: EvidenceIndex
  readonly now: Instant
  readonly answers?: ExpressionAnswers
  /** Exceptions make nothing good. */
  readonly isStrict: boolean
}

/** One list of one policy. */
export interface ListFinding {
  readonly list: RequirementList
  /** The id of the policy that it stands in. */
  readonly policy: string
  /** `missing` for an empty list: nothing that is asked is nothing that is shown. */
  readonly outcome: Outcome
  readonly findings: readonly RequirementFinding[]
}

/** What a gate comes to. */
export type GateDecision = 'go' | 'go-by-exception' | 'no-go'

/** What a gate comes to, with every reason. */
export interface GateFinding {
  readonly gate: PolicyOf<'gate'>
  readonly subject: GateSubject
  readonly deploy: ListFinding
  /** Of a gate to production. */
  readonly launch?: ListFinding
  /** Of its approval record, and of each attestation policy that the record lists. They do not decide about the gate. */
  readonly fulfilment: readonly ListFinding[]
  readonly decision: GateDecision
  /** The release may be deployed. */
  readonly isDeployable: boolean
  /** It may be launched; never at a gate to anything but production. */
  readonly isProductionReady: boolean
  /** The exceptions without which it would be no-go. */
  readonly exceptions: readonly UsedWaiver[]
  readonly waivers: WaiverFindings
}

/** Judges a gate. */
export function judgeGate(question: GateQuestion): GateFinding {
  const { gate, registry, subject, isStrict } = question
  const approval = registry.of('approval').get(gate.approval)
  const attestation = (approval?.policies.attestation ?? []).flatMap(
    (id) => registry.of('attestation').get(id) ?? [],
  )
  const isToProduction = gate.scope.stages.includes('production')
  const lists = {
    deploy: judgeList(gate, 'deploy', question),
    ...(isToProduction && { launch: judgeList(gate, 'launch', question) }),
  }
  const fulfilment = [approval ?? [], attestation]
    .flat()
    .map((policy) => judgeList(policy, 'fulfilment', question))
  const deciding = Object.values(lists).flatMap(({ findings }) => findings)
  const waivers = findWaivers(
    [...deciding, ...fulfilment.flatMap(({ findings }) => findings)],
    question,
  )
  const isGood = (list: ListFinding) => isGoodList(list, isStrict ? [] : waivers.used)
  const isDeployable = subject.unsound === undefined && isGood(lists.deploy)
  const isProductionReady = lists.launch !== undefined && isDeployable && isGood(lists.launch)
  const exceptions = waivers.used.filter(
    ({ outcome, check }) => outcome === 'unverified' && deciding.some(({ id }) => id === check),
  )
  const isGo = isToProduction ? isProductionReady : isDeployable
  return {
    gate,
    subject,
    ...lists,
    fulfilment,
    decision: !isGo ? 'no-go' : exceptions.length > 0 ? 'go-by-exception' : 'go',
    isDeployable,
    isProductionReady,
    exceptions,
    waivers,
  }
}

/** Every requirement of a gate and of the policies behind it, for whoever answers their expressions first. */
export function requirementsOfGate(
  gate: PolicyOf<'gate'>,
  registry: Registry,
): readonly PlacedRequirement[] {
  const approval = registry.of('approval').get(gate.approval)
  return [
    ...placeRequirements(gate, 'deploy', gate.deploy),
    ...placeRequirements(gate, 'launch', gate.launch),
    ...(approval === undefined
      ? []
      : placeRequirements(approval, 'fulfilment', approval.fulfilment)),
    ...(approval?.policies.attestation ?? [])
      .flatMap((id) => registry.of('attestation').get(id) ?? [])
      .flatMap((policy) => placeRequirements(policy, 'fulfilment', policy.fulfilment)),
  ]
}

function judgeList(
  policy: PolicyOf<'gate' | 'approval' | 'attestation'>,
  list: RequirementList,
  question: GateQuestion,
): ListFinding {
  const findings = requirementsIn(policy, list).map((placed) =>
    evaluateRequirement(placed, question.evidence, contextOf(question)),
  )
  return { list, policy: policy.id, outcome: combineOutcomes(findings), findings }
}

function requirementsIn(policy: Policy, list: RequirementList): readonly PlacedRequirement[] {
  if (policy.kind === 'gate' && (list === 'deploy' || list === 'launch')) {
    return placeRequirements(policy, list, policy[list])
  }
  if (policy.kind === 'approval' || policy.kind === 'attestation') {
    return placeRequirements(policy, list, policy.fulfilment)
  }
  return []
}

function contextOf({ registry, subject, now, answers }: GateQuestion): RequirementContext {
  return { registry, release: subject.release, commit: subject.commit, now, answers }
}
