// Approval: the decision of a person about a release, over the policies that the person saw. What it comes to, all decisions show together.

import * as z from 'zod/mini'
import { type Check, groupChecks, quote } from '../../core/index.ts'
import { APPROVAL_MODES, APPROVAL_SCOPES, type ApprovalScope } from '../../policy/index.ts'
import { checkApprovedPhase } from '../approval/approved-phase.ts'
import { type Decision, decisionsOf, standingDecisions } from '../approval/decisions.ts'
import { checkIndependence } from '../approval/independence.ts'
import { countQuorum } from '../approval/quorum.ts'
import { checkExpiry } from '../checks/expiry.ts'
import { checkPerson, isByPerson, signerKindOf } from '../checks/person.ts'
import { checkRepeated } from '../checks/repeated-fact.ts'
import type { SameCheck } from '../checks/same-check.ts'
import { checkSeenPolicies } from '../checks/seen-policies.ts'
import { defineFamily } from '../family.ts'
import { listOf, POLICY, rule, SET_ID, TEXT, TIME } from '../statement/member-schema.ts'
import { policyOf } from '../policy-of.ts'
import type { RecordCode } from '../problem.ts'
import { recordsOf } from '../release/records-of.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'

const MEMBERS = z
  .strictObject({
    scope: z.enum(APPROVAL_SCOPES),
    decision: z.enum(['approve', 'reject']),
    mode: z.enum(APPROVAL_MODES),
    /** Every policy that the gate of the release rests on, as the approver saw it. */
    policies: listOf(POLICY, ({ id }) => id).check(z.minLength(1)),
    /** Of an approval: its last instant. A rejection stands until its signer decides otherwise. */
    expires: z.optional(TIME),
    reason: TEXT,
    ticket: z.optional(TEXT),
    /** The artifact set id of the release that the approver would go back to: so an operator confirms it. */
    rollbackTarget: z.optional(SET_ID),
  })
  .check(
    rule(
      ({ decision, expires }) => (decision === 'approve') === (expires !== undefined),
      'the end of an approval, and none of a rejection',
    ),
  )

/** What an approval holds. */
export type Approval = Readonly<z.infer<typeof MEMBERS>>

/** Every answer to the same question: whether this may be done with the release, in this phase. */
const SAME_CHECK: SameCheck<Approval> = {
  isSame: (one, other) =>
    one.members.scope === other.members.scope && one.release?.phase === other.release?.phase,
}

/** The family; its view tells whether the release is approved, by whom, and what is missing. */
export const APPROVAL = defineFamily({
  name: 'approval',
  members: MEMBERS,
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
  const questions = Map.groupBy(recordsOf(evidence, APPROVAL), ({ members, release }) =>
    [members.scope, release?.phase].join(' '),
  )
  return [...questions.values()]
    .flatMap((answers) => [...standingOf(decisionsOf(answers)).values()])
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
  const answers = recordsOf(context.evidence, APPROVAL)
  const decisions = decisionsOf(answers.filter((other) => SAME_CHECK.isSame(record, other)))
  const standing = standingOf(decisions)
  const original = decisions.find((one) => one.record.index === record.index)?.original ?? record
  const good = [...standing.values()].filter(
    (one) => one.members.decision === 'approve' && checkAlone(one, context).every(isAccepted),
  )
  const { check: quorum, needed, approvers } = countQuorum(original, good, context)
  const decided = checkDecision(original, standing)
  const alone = [...checkAlone(original, context), checkRejections(standing)]
  // Who does not count is not told how many others are missing.
  const together = alone.every(isAccepted) ? [...alone, quorum] : alone
  const checks = decided.length > 0 ? decided : together
  return {
    status: statusOf(checks),
    check: groupChecks('approval', `The decision of a person about the ${scope}`, checks),
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
      ...(original !== record && { repeats: original.sha256 }),
    },
  }
}

function isAccepted({ outcome }: Check): boolean {
  return outcome === 'accepted'
}

/** Automation takes back no decision of the person whose principal it shares. */
function standingOf(
  decisions: readonly Decision<Approval>[],
): ReadonlyMap<string, FoldedRecord<Approval>> {
  return standingDecisions(decisions.filter(({ record }) => isDeciding(record)))
}

/** True for what changes where its signer stands: whatever people say, and a rejection by anyone. */
function isDeciding(record: FoldedRecord<Approval>): boolean {
  return isByPerson(record) || record.members.decision === 'reject'
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

/** What makes an approval good in itself, whoever else approves. */
function checkAlone(record: FoldedRecord<Approval>, context: ViewContext): readonly Check[] {
  const { scope, expires = '', policies } = record.members
  const { registry, evidence, now } = context
  const seen =
    registry === undefined
      ? []
      : [checkSeenPolicies(policies, registry.policiesOf(evidence.parts.target))]
  return [
    checkPerson(record),
    ...checkGate(record, context),
    ...checkApprovedPhase(record, scope, context),
    ...seen,
    checkExpiry(expires, now),
    checkIndependence(record, context),
  ]
}

/** How the releases of the gate are approved, as its approval record has it. */
function checkGate(
  { members, release }: FoldedRecord<Approval>,
  context: ViewContext,
): readonly Check[] {
  const named = { ...(release !== undefined && { policy: release.approvalRecord }) }
  const { check, policy } = policyOf('approval', named, context)
  if (policy === undefined || release === undefined) return [check]
  const of = 'the approval record'
  return [
    check,
    checkRepeated('gate', { expected: policy.gate, found: release.gate }, of),
    checkRepeated('mode', { expected: policy.mode, found: members.mode }, of),
  ]
}

/** Whoever says no takes part with one word, whatever others say: nobody outvotes it. */
function checkRejections(standing: ReadonlyMap<string, FoldedRecord<Approval>>): Check {
  const against = [...standing].filter(([, { members }]) => members.decision === 'reject')
  return against.length === 0
    ? passed('rejection', 'Nobody speaks against it')
    : rejectedBy(
        'rejection',
        against.map(([principal]) => principal),
      )
}

function rejectedBy(name: string, principals: readonly string[]): Check {
  const message = 'The decision is against the release'
  return failed(name, 'rejected', 'record/rejection', message, {
    found: principals.map(quote).join(', '),
  })
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
