// Promotion: a release enters a stage of its ladder. The record says which one was meant; that it was reached, each stage's evidence shows.

import * as z from 'zod/mini'
import { type Check, groupChecks, quote } from '../../core/index.ts'
import {
  POLICY_KINDS,
  type PolicyKind,
  PROMOTION_STAGES,
  type PromotionStage,
  STAGES,
} from '../../policy/index.ts'
import { checkSeenPolicies } from '../policies/seen-policies.ts'
import { defineFamily, type HeaderParts } from '../family.ts'
import {
  listOf,
  POLICY,
  type PolicyReference,
  rule,
  SHA256,
  TEXT,
} from '../statement/member-schema.ts'
import { policyOf } from '../policies/policy-of.ts'
import type { RecordProblem } from '../problem.ts'
import {
  checkOrder,
  climbLadder,
  gapsOf,
  isOpen,
  ladderPolicyOf,
  notRequiredOf,
  positionOn,
  type StageStanding,
} from '../promotion/ladder.ts'
import { recordsOf } from '../release/records-of.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import type { FamilyView, ViewContext } from '../view.ts'

/** The kinds of the policies that a promotion rests on, each with the list of the approval record that names them. */
const DEPENDENCIES = [
  'attestation',
  'tracking',
  'smoke',
  'rollback',
  'promotion',
] as const satisfies readonly PolicyKind[]

const MEMBERS = z.strictObject({
  /** The stage that the release enters. */
  stage: z.enum(PROMOTION_STAGES),
  /** Where it was before, and where it is promoted to. */
  from: z.enum(STAGES),
  to: z.enum(STAGES),
  /** Where a person decided, if one did: a run, a ticket. */
  manualReference: z.optional(TEXT),
  /** SHA-256 of the matrix of what the release works together with. */
  compatibilityMatrix: SHA256,
  /** The policies that the promotion rests on, as they were. */
  policies: listOf(POLICY, ({ id }) => id).check(
    rule(hasExactKinds, `policies of the kinds ${DEPENDENCIES.join(', ')}, and of no others`),
  ),
})

function hasExactKinds(policies: readonly PolicyReference[]): boolean {
  const found = new Set(policies.map(({ id }) => id.slice(0, id.indexOf('.'))))
  return (
    found.size === DEPENDENCIES.length &&
    DEPENDENCIES.every((kind) => found.has(POLICY_KINDS[kind]))
  )
}

/** What a promotion record holds. */
export type Promotion = Readonly<z.infer<typeof MEMBERS>>

/** The family; its view climbs the ladder of the release, and tells where it stands. */
export const PROMOTION = defineFamily({
  name: 'promotion',
  members: MEMBERS,
  about: ['set'],
  isAdoptable: true,
  policyKind: 'promotion',
  findContradictions,
  view: viewPromotion,
})

function findContradictions({ to }: Promotion, { release }: HeaderParts): readonly RecordProblem[] {
  if (release === undefined || release.deploymentStage === to) return []
  const message = `Expected the stage of the release, which is ${quote(release.deploymentStage)}, found ${quote(to)}`
  return [{ code: 'record/contradiction', message, at: '/to' }]
}

function viewPromotion(record: FoldedRecord<Promotion>, context: ViewContext): FamilyView {
  const { members, release } = record
  const { check, policy } = policyOf('promotion', record, context)
  const ladderPolicy = ladderPolicyOf(policy)
  const statements = recordsOf(context.evidence, PROMOTION)
  const ladder = climbLadder(ladderPolicy, statements, context)
  const named = (wanted: (standing: StageStanding) => boolean): readonly PromotionStage[] =>
    ladder.filter(({ standing }) => wanted(standing)).map(({ stage }) => stage)
  const completed = named((standing) => !isOpen(standing))
  const outOfOrder = named((standing) => standing === 'reached-out-of-order')
  const awaitingPerson = named((standing) => standing === 'ready-awaiting-person')
  const status = statusOf(members, { completed, awaitingPerson })
  return {
    status: outOfOrder.length > 0 ? 'out-of-order' : status,
    check: groupChecks('promotion', 'The ladder of the release', [
      check,
      ...checkDependencies(record, context),
      ...ladder.filter(({ stage }) => stage === members.stage).map((one) => one.check),
      checkOrder(ladder),
    ]),
    facts: {
      stage: members.stage,
      position: positionOn(ladder) ?? 'none',
      completed,
      gaps: gapsOf(ladder, ladderPolicy),
      outOfOrder,
      awaitingPerson,
      open: named(isOpen).filter((stage) => ladderPolicy.requiredStages.includes(stage)),
      notRequired: notRequiredOf(ladder, ladderPolicy),
      from: members.from,
      to: members.to,
      ...(release !== undefined && { phase: release.phase }),
      ...(members.manualReference !== undefined && { manualReference: members.manualReference }),
      compatibilityMatrix: members.compatibilityMatrix,
    },
  }
}

function statusOf(
  { stage }: Promotion,
  found: Readonly<Record<'completed' | 'awaitingPerson', readonly PromotionStage[]>>,
): string {
  if (found.completed.includes(stage)) return 'stage-reached'
  return found.awaitingPerson.includes(stage) ? 'ready-awaiting-person' : 'stage-open'
}

/** Exactly the policies of the five kinds that the approval record of the release lists. */
function checkDependencies(
  { members, release }: FoldedRecord<Promotion>,
  context: ViewContext,
): readonly Check[] {
  const named = release === undefined ? {} : { policy: release.approvalRecord }
  const { check, policy } = policyOf('approval', named, context)
  const { registry } = context
  if (registry === undefined || policy === undefined) return [{ ...check, name: 'approval-record' }]
  const ids = DEPENDENCIES.flatMap((kind) => policy.policies[kind])
  const now = ids.flatMap((id) => registry.policies.get(id) ?? [])
  return [checkSeenPolicies(members.policies, now)]
}
