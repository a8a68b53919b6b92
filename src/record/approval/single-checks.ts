// What makes an approval good in itself, whoever else approves.

import type { Check } from '../../core/index.ts'
import { checkExpiry } from '../time/expiry.ts'
import { checkPerson } from '../signer/person.ts'
import { checkRepeated } from '../checks/repeated-fact.ts'
import { checkSeenPolicies } from '../policies/seen-policies.ts'
import { policyOf } from '../policies/policy-of.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import type { ViewContext } from '../view.ts'
import type { Approval } from './approval-members.ts'
import { checkApprovedPhase } from './approved-phase.ts'
import { checkIndependence } from './independence.ts'

/** Of a person, of the gate, over the phase and the policies that it is for, in force, and not of one's own work. */
export function checkAlone(record: FoldedRecord<Approval>, context: ViewContext): readonly Check[] {
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
