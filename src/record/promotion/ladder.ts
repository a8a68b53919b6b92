// The ladder of a release: how far it is, which stages below are open, and which were reached above an open one.

import { strict as assert } from 'node:assert'
import { type Check, type Instant, quote } from '../../core/index.ts'
import {
  type ApprovalScope,
  type PolicyOf,
  PROMOTION_STAGES,
  type PromotionStage,
} from '../../policy/index.ts'
import type { Approval } from '../approval/approval-members.ts'
import { standsBefore, vouchedTimeOf } from '../time/order.ts'
import { isByPerson } from '../signer/person.ts'
import { instantOf } from '../time/instant.ts'
import { APPROVAL, findGranted } from '../families/approval.ts'
import { DEPLOYMENT, rolloutsOf } from '../families/deployment.ts'
import { onceFor } from '../once.ts'
import type { FoldedRecord, ReleaseEvidence } from '../release/evidence.ts'
import { failed, passed, type ViewContext } from '../view.ts'
import { STAGE_EVIDENCE } from './stage-evidence.ts'

/** Where a release stands at a stage. All evidence of a manual one is there, and a person has yet to decide: `ready-awaiting-person`. */
export type StageStanding =
  | 'reached'
  | 'reached-out-of-order'
  | 'ready-awaiting-person'
  | 'not-reached'

/** A stage, how the release stands at it, and why. */
export interface LadderStage {
  readonly stage: PromotionStage
  readonly standing: StageStanding
  readonly check: Check
}

/** What the ladder of a policy asks for. */
export interface LadderPolicy
  extends Pick<PolicyOf<'promotion'>, 'requiredStages' | 'manualStages'> {
  /** Those that a release can enter: whatever is approved and deployed on the way to another place shows nothing of production. */
  readonly enteredStages: readonly PromotionStage[]
}

/** The two that a release enters only where its policy requires them: one to staging has a rollout and a deployment too. */
const PRODUCTION_STAGES: readonly PromotionStage[] = ['production-approved', 'production-deployed']

/** Of the policy; without one every stage is required, each has to be entered by a person, and nothing says that it is production. */
export function ladderPolicyOf(policy: PolicyOf<'promotion'> | undefined): LadderPolicy {
  const { requiredStages = PROMOTION_STAGES, manualStages = PROMOTION_STAGES } = policy ?? {}
  const enteredStages = PROMOTION_STAGES.filter(
    (stage) =>
      !PRODUCTION_STAGES.includes(stage) || policy?.requiredStages.includes(stage) === true,
  )
  return { requiredStages, manualStages, enteredStages }
}

/** A person's word that the release enters a stage. */
export type StageStatement = FoldedRecord<{ readonly stage: PromotionStage }>

/**
 * Computes each stage from its own evidence, and a manual one from the word of a person too.
 *
 * @param statements promotion records: those of people count where a stage is manual, and no others anywhere
 */
export function climbLadder(
  policy: LadderPolicy,
  statements: readonly StageStatement[],
  context: ViewContext,
): readonly LadderStage[] {
  const alone = PROMOTION_STAGES.map((stage) => judgeStage(stage, policy, statements, context))
  return alone.map((one, at) => {
    const open = alone
      .slice(0, at)
      .filter(({ stage, standing }) => isOpen(standing) && policy.requiredStages.includes(stage))
      .map(({ stage }) => stage)
    return one.standing === 'reached' && open.length > 0 ? outOfOrder(one.stage, open) : one
  })
}

/** True for a stage that the release did not reach. */
export function isOpen(standing: StageStanding): boolean {
  return standing === 'not-reached' || standing === 'ready-awaiting-person'
}

function judgeStage(
  stage: PromotionStage,
  policy: LadderPolicy,
  statements: readonly StageStatement[],
  context: ViewContext,
): LadderStage {
  if (!policy.enteredStages.includes(stage)) return elsewhere(stage)
  const check = STAGE_EVIDENCE[stage](context)
  if (check.outcome !== 'accepted') return { stage, standing: 'not-reached', check }
  const isManual = policy.manualStages.includes(stage)
  if (isManual && !isEnteredByPerson(stage, statements, context)) return awaitingPerson(stage)
  const isApprovalRequired = policy.requiredStages.includes('production-approved')
  if (stage === 'production-deployed' && isApprovalRequired && !isApprovedFirst(context)) {
    return outOfOrder(stage, ['production-approved'])
  }
  return { stage, standing: 'reached', check }
}

/** The scope of the approval that a stage is, where it is one. */
const APPROVED_STAGES: Partial<Record<PromotionStage, ApprovalScope>> = {
  'canary-approved': 'canary',
  'production-approved': 'rollout',
}

