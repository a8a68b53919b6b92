// A gate, judged: the requirements of its three lists over the release that it is about, and what that allows.

import {
  type PlacedRequirement,
  placeRequirements,
  type PolicyOf,
  type Registry,
  requirementsOf,
} from '../policy/index.ts'
import type { GateSubject } from './gate-subject.ts'
import {
  judgeList,
  type ListFinding,
  type ListQuestion,
  type PlacedList,
} from './requirement-list.ts'
import {
  findWaivers,
  isGoodList,
  type UsedWaiver,
  type WaiverFindings,
  withNeededParts,
} from './waivers.ts'

/** What is asked about a gate. */
export interface GateQuestion extends ListQuestion {
  readonly gate: PolicyOf<'gate'>
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
  const isDeployable = subject.against.length === 0 && isGood(lists.deploy)
  const isProductionReady = lists.launch !== undefined && isDeployable && isGood(lists.launch)
  const waivable = deciding.flatMap(withNeededParts)
  const exceptions = waivers.used.filter(({ check }) => waivable.some(({ id }) => id === check))
  return {
    gate,
    subject,
    ...lists,
    fulfilment,
    decision: decide(isToProduction ? isProductionReady : isDeployable, exceptions),
    isDeployable,
    isProductionReady,
    exceptions,
    waivers,
  }
}

/** What is good is go, and says so where it is good by exception only. */
export function decide(isGood: boolean, exceptions: readonly UsedWaiver[]): GateDecision {
  if (!isGood) return 'no-go'
  return exceptions.length > 0 ? 'go-by-exception' : 'go'
}

/** Every requirement of a gate and of the policies behind it, for whoever answers their expressions first. */
export function requirementsOfGate(
  gate: PolicyOf<'gate'>,
  registry: Registry,
): readonly PlacedRequirement[] {
  const behind = fulfilmentOf(gate, registry).flatMap(({ placed }) => placed)
  return [...requirementsOf(gate), ...behind]
}

function placedIn(gate: PolicyOf<'gate'>, list: 'deploy' | 'launch'): PlacedList {
  return { list, policy: gate.id, placed: placeRequirements(gate, list, gate[list]) }
}

/** Of the approval record of a gate, and of each attestation policy that the record lists. */
function fulfilmentOf(gate: PolicyOf<'gate'>, registry: Registry): readonly PlacedList[] {
  const approvals = [registry.of('approval').get(gate.approval)].filter((one) => one !== undefined)
  const attestations = approvals
    .flatMap(({ policies }) => policies.attestation)
    .map((id) => registry.of('attestation').get(id))
  return [...approvals, ...attestations]
    .filter((policy) => policy !== undefined)
    .map((policy) => ({
      list: 'fulfilment',
      policy: policy.id,
      placed: placeRequirements(policy, 'fulfilment', policy.fulfilment),
    }))
}
