// The decision to promote (section 6, seed ruling 43): the release owner and somebody else, each by an approval of this very release.

import {
  acceptedCheck,
  combineOutcomes,
  type Outcome,
  quote,
  refusedCheck,
} from '../../core/index.ts'
import type { Evidence, EvidenceIndex, PolicyOf } from '../../policy/index.ts'
import type { GateSubject } from '../gate-subject.ts'
import type { GateCode } from '../problem.ts'
import type { JudgedControl } from './control.ts'
import { isSignedInRole } from './signed-in-role.ts'

/** What the decision is judged from. */
export interface DecisionQuestion {
  readonly policy: PolicyOf<'playbook'>
  readonly subject: GateSubject
  readonly evidence: EvidenceIndex
  readonly now: number
}

/** Statuses of an approval that somebody spoke against. */
const AGAINST: ReadonlySet<string> = new Set(['rejected', 'contested'])

/** Who decided, as far as anybody did. */
export interface DecisionFinding extends JudgedControl {
  /** Principals. */
  readonly owner?: string
  readonly approver?: string
}

/**
 * Two approvals that count, of two principals. That they are in force, over the policies as they are now, of people, and of nobody who
 * built the release, is what made each of them accepted.
 */
export function judgeDecision(question: DecisionQuestion): DecisionFinding {
  const { policy } = question
  const { scope, ownerRoles, approverRoles } = policy.decision
  const approvals = approvalsOf(question)
  const granted = approvals.filter(({ computed }) => computed.outcome === 'accepted')
  const owners = principalsIn(granted, ownerRoles)
  const approvers = principalsIn(granted, [...ownerRoles, ...approverRoles])
  const pairs = owners.flatMap((owner) =>
    approvers.filter((approver) => approver !== owner).map((approver) => ({ owner, approver })),
  )
  const expected = `${ownerRoles.join(' or ')}, and somebody else in ${approverRoles.join(' or ')}`
  const found = tell(approvals)
  const isContested = approvals.some(({ computed }) => AGAINST.has(computed.status))
  const clearing = { by: 'decision', scope, ownerRoles, approverRoles, isContested } as const
  const [pair] = pairs
  if (pair !== undefined) {
    const facts = { expected, found: `${quote(pair.owner)} and ${quote(pair.approver)}` }
    const message = 'The release owner and somebody else decided for it'
    return { check: acceptedCheck('decision', message, facts), clearing, ...pair }
  }
  const [owner] = owners
  const message = 'The release owner and somebody else did not both decide for it'
  const outcome = outcomeOf(approvals, [...ownerRoles, ...approverRoles])
  return {
    check: refusedCheck<GateCode>('decision', outcome, 'gate/playbook-decision', message, {
      expected,
      found,
    }),
    clearing,
    ...(owner !== undefined && { owner }),
  }
}

/** Of the scope that the playbook asks about; whatever their signers decided again since is made up for. */
function approvalsOf({ policy, subject, evidence, now }: DecisionQuestion): readonly Evidence[] {
  const { scope } = policy.decision
  const question = { release: subject.release, commit: subject.commit, now }
  return evidence
    .select({ family: 'approval', scope }, question)
    .filter((one) => !evidence.isOvertaken(one))
}

function principalsIn(approvals: readonly Evidence[], roles: readonly string[]): readonly string[] {
  const own = approvals.filter((one) => isSignedInRole(one, roles))
  return [...new Set(own.map(({ signer }) => signer.principal))]
}

/** What nobody signed is missing; what was signed and does not count is what it is. */
function outcomeOf(
  approvals: readonly Evidence[],
  roles: readonly string[],
): Exclude<Outcome, 'accepted'> {
  const refused = approvals
    .filter((one) => isSignedInRole(one, roles))
    .map(({ computed }) => computed)
    .filter(({ outcome }) => outcome !== 'accepted')
  // None of them is accepted, and nothing at all is missing.
  return combineOutcomes(refused) as Exclude<Outcome, 'accepted'>
}

function tell(approvals: readonly Evidence[]): string {
  const told = approvals.map(
    ({ signer, computed }) =>
      `${quote(signer.principal)} as ${signer.roles.join(', ')}: ${computed.status}`,
  )
  return told.length === 0 ? 'nobody' : told.join('; ')
}
