// What shows that a release has reached a stage of the ladder: for each stage evidence of its own, and never a record that says so.

import { type Check, combineOutcomes } from '../../core/index.ts'
import { IDENTITY_CLAIMS, type PromotionStage, type RecordFamily } from '../../policy/index.ts'
import type { Family } from '../family.ts'
import { APPROVAL, findGranted } from '../families/approval.ts'
import { ATTESTATION } from '../families/attestation.ts'
import { CANARY } from '../families/canary.ts'
import { DEPLOYMENT, rolloutsOf } from '../families/deployment.ts'
import { SMOKE } from '../families/smoke.ts'
import { TEST_RESULT } from '../families/test-result.ts'
import { TRACKING } from '../families/tracking.ts'
import { judgeProvenance } from '../release/provenance.ts'
import { areGood, decidingRecords } from '../release/deciding.ts'
import { commitRecordsOf, recordsOf } from '../release/records-of.ts'
import { snapshotOf } from '../release/snapshot.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, passed, type ViewContext } from '../view.ts'

/** Looks for the evidence of each stage. */
export const STAGE_EVIDENCE: Readonly<Record<PromotionStage, (context: ViewContext) => Check>> = {
  'build-complete': (context) =>
    judgeRecords('build-complete', TRACKING, recordsOf(context.evidence, TRACKING), context),
  'artifact-verified': (context) =>
    judgeRecords(
      'artifact-verified',
      ATTESTATION,
      recordsOf(context.evidence, ATTESTATION),
      context,
    ),
  'artifact-signed-or-attested': checkSigned,
  'candidate-tested': checkTested,
  'canary-approved': checkCanary,
  'production-approved': checkApproved,
  'production-deployed': checkDeployed,
  'post-deploy-verified': checkVerified,
}

/** The evidence is there where a record that decides is accepted, and none is rejected. */
function judgeRecords<M>(
  stage: PromotionStage,
  family: Family<RecordFamily, M>,
  records: readonly FoldedRecord<M>[],
  context: ViewContext,
): Check {
  const deciding = decidingRecords(family, records, context)
  const checks = deciding.map(({ view }) => view.check)
  if (areGood(deciding)) {
    return { ...passed(stage, `The evidence is there: ${family.name}`), checks }
  }
  const message = `No accepted evidence is there: ${family.name}`
  // What was accepted beside a rejected record does not make it better.
  const outcome = checks.length === 0 ? 'missing' : combineOutcomes(checks)
  return { name: stage, outcome, code: 'record/stage-open', message, checks }
}

/** One provenance carries all claims of identity: those of several do not add up. */
function checkSigned({ evidence }: ViewContext): Check {
  const stage = 'artifact-signed-or-attested'
  const snapshot = snapshotOf(evidence)
  const { check, claims } = judgeProvenance(evidence, { snapshot })
  const facts = { expected: IDENTITY_CLAIMS.join(', '), found: claims.join(', ') || 'none' }
  if (check.outcome === 'accepted' && claims.length === IDENTITY_CLAIMS.length) {
    return passed(stage, 'Accepted provenance carries all claims of identity', facts)
  }
  const outcome = check.outcome === 'accepted' ? 'missing' : check.outcome
  const message = 'No accepted provenance carries all claims of identity'
  return { ...failed(stage, outcome, 'record/stage-open', message, facts), checks: [check] }
}

/** Tests of the set, and of the commit that it was built from. */
function checkTested(context: ViewContext): Check {
  const { evidence } = context
  const records = [...commitRecordsOf(evidence, TEST_RESULT), ...recordsOf(evidence, TEST_RESULT)]
  return judgeRecords('candidate-tested', TEST_RESULT, records, context)
}

/** The stage opens the canary, so it is a decision; a canary that went wrong closes it again. */
function checkCanary(context: ViewContext): Check {
  const stage = 'canary-approved'
  const canaries = recordsOf(context.evidence, CANARY)
  const canary = judgeRecords(stage, CANARY, canaries, context)
  if (canary.outcome === 'accepted' || canary.outcome === 'rejected') return canary
  return findGranted('canary', context) === undefined
    ? { ...canary, message: 'No canary is approved' }
    : passed(stage, 'People approve the canary')
}

/** The decision of people is the evidence of this stage; it is no evidence of any other. */
function checkApproved(context: ViewContext): Check {
  const stage = 'production-approved'
  if (findGranted('rollout', context) !== undefined) {
    return passed(stage, 'People approve the rollout')
  }
  const answers = recordsOf(context.evidence, APPROVAL).filter(
    ({ members }) => members.scope === 'rollout',
  )
  const checks = answers.map((record) => APPROVAL.view(record, context).check)
  const message = 'The rollout is not approved'
  return {
    name: stage,
    outcome: combineOutcomes(checks),
    code: 'record/stage-open',
    message,
    checks,
  }
}

/** A rollout in each environment is looked at: one that drifted is not made good by another. The ring of a canary is none. */
function checkDeployed(context: ViewContext): Check {
  const deployments = rolloutsOf(context.evidence)
  return judgeRecords('production-deployed', DEPLOYMENT, deployments, context)
}

/** A smoke, of what was deployed as it should have been: nothing above a deployment is reached without it. */
function checkVerified(context: ViewContext): Check {
  const stage = 'post-deploy-verified'
  const smoke = judgeRecords(stage, SMOKE, recordsOf(context.evidence, SMOKE), context)
  if (smoke.outcome !== 'accepted') return smoke
  const deployments = rolloutsOf(context.evidence)
  const deployed = judgeRecords(stage, DEPLOYMENT, deployments, context)
  return deployed.outcome === 'accepted' ? smoke : deployed
}