/** Who approves a canary or a rollout lets the release pass the stages below too, but for another approval. */
function isEnteredByPerson(
  stage: PromotionStage,
  statements: readonly StageStatement[],
  context: ViewContext,
): boolean {
  const scope = APPROVED_STAGES[stage]
  if (scope !== undefined) return findGranted(scope, context) !== undefined
  const isBelow = PROMOTION_STAGES.indexOf(stage) < PROMOTION_STAGES.indexOf('canary-approved')
  return (
    statements.some((record) => record.members.stage === stage && isByPerson(record)) ||
    (stage === 'production-deployed' && isDeployedByPerson(context)) ||
    (isBelow && Object.values(APPROVED_STAGES).some((one) => findGranted(one, context)))
  )
}

function isDeployedByPerson(context: ViewContext): boolean {
  return rolloutsOf(context.evidence).some(
    (record) => isByPerson(record) && DEPLOYMENT.view(record, context).check.outcome === 'accepted',
  )
}

/**
 * The rollout was approved before anybody found the release deployed: by the same count, of what stood then. What was approved or taken
 * back later changes nothing about that.
 */
const isApprovedFirst = onceFor((context: ViewContext): boolean => {
  const { evidence } = context
  const deployments = rolloutsOf(evidence)
  const [first] = deployments
  assert(first, 'a release that reaches the stage was found deployed')
  const stoodThen = (record: FoldedRecord) =>
    record.family !== APPROVAL.name ||
    (isRejection(record)
      ? record.index < first.index
      : deployments.every((deployment) => standsBefore(record, deployment)))
  const records = evidence.records.filter(stoodThen)
  const now = deployedAt(first, evidence)
  return (
    findGranted('rollout', { ...context, evidence: { ...evidence, records }, now }) !== undefined
  )
})

/** No time takes back a word against the release. */
function isRejection({ members }: FoldedRecord): boolean {
  return (members as Approval).decision === 'reject'
}

/** By the time that somebody vouches for; without one as it is reported, and no earlier than what is vouched for of the entries before it. */
function deployedAt(first: FoldedRecord, { records, materials }: ReleaseEvidence): Instant {
  const before = [...records, ...materials].filter(({ index }) => index < first.index)
  const vouched = before.flatMap((one) => vouchedTimeOf(one) ?? [])
  return vouchedTimeOf(first) ?? Math.max(instantOf(first.reportedAt), ...vouched)
}

/** Of no use to a release of this policy: whatever was approved and deployed is not production. */
function elsewhere(stage: PromotionStage): LadderStage {
  const message = `${quote(stage)} is entered where the policy of the release requires it, and nowhere else`
  const check = failed(stage, 'missing', 'record/stage-open', message, {
    expected: 'a policy that requires the stage',
    found: 'none',
  })
  return { stage, standing: 'not-reached', check }
}

function awaitingPerson(stage: PromotionStage): LadderStage {
  const message = `The evidence of ${quote(stage)} is there, and a person has to decide`
  const check = failed(stage, 'missing', 'record/awaiting-person', message, {
    expected: 'the signed word of a person',
    found: 'none',
  })
  return { stage, standing: 'ready-awaiting-person', check }
}

function outOfOrder(stage: PromotionStage, open: readonly PromotionStage[]): LadderStage {
  const message = `${quote(stage)} is reached out of order`
  const check = failed(stage, 'rejected', 'record/stage-order', message, {
    expected: `first ${open.join(', ')}`,
    found: stage,
  })
  return { stage, standing: 'reached-out-of-order', check }
}

/** The last stage that the release reached with none below it open or out of order. */
export function positionOn(ladder: readonly LadderStage[]): PromotionStage | undefined {
  const wrong = ladder.findIndex(({ standing }) => standing === 'reached-out-of-order')
  const inOrder = wrong < 0 ? ladder : ladder.slice(0, wrong)
  return inOrder.findLast(({ standing }) => standing === 'reached')?.stage
}

/** Required stages that are open below one that is reached. */
export function gapsOf(
  ladder: readonly LadderStage[],
  { requiredStages }: LadderPolicy,
): readonly PromotionStage[] {
  const top = ladder.findLastIndex(({ standing }) => !isOpen(standing))
  return ladder
    .slice(0, Math.max(0, top))
    .filter(({ stage, standing }) => isOpen(standing) && requiredStages.includes(stage))
    .map(({ stage }) => stage)
}

/** Stages that the policy does not require, and that nobody has reached or made ready. */
export function notRequiredOf(
  ladder: readonly LadderStage[],
  { requiredStages }: LadderPolicy,
): readonly PromotionStage[] {
  return ladder
    .filter(({ stage, standing }) => standing === 'not-reached' && !requiredStages.includes(stage))
    .map(({ stage }) => stage)
}

/** Accepted where no stage was reached above one that is required and open. */
export function checkOrder(ladder: readonly LadderStage[]): Check {
  const wrong = ladder.filter(({ standing }) => standing === 'reached-out-of-order')
  if (wrong.length === 0) return passed('order', 'No stage is reached out of order')
  const message = 'Stages are reached above required ones that are open'
  const facts = { found: wrong.map(({ stage }) => stage).join(', ') }
  return {
    ...failed('order', 'rejected', 'record/stage-order', message, facts),
    checks: wrong.map(({ check }) => check),
  }
}
