// The counters of a project. Each counts policies of the registry, or what the ledger holds under them; none is written anywhere.

import type { AdoptableFamily, PolicyOf, RecordFamily, Registry } from '../policy/index.ts'
import type { Origin } from '../verify/index.ts'
import type { GateFinding } from './judge-gate.ts'
import { isGoodList } from './waivers.ts'
import { currentReleaseOf, isAboutFallen, type ProjectState } from './project-state.ts'
import type { CountedRecord } from './release-state.ts'

/** The counters, in the order in which they are told. */
export const COUNTERS = [
  'evidence-records',
  'approval-records',
  'signed-provenance',
  'canary-rules',
  'attestation-policies',
  'attestation-records',
  'authority-records',
  'tracked-releases',
  'linkage-records',
  'adoption-records',
  'promotion-records',
  'smoke-records',
  'rollback-targets',
  'production-approvals',
] as const

/** The name of a counter. */
export type CounterName = (typeof COUNTERS)[number]

/** How many of what is counted are live, and how many are local or synthetic. */
export interface CountedOrigins {
  readonly live: number
  readonly local: number
  /** How many of the live ones are live by nothing but the declaration of the trust document. */
  readonly declaredLive: number
}

/** Those of what is counted that come to more: recorded, fulfilled, trusted, passed. */
export interface CountedBeside {
  readonly word: 'recorded' | 'fulfilled' | 'trusted' | 'passed'
  readonly count: number
  /** Their ids, in the same order. */
  readonly counted: readonly string[]
}

/**
 * What a counter comes to.
 *
 * @example { name: 'signed-provenance', count: 0, of: 2, origins: { live: 0, local: 0, declaredLive: 0 }, counted: [] }
 */
export interface Counter {
  readonly name: CounterName
  readonly count: number
  /** Of how many it could be. */
  readonly of?: number
  /** Where what is counted has an origin. */
  readonly origins?: CountedOrigins
  /** Which of those that are counted come to more. */
  readonly beside?: readonly CountedBeside[]
  /** The ids of what is counted, sorted as they stand in registry or ledger. */
  readonly counted: readonly string[]
  /** Of a counter that says of how many: what it does not count. */
  readonly lacking?: readonly UncountedId[]
}

/** An id that is not counted, and the release in which something is lacking for that, where there is one. */
export interface UncountedId {
  readonly id: string
  readonly release?: string
}

/** The gates of the project, as far as it is counted what they came to. */
type GateFindings = readonly Pick<GateFinding, 'subject' | 'fulfilment'>[]

/** Counts everything. */
export function countProject(project: ProjectState, gates: GateFindings): readonly Counter[] {
  return COUNTERS.map((name) => ({ name, ...COUNTS[name](project, gates) }))
}

type Count = Omit<Counter, 'name'>
type Counting = (project: ProjectState, gates: GateFindings) => Count

const COUNTS: Readonly<Record<CounterName, Counting>> = {
  'evidence-records': countEvidence,
  'approval-records': countApprovalRecords,
  'signed-provenance': countSignedProvenance,
  'canary-rules': ({ registry }) => countPolicies(registry, 'canary'),
  'attestation-policies': countAttestationPolicies,
  'attestation-records': countRecords('attestation'),
  'authority-records': countRecords('authority'),
  'tracked-releases': countRecords('tracking'),
  'linkage-records': countRecords('linkage'),
  'adoption-records': countRecords('adoption'),
  'promotion-records': countRecords('promotion'),
  'smoke-records': (project) => ({
    ...countRecords('smoke')(project),
    beside: [besideOf('passed', idsOf(recordsOf(project, 'smoke').filter(isAccepted)))],
  }),
  'rollback-targets': (project) => ({
    ...countRecords('rollback')(project),
    beside: [besideOf('trusted', idsOf(recordsOf(project, 'rollback').filter(isAccepted)))],
  }),
  'production-approvals': countProductionApprovals,
}

/** Evidence definitions, and for how many of them a record is accepted. */
function countEvidence({ registry, releases, commits }: ProjectState): Count {
  const counted = [...registry.of('evidence').keys()]
  const answered = new Set([...releases, ...commits].flatMap(({ answered }) => answered))
  return {
    count: counted.length,
    beside: [
      besideOf(
        'recorded',
        counted.filter((id) => answered.has(id)),
      ),
    ],
    counted,
  }
}

