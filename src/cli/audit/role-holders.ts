// Who has a role by the trust document, whether they have signed anything or not.

import { principalOf, type TrustDocument } from '../../trust/index.ts'

/** Makes the function that finds the principals of roles. */
export function findHolders({
  keys,
  identities,
}: TrustDocument): (roles: readonly string[]) => ReadonlySet<string> {
  return (roles) =>
    new Set(
      [...keys, ...identities]
        .filter((holder) => holder.roles.some((role) => roles.includes(role)))
        .map(principalOf),
    )
}
