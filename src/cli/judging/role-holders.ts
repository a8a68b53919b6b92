// Who holds which role, as whoever judges records asks.

import { principalsWith, type TrustDocument } from '../../trust/index.ts'

/** Looks up the principals who have one of these roles by the trust document. */
export function holdersIn(trust: TrustDocument): (roles: readonly string[]) => ReadonlySet<string> {
  return (roles) => principalsWith(trust, roles)
}