/** Gates with exactly one approval record, among all gates. That all which it names is there, the registry has seen to. */
function countApprovalRecords({ registry }: ProjectState): Count {
  const gates = [...registry.of('gate').values()]
  const approvals = [...registry.of('approval').values()]
  const counted = gates
    .map(({ id }) => approvals.filter(({ gate }) => gate === id).map((approval) => approval.id))
    .filter((ids) => ids.length === 1)
    .flat()
  const lacking = gates.filter(({ approval }) => !counted.includes(approval))
  return {
    count: counted.length,
    of: gates.length,
    counted,
    lacking: lacking.map(({ id }) => ({ id })),
  }
}

/** Approval records of whose gate the current release has accepted provenance. The signature of a record is not provenance. */
function countSignedProvenance(project: ProjectState): Count {
  const approvals = [...project.registry.of('approval').values()]
  const signed = approvals.flatMap(({ id, gate }) => {
    const provenance = currentReleaseOf(project, gate)?.provenance
    return provenance === undefined ? [] : [{ id, ...provenance }]
  })
  return {
    count: signed.length,
    of: approvals.length,
    origins: originsOf(signed),
    counted: signed.map(({ id }) => id),
    lacking: approvals
      .filter(({ id }) => !signed.some((one) => one.id === id))
      .map(({ id, gate }) => {
        const release = currentReleaseOf(project, gate)?.id
        return { id, ...(release !== undefined && { release }) }
      }),
  }
}

function countPolicies(registry: Registry, kind: 'canary' | 'attestation'): Count {
  const counted = [...registry.of(kind).keys()]
  return { count: counted.length, counted }
}

/** Attestation policies, and of how many every target's current release has provenance with the claims that they ask for. */
function countAttestationPolicies(project: ProjectState, gates: GateFindings): Count {
  const policies = [...project.registry.of('attestation').values()]
  const recorded = policies.filter((policy) => isRecorded(policy, project))
  const fulfilled = policies.filter(({ id }) => isFulfilled(id, project, gates))
  return {
    ...countPolicies(project.registry, 'attestation'),
    beside: [besideOf('recorded', idsOf(recorded)), besideOf('fulfilled', idsOf(fulfilled))],
  }
}

/** At every gate that lists it, and there is one. */
function isFulfilled(policy: string, project: ProjectState, gates: GateFindings): boolean {
  const lists = gates.flatMap(({ subject, fulfilment }) =>
    fulfilment
      .filter((list) => list.policy === policy)
      .map((list) => isGoodList(list, []) && !isAboutFallen(project, subject)),
  )
  return lists.length > 0 && lists.every(Boolean)
}

function besideOf(word: CountedBeside['word'], counted: readonly string[]): CountedBeside {
  return { word, count: counted.length, counted }
}

function idsOf(found: readonly { readonly id: string }[]): readonly string[] {
  return found.map(({ id }) => id)
}

function isRecorded(
  { scope, identityClaims }: PolicyOf<'attestation'>,
  project: ProjectState,
): boolean {
  const gates = [...project.registry.of('gate').values()].filter(({ id }) => {
    const claims = currentReleaseOf(project, id)?.provenance?.claims ?? []
    return identityClaims.every((claim) => claims.includes(claim))
  })
  const recorded = gates.flatMap((gate) => gate.scope.targets)
  return scope.targets.every((target) => recorded.includes(target))
}

/** Record ids of a family. */
function countRecords(family: AdoptableFamily | 'adoption'): (project: ProjectState) => Count {
  return (project) => {
    const records = recordsOf(project, family)
    return {
      count: records.length,
      origins: originsOf(records),
      counted: records.map(({ id }) => id),
    }
  }
}

function recordsOf({ releases }: ProjectState, family: RecordFamily): readonly CountedRecord[] {
  return releases.flatMap(({ records }) => records.filter((record) => record.family === family))
}

function isAccepted({ outcome }: CountedRecord): boolean {
  return outcome === 'accepted'
}

/** Approval records of gates to production, of whose current release a launch is approved. */
function countProductionApprovals(project: ProjectState): Count {
  const gates = [...project.registry.of('gate').values()].filter(({ scope }) =>
    scope.stages.includes('production'),
  )
  const counted = gates
    .filter(({ id }) => (currentReleaseOf(project, id)?.launchApprovals ?? []).length > 0)
    .map(({ approval }) => approval)
  return { count: counted.length, counted }
}

function originsOf(
  found: readonly { readonly origin: Origin; readonly isDeclaredLive: boolean }[],
): CountedOrigins {
  const live = found.filter(({ origin }) => origin === 'live-workflow')
  return {
    live: live.length,
    local: found.length - live.length,
    declaredLive: live.filter(({ isDeclaredLive }) => isDeclaredLive).length,
  }
}
