// Roles that policies name, outside of what requirements select: owners, deciders, witnesses, drafters.

import { quote } from '../../core/index.ts'
import { principalsWith } from '../../trust/index.ts'
import type { Policy, PolicyOf } from '../policy.ts'
import type { Lint, LintOptions } from './lint.ts'

/** What is known of who signs. */
export type LintTrust = NonNullable<LintOptions['trust']>

/** Roles of which one at least needs a principal. */
interface AskedRoles {
  readonly roles: readonly string[]
  readonly at: Lint['at']
}

/** Roles that nobody has, or that are not there. */
export function lintRoles(policy: Policy, trust: LintTrust | undefined): readonly Lint[] {
  if (trust === undefined) return []
  return askedRolesOf(policy).flatMap(({ roles, at }) =>
    roles.flatMap((role, index) => judgeRole(role, [...at, index], trust)),
  )
}

/** That the trust document has the role, and somebody in it. */
export function judgeRole(role: string, at: Lint['at'], trust: LintTrust): readonly Lint[] {
  const known = role === 'release' || trust.roles.some(({ name }) => name === role)
  if (known && principalsWith(trust, [role]).size > 0) return []
  const message = known
    ? `Nobody in the trust document has the role ${quote(role)}`
    : `The trust document has no role ${quote(role)}`
  return [{ code: 'policy/role-unknown', message, at }]
}

function askedRolesOf(policy: Policy): readonly AskedRoles[] {
  if (policy.kind === 'readiness') return rolesOfReadiness(policy)
  return policy.kind === 'playbook' ? rolesOfPlaybook(policy) : []
}

function rolesOfReadiness({ selfService, stages }: PolicyOf<'readiness'>): readonly AskedRoles[] {
  return [
    { roles: selfService.roles, at: ['selfService', 'roles'] },
    ...stages.flatMap(({ owners }, stage) =>
      owners.map(({ roles }, owner) => ({
        roles,
        at: ['stages', stage, 'owners', owner, 'roles'],
      })),
    ),
  ]
}

function rolesOfPlaybook(policy: PolicyOf<'playbook'>): readonly AskedRoles[] {
  const { jobRoles, sequenceRoles = [], decision, closure, attachments = [] } = policy
  return [
    { roles: jobRoles, at: ['jobRoles'] },
    { roles: sequenceRoles, at: ['sequenceRoles'] },
    { roles: decision.ownerRoles, at: ['decision', 'ownerRoles'] },
    { roles: decision.approverRoles, at: ['decision', 'approverRoles'] },
    ...(closure === undefined ? [] : [{ roles: [closure.role], at: ['closure', 'role'] }]),
    ...attachments.flatMap((attachment, index) =>
      'ruleset' in attachment
        ? [{ roles: [attachment.ruleset.role], at: ['attachments', index, 'ruleset', 'role'] }]
        : [],
    ),
  ]
}
