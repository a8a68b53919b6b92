// The posture of a project: where each of its gates stands, and each family of its records, as tokens and numbers. Sentences are made of
// them elsewhere, and from nothing else.

import type { PolicyKind, RecordFamily } from '../policy/index.ts'
import type { Counter, CounterName } from './counters.ts'
import type { GateFinding } from './judge-gate.ts'
import { isAboutFallen, type ProjectState } from './project-state.ts'

/** Where a gate to anything but production stands. */
export type RolloutReadiness = 'gated-rollout-not-production' | 'gated-rollout-blocked'
/** Where a gate to production stands. */
export type LaunchReadiness =
  | 'launch-ready'
  | 'rollout-allowed-launch-blocked'
  | 'rollout-defined-launch-blocked'

/** A line of the posture. */
export type PostureLine =
  | {
      readonly name: 'guarded-rollout'
      readonly gate: string
      readonly readiness: RolloutReadiness
      readonly approval: ApprovalPosture
      readonly isDeployable: boolean
    }
  | {
      readonly name: 'production-launch'
      readonly gate: string
      readonly readiness: LaunchReadiness
      readonly approval: ApprovalPosture
      readonly isProductionReady: boolean
    }
  /** Readiness permits, and starts nothing. */
  | { readonly name: 'production-timing'; readonly isReady: boolean }
  /** How many of the approval records there are have signed provenance behind them. */
  | { readonly name: 'provenance'; readonly counter: Counter }
  /** How many policies there are, and of how many the evidence is recorded. */
  | { readonly name: 'attestation'; readonly counter: Counter }
  | {
      readonly name: 'records'
      readonly family: RecordFamily
      /** How many policies ask for such records. */
      readonly policies: number
      readonly counter: Counter
    }
  | { readonly name: 'canary'; readonly counter: Counter; readonly status: CanaryStatus }

/** What the approval record of a gate comes to: nothing open, or how much. */
export interface ApprovalPosture {
  readonly status: 'fulfilled' | 'open'
  readonly open: number
}

/** What came of the canary rules. */
export type CanaryStatus = 'no-rule' | 'rules-defined-no-canary' | 'canary-accepted'

const FAMILIES: readonly (readonly [RecordFamily, PolicyKind, CounterName])[] = [
  ['attestation', 'attestation-artifact', 'attestation-records'],
  ['authority', 'authority', 'authority-records'],
  ['tracking', 'tracking', 'tracked-releases'],
  ['linkage', 'linkage', 'linkage-records'],
  ['adoption', 'adoption', 'adoption-records'],
  ['promotion', 'promotion', 'promotion-records'],
  ['smoke', 'smoke', 'smoke-records'],
  ['rollback', 'rollback', 'rollback-targets'],
]

/** Every line, in the order in which they are told. */
export function postureOf(
  project: ProjectState,
  counters: readonly Counter[],
  gates: readonly GateFinding[],
): readonly PostureLine[] {
  const { registry, releases } = project
  const counter = (name: CounterName) => counters.filter((one) => one.name === name)
  const line = <N extends 'provenance' | 'attestation'>(name: N, of: CounterName) =>
    counter(of).map((found) => ({ name, counter: found }))
  const launches = gates.filter(({ launch }) => launch !== undefined)
  return [
    ...gates.filter(({ launch }) => launch === undefined).map((gate) => rolloutLine(gate, project)),
    ...launches.map((gate) => launchLine(gate, project)),
    {
      name: 'production-timing',
      isReady: launches.some(({ isProductionReady }) => isProductionReady),
    },
    ...line('provenance', 'signed-provenance'),
    ...line('attestation', 'attestation-policies'),
    ...FAMILIES.flatMap(([family, kind, name]) =>
      counter(name).map((found) => ({
        name: 'records' as const,
        family,
        policies: registry.of(kind).size,
        counter: found,
      })),
    ),
    ...counter('canary-rules').map((found) => ({
      name: 'canary' as const,
      counter: found,
      status: canaryStatusOf(found, releases),
    })),
  ]
}

function rolloutLine(finding: GateFinding, project: ProjectState): PostureLine {
  const { gate, isDeployable } = finding
  return {
    name: 'guarded-rollout',
    gate: gate.id,
    readiness: isDeployable ? 'gated-rollout-not-production' : 'gated-rollout-blocked',
    approval: approvalOf(finding, project),
    isDeployable,
  }
}

function launchLine(finding: GateFinding, project: ProjectState): PostureLine {
  const { gate, isDeployable, isProductionReady } = finding
  const blocked = isDeployable ? 'rollout-allowed-launch-blocked' : 'rollout-defined-launch-blocked'
  return {
    name: 'production-launch',
    gate: gate.id,
    readiness: isProductionReady ? 'launch-ready' : blocked,
    approval: approvalOf(finding, project),
    isProductionReady,
  }
}

/** By its own list: what the attestation policies that it names ask for is counted of them. That the release fell is a blocker like any other. */
export function approvalOf(
  { gate, subject, fulfilment }: GateFinding,
  project: ProjectState,
): ApprovalPosture {
  const own = fulfilment.filter(({ policy }) => policy === gate.approval)
  const findings = own.flatMap((list) => list.findings)
  const fallen = isAboutFallen(project, subject) ? 1 : 0
  const open = findings.filter(({ outcome }) => outcome !== 'accepted').length + fallen
  return { status: open === 0 && findings.length > 0 ? 'fulfilled' : 'open', open }
}

function canaryStatusOf({ count }: Counter, releases: ProjectState['releases']): CanaryStatus {
  if (count === 0) return 'no-rule'
  return releases.some(({ hasCanary, isWithdrawn }) => hasCanary && !isWithdrawn)
    ? 'canary-accepted'
    : 'rules-defined-no-canary'
}
