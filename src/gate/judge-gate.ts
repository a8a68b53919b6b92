// A gate, judged: the requirements of its three lists over the release that it is about, and what that allows.

import { combineOutcomes, type Instant, type Outcome } from '../core/index.ts'
import {
  evaluateRequirement,
  type EvidenceIndex,
  type ExpressionAnswers,
  type PlacedRequirement,
  placeRequirements,
  type PolicyOf,
  type Registry,
  type RequirementContext,
  type RequirementFinding,
} from '../policy/index.ts'
import type { GateSubject } from './gate-subject.ts'
import {
  findWaivers,
  isGoodList,
  type UsedWaiver,
  type WaiverFindings,
  withNeededParts,
} from './waivers.ts'

/** The lists of requirements that are asked about a release. */
export type RequirementList = 'deploy' | 'launch' | 'fulfilment' | 'requirements'

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
  /** The waivers of what decides and could not be verified; without them it is no-go, and with them it may be for something else. */
  readonly exceptions: readonly UsedWaiver[]
  readonly waivers: WaiverFindings
}

/** Judges a gate. */
export function judgeGate(question: GateQuestion): GateFinding {
  const { gate, registry, subject, isStrict } = question
  const isToProduction = gate.scope.stages.includes('production')
  const lists = {
    deploy: judgeList(placedIn(gate, 'deploy'), question),
    ...(isToProduction && { launch: judgeList(placedIn(gate, 'launch'), question) }),
  }
  const fulfilment = fulfilmentOf(gate, registry).map((placed) => judgeList(placed, question))
  const deciding = Object.values(lists).flatMap(({ findings }) => findings)
  const waivers = findWaivers(
    [...deciding, ...fulfilment.flatMap(({ findings }) => findings)],
    question,
  )
  const isGood = (list: ListFinding) => isGoodList(list, isStrict ? [] : waivers.used)
  const isDeployable = subject.unsound === undefined && isGood(lists.deploy)
  const isProductionReady = lists.launch !== undefined && isDeployable && isGood(lists.launch)
  const waivable = deciding.flatMap(withNeededParts)
  const exceptions = waivers.used.filter(({ check }) => waivable.some(({ id }) => id === check))
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
  return [
    ...[placedIn(gate, 'deploy'), placedIn(gate, 'launch')],
    ...fulfilmentOf(gate, registry),
  ].flatMap(({ placed }) => placed)
}

interface PlacedList {
  readonly list: RequirementList
  readonly policy: string
  readonly placed: readonly PlacedRequirement[]
}

function placedIn(gate: PolicyOf<'gate'>, list: 'deploy' | 'launch'): PlacedList {
  return { list, policy: gate.id, placed: placeRequirements(gate, list, gate[list]) }
}

/** Of the approval record of a gate, and of each attestation policy that the record lists. */
function fulfilmentOf(gate: PolicyOf<'gate'>, registry: Registry): readonly PlacedList[] {
  const approval = registry.of('approval').get(gate.approval)
  const listed = approval?.policies.attestation ?? []
  return [approval, ...listed.map((id) => registry.of('attestation').get(id))]
    .filter((policy) => policy !== undefined)
    .map((policy) => ({
      list: 'fulfilment',
      policy: policy.id,
      placed: placeRequirements(policy, 'fulfilment', policy.fulfilment),
    }))
}

function judgeList({ list, policy, placed }: PlacedList, question: GateQuestion): ListFinding {
  const context = contextOf(question)
  const findings = placed.map((one) => evaluateRequirement(one, question.evidence, context))
  return { list, policy, outcome: combineOutcomes(findings), findings }
}

function contextOf({ registry, subject, now, answers }: GateQuestion): RequirementContext {
  return { registry, release: subject.release, commit: subject.commit, now, answers }
}
