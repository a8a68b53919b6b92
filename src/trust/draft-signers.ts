// Who drafts, apart from who signs for production: by the roles that a trust document declares as those of drafts.

import { quote } from '../core/index.ts'
import type { TrustProblem } from './problem.ts'
import {
  findRole,
  principalOf,
  type Role,
  type TrustDocument,
  type TrustedKey,
} from './trust-document.ts'

type Parts = Pick<TrustDocument, 'keys' | 'identities' | 'roles'>

/** A key or an identity. */
type Holder = Parts['keys'][number] | Parts['identities'][number]

/** Whether one of these roles is of drafts. */
export function isOfDrafts(roles: readonly Role[]): boolean {
  return roles.some(({ draft }) => draft === true)
}

/** The key of the document with this thumbprint, where it is one of drafts. */
export function findDraftKey(
  { keys, roles }: Pick<TrustDocument, 'keys' | 'roles'>,
  keyId: string,
): TrustedKey | undefined {
  return keys.find((key) => key.publicKey.keyId === keyId && isOfDrafts(rolesOf(key, roles)))
}

/** Principals with a key or identity for drafts, and with another one that is not. */
export function principalsOnBothSides(trust: TrustDocument): readonly {
  readonly principal: string
  readonly drafts: readonly Holder[]
  readonly others: readonly Holder[]
}[] {
  const holders = [...trust.keys, ...trust.identities]
  return [...new Set(holders.map(principalOf))].toSorted().flatMap((principal) => {
    const own = holders.filter((holder) => principalOf(holder) === principal)
    const drafts = own.filter((holder) => isOfDrafts(rolesOf(holder, trust.roles)))
    const others = own.filter((holder) => !drafts.includes(holder))
    return drafts.length > 0 && others.length > 0 ? [{ principal, drafts, others }] : []
  })
}

/** Keys and identities that hold a role of drafts beside one that is none. */
export function findMixedHolders({ keys, identities, roles }: Parts): readonly TrustProblem[] {
  return [...keys, ...identities].flatMap((holder) => {
    const held = rolesOf(holder, roles)
    const others = holder.roles.filter(
      (name) => !held.some((role) => role.name === name && role.draft === true),
    )
    if (!isOfDrafts(held) || others.length === 0) return []
    const drafts = holder.roles.filter((name) => !others.includes(name))
    return {
      code: 'trust/draft-mixed',
      message: `Expected ${quote(holder.name)} in roles of drafts alone, as ${drafts.map(quote).join(', ')} is, found ${others.map(quote).join(', ')}`,
      hint: 'Use a key of its own for drafts: whoever holds it can then sign nothing else',
    } as const
  })
}

function rolesOf({ roles: names }: Holder, roles: readonly Role[]): readonly Role[] {
  return names.flatMap((name) => findRole({ roles }, name) ?? [])
}
