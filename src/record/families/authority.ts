// Authority: who stands behind the way in which a release is approved. The record says the way; who, its signature shows.

import * as z from 'zod/mini'
import { type Check, groupChecks, quote } from '../../core/index.ts'
import {
  APPROVAL_MODES,
  type AuthorityEvidence,
  type AuthorityKind,
  type PolicyOf,
  ROLLOUT_SCOPES,
} from '../../policy/index.ts'
import { checkRepeated } from '../checks/repeated-fact.ts'
import { defineFamily } from '../family.ts'
import { NAME, TEXT } from '../statement/member-schema.ts'
import { policyOf } from '../policies/policy-of.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'
import { type SignerAuthority, authorityOf } from '../signer/authority.ts'

const MEMBERS = z.strictObject({
  approvalMode: z.enum(APPROVAL_MODES),
  approvalScope: z.enum(ROLLOUT_SCOPES),
  /** What the approval can be looked up under: the address of a run, a ticket, a meeting. */
  approvalReference: TEXT,
  /** Who started the workflow, as it states it: no certificate names them. */
  actor: z.optional(NAME),
})

/** What an authority record holds. */
export type Authority = Readonly<z.infer<typeof MEMBERS>>

/** The family; its view tells the kind of authority and its reference, as certificate or key prove them. */
export const AUTHORITY = defineFamily({
  name: 'authority',
  members: MEMBERS,
  about: ['set'],
  isAdoptable: true,
  policyKind: 'authority',
  view: viewAuthority,
})

function viewAuthority(record: FoldedRecord<Authority>, context: ViewContext): FamilyView {
  const { members, signer, origin } = record
  const { check, policy } = policyOf('authority', record, context)
  const authority = authorityOf(signer, members.actor)
  const checks = [
    check,
    ...checkDeclaration(record, context),
    checkTrigger(members, authority),
    ...(policy === undefined ? [] : checkRules(record, authority, policy)),
  ]
  const { kind, reference, actor, workflow, run, trigger } = authority
  return {
    status: kind,
    check: groupChecks('authority', 'Who stands behind the approval of the release', checks),
    facts: {
      reference,
      // What a workflow states of itself is worth what its repository is worth.
      ...(actor !== undefined && { statedActor: actor }),
      ...(workflow !== undefined && { workflow }),
      ...(run !== undefined && { run }),
      ...(trigger !== undefined && { trigger }),
      principal: signer.principal,
      origin,
    },
  }
}

/** Mode and scope stand in the approval record of the policies as well. */
function checkDeclaration(
  { members, release }: FoldedRecord<Authority>,
  { registry }: ViewContext,
): readonly Check[] {
  const id = release?.approvalRecord ?? ''
  const approval = registry?.of('approval').get(id)
  if (approval === undefined) {
    const message = `There is no approval record ${quote(id)} among the policies`
    return [failed('approval-record', 'missing', 'record/policy-unknown', message)]
  }
  return [
    checkRepeated(
      'approval-mode',
      { expected: approval.mode, found: members.approvalMode },
      'the approval record',
    ),
    checkRepeated(
      'approval-scope',
      { expected: approval.approvalScope, found: members.approvalScope },
      'the approval record',
    ),
  ]
}

/** A certificate says what started its workflow: who says that a person did, may not be contradicted by it. */
function checkTrigger({ approvalMode }: Authority, authority: SignerAuthority): Check {
  const { workflow, trigger, isDispatched } = authority
  if (workflow === undefined || approvalMode !== 'manual-dispatch-with-human-initiation') {
    return passed('trigger', 'No certificate has to say what started a workflow')
  }
  const facts = { expected: 'workflow_dispatch', found: quote(trigger ?? 'none') }
  if (isDispatched) return passed('trigger', 'The workflow was dispatched', facts)
  const message = 'The certificate does not say that the workflow was dispatched'
  return failed('trigger', 'rejected', 'record/contradiction', message, facts)
}

function checkRules(
  record: FoldedRecord<Authority>,
  authority: SignerAuthority,
  policy: PolicyOf<'authority'>,
): readonly Check[] {
  const { approverIdentityRequiredBeforeProductionApproval: isIdentityRequired } = policy
  return [
    checkKind(authority, policy),
    ...(policy.humanApprovalRequired ? [checkInitiation(record, authority)] : []),
    ...(isIdentityRequired ? [checkIdentity(record, authority)] : []),
    checkEvidence(record, authority, policy.authorityEvidence),
  ]
}

function checkKind(
  { kind }: SignerAuthority,
  { authorityKinds, automationReferenceAllowed }: PolicyOf<'authority'>,
): Check {
  const allowed = authorityKinds.filter(
    (one) => automationReferenceAllowed || one !== AUTOMATION_KIND,
  )
  const facts = { expected: allowed.join(' or '), found: kind }
  return allowed.includes(kind)
    ? passed('authority-kind', 'The policy allows this kind of authority', facts)
    : failed(
        'authority-kind',
        'rejected',
        'record/authority-kind',
        'The policy does not allow this kind of authority',
        facts,
      )
}

const AUTOMATION_KIND: AuthorityKind = 'approved-workflow-reference-only'
const IDENTITY_KIND: AuthorityKind = 'workflow-dispatch-actor-and-workflow-reference'

/** That a person began it. Who decides about the release, is what approvals are for. */
function checkInitiation(
  { signer }: FoldedRecord<Authority>,
  { isDispatched }: SignerAuthority,
): Check {
  if (isDispatched) return passed('initiation', 'A person dispatched the workflow')
  const facts = { expected: 'a dispatched workflow, or a person', found: signer.kind ?? 'unknown' }
  if (signer.kind === 'person') return passed('initiation', 'A person signed the record', facts)
  const message = 'Nothing shows that a person began the approval'
  return failed('initiation', 'missing', 'record/not-person', message, facts)
}

/** A reference to automation, a key on a machine and a rehearsal never stand for the person who approves for production. */
function checkIdentity({ origin }: FoldedRecord<Authority>, { kind }: SignerAuthority): Check {
  const facts = {
    expected: `${IDENTITY_KIND} of a live workflow`,
    found: `${kind}, ${origin}`,
  }
  if (kind === IDENTITY_KIND && origin === 'live-workflow') {
    return passed('approver-identity', 'The approver is who the live workflow states', facts)
  }
  const message = 'The approver of a production release has no identity here'
  return failed('approver-identity', 'missing', 'record/approver-identity', message, facts)
}

/** Which items are there: the schema sees to three, the signature to the other two. */
function checkEvidence(
  { members, signer }: FoldedRecord<Authority>,
  authority: SignerAuthority,
  required: readonly AuthorityEvidence[],
): Check {
  const isNamed = authority.workflow !== undefined || signer.kind !== undefined
  const items: Readonly<Record<AuthorityEvidence, string | false>> = {
    'approval-mode': members.approvalMode,
    'approval-scope': members.approvalScope,
    'approval-reference': members.approvalReference,
    'authority-kind': authority.kind,
    'approver-identity-or-automation-reference': isNamed && authority.reference,
  }
  const missing = required.filter((item) => items[item] === false)
  const facts = { expected: required.join(', '), found: `all but ${missing.join(', ') || 'none'}` }
  if (missing.length === 0) return passed('authority-evidence', 'All items are there', facts)
  const message = 'The trust document does not say whether a person or automation signed'
  return failed('authority-evidence', 'missing', 'record/approver-identity', message, facts)
}
