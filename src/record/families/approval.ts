// Approval: the decision of a person about a release, over the policies that the person saw. What it comes to, all decisions show together.

import { type Check, groupChecks, quote } from '../../core/index.ts'
import type { ApprovalScope } from '../../policy/index.ts'
import { APPROVALS, type Approval } from '../approval/approval-members.ts'
import { checkAlone } from '../approval/single-checks.ts'
import { isDeciding, questionOf, rejectedBy, standingAnswers, tallyOf } from '../approval/tally.ts'
import { checkExpiry } from '../time/expiry.ts'
import { isByPerson, signerKindOf } from '../signer/person.ts'
import type { SameCheck } from '../checks/same-check.ts'
import { defineFamily } from '../family.ts'
import type { RecordCode } from '../problem.ts'
import { recordsOf } from '../release/records-of.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, type FamilyView, type ViewContext } from '../view.ts'

/** Every answer to the same question: whether this may be done with the release, in this phase. */
const SAME_CHECK: SameCheck<Approval> = {
  isSame: (one, other) => questionOf(one) === questionOf(other),
}

/** The family; its view tells whether the release is approved, by whom, and what is missing. */
export const APPROVAL = defineFamily({
  ...APPROVALS,
  about: ['set'],
  isAdoptable: false,
  sameCheck: SAME_CHECK,
  view: viewApproval,
})

/** Every approval that its signer has not taken back, and that is in force: of people alone, whatever else it lacks. */
export function approvalsInForce({
  evidence,
  now,
}: Pick<ViewContext, 'evidence' | 'now'>): readonly FoldedRecord<Approval>[] {
  const questions = Map.groupBy(recordsOf(evidence, APPROVAL), questionOf)
  return [...questions.values()]
    .flatMap((answers) => [...standingAnswers(answers).values()])
    .filter(isByPerson)
    .filter(({ members: { decision, expires = '' } }) => {
      return decision === 'approve' && checkExpiry(expires, now).outcome === 'accepted'
    })
}

/** An approval of that scope that stands and is accepted, the last one; its quorum is met. */
export function findGranted(
  scope: ApprovalScope,
  context: ViewContext,
): FoldedRecord<Approval> | undefined {
  return recordsOf(context.evidence, APPROVAL).findLast(
    (record) =>
      record.members.scope === scope && viewApproval(record, context).check.outcome === 'accepted',
  )
}

function viewApproval(record: FoldedRecord<Approval>, context: ViewContext): FamilyView {
  const { scope, decision, mode, expires, reason, ticket } = record.members
  const tally = tallyOf(context, questionOf(record))
  const { check: quorum, needed, approvers } = tally.quorumOf(record)
  const decided = checkDecision(record, tally.standing)
  const alone = [...checkAlone(record, context), tally.rejections]
  // Who does not count is not told how many others are missing.
  const together = alone.every(isAccepted) ? [...alone, quorum] : alone
  const checks = decided.length > 0 ? decided : together
  const status = statusOf(checks)
  return {
    status,
    check: groupChecks('approval', `The decision of a person about the ${scope}`, checks),
    // An approval that can not count takes nothing away from those that do.
    ...(status !== 'granted' && tally.isGranted && { isAside: true }),
    facts: {
      scope,
      decision,
      mode,
      approver: record.signer.principal,
      signerKind: signerKindOf(record),
      needed,
      approvers,
      reason,
      ...(ticket !== undefined && { ticket }),
      ...(expires !== undefined && { expires }),
    },
  }
}

function isAccepted({ outcome }: Check): boolean {
  return outcome === 'accepted'
}

/** What is wrong with the decision as such: it does not stand, or is one against the release. */
function checkDecision(
  record: FoldedRecord<Approval>,
  standing: ReadonlyMap<string, FoldedRecord>,
): readonly Check[] {
  const { sha256, members, signer } = record
  const last = standing.get(signer.principal)
  if (last !== undefined && last.sha256 !== sha256 && isDeciding(record)) {
    const message = `${quote(signer.principal)} decided again, in record ${last.sha256}`
    return [failed('decision', 'stale', 'record/replaced', message)]
  }
  if (members.decision === 'approve') return []
  return [rejectedBy('decision', [signer.principal])]
}

/** What the first check that is not accepted makes of the decision. */
const STATUSES: Partial<Record<RecordCode, string>> = {
  'record/replaced': 'replaced',
  'record/rejection': 'contested',
  'record/not-person': 'not-person',
  'record/contradiction': 'contradictory',
  'record/policy-scope': 'contradictory',
  'record/phase': 'wrong-phase',
  'record/policies-moved': 'policies-moved',
  'record/expired': 'expired',
  'record/not-independent': 'not-independent',
  'record/quorum': 'awaiting-quorum',
}

function statusOf(checks: readonly Check[]): string {
  const first = checks.find((check) => !isAccepted(check))
  if (first === undefined) return 'granted'
  if (first.name === 'decision' && first.outcome === 'rejected') return 'rejected'
  if (first.name === 'linkage') return 'not-ready'
  return STATUSES[first.code as RecordCode] ?? 'not-judged'
}
