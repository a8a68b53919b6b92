// May this signer sign that? Roles are the trust document's, and so is what each may sign.

import { type Check, quote } from '../../core/index.ts'
import {
  findRole,
  isDraftType,
  isOfDrafts,
  isRoleFor,
  type Role,
  type TrustDocument,
} from '../../trust/index.ts'
import { failed, passed } from '../check.ts'

/** What was signed, as far as roles tell it apart. A bare artifact has neither. */
export interface SignedKind {
  readonly predicateType?: string
  readonly target?: string
}

/** A key or an identity, with the roles that the trust document gives it. */
export interface RoleHolder {
  readonly name: string
  readonly roleNames: readonly string[]
  readonly builtInRoles?: readonly Role[] | undefined
}

/** Who may sign for what, and whether the verifier said for which target. */
export interface RoleQuestion {
  readonly trust: TrustDocument
  readonly expectation: { readonly target?: string }
}

/**
 * The roles of the signer that may sign this, and the check that there is one.
 *
 * A role that names targets counts only where the verifier says which target is expected: what the statement says of its target, the
 * signer chose.
 */
export function checkRole(
  { name, roleNames, builtInRoles = [] }: RoleHolder,
  { trust, expectation }: RoleQuestion,
  { predicateType = '', target }: SignedKind,
): { readonly check: Check; readonly roles: readonly Role[] } {
  const held = [
    ...builtInRoles,
    ...roleNames.flatMap((roleName) => findRole(trust, roleName) ?? []),
  ]
  const able = held.filter((role) =>
    isRoleFor(role, { predicateType, ...(target !== undefined && { target }) }),
  )
  const roles = able.filter(
    ({ targets }) => targets === undefined || expectation.target !== undefined,
  )
  const what = predicateType === '' ? 'a bare artifact' : quote(predicateType)
  const where = target === undefined ? '' : ` for the target ${quote(target)}`
  const facts = {
    expected: `a role for ${what}${where}`,
    found: held.map((role) => role.name).join(', '),
  }
  if (roles.length > 0) {
    const found = roles.map((role) => role.name).join(', ')
    return { check: passed('role', `${quote(name)} may sign this`, { ...facts, found }), roles }
  }
  if (able.length > 0) return { check: targetUnsaid(name, able), roles }
  if (isOfDrafts(held) && !isDraftType(predicateType)) return { check: drafter(name, facts), roles }
  const message = `${quote(name)} may not sign ${what}${where}`
  return { check: failed('role', 'rejected', 'verify/role-missing', message, facts), roles }
}

function targetUnsaid(name: string, roles: readonly Role[]): Check {
  const message = `${quote(name)} may sign for some targets only, and none is expected here`
  return failed('role', 'missing', 'verify/target', message, {
    expected: 'an expected target',
    found: `roles for ${roles.flatMap(({ targets = [] }) => targets.map(quote)).join(' or ')}`,
    hint: 'Give the target that this is verified for with --target',
  })
}

/** Whoever drafts signs nothing that counts, for no target and of no type. */
function drafter(
  name: string,
  facts: { readonly expected: string; readonly found: string },
): Check {
  const message = `${quote(name)} drafts, and may sign nothing but drafts`
  return failed('role', 'rejected', 'verify/draft-signer', message, {
    ...facts,
    hint: 'Somebody with a role of production signs the record itself',
  })
}
