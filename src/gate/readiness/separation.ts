// Whether whoever drafts could sign for a target of releases: a fact of the trust document, and of nobody's word.

import { acceptedCheck, type Check, quote, refusedCheck } from '../../core/index.ts'
import { findRole, type TrustDocument } from '../../trust/index.ts'
import type { GateCode } from '../problem.ts'

/** The drafting roles, and where releases go that they must not sign for. */
export interface SeparationQuestion {
  readonly trust: TrustDocument
  readonly roles: readonly string[]
  readonly target: string | undefined
}

const NAME = 'no-production-write-from-self-service'

/** Accepted only where the roles are declared, and nobody who holds one of them has any role for the target. */
export function judgeSeparation({ trust, roles, target }: SeparationQuestion): Check {
  const message = 'Nobody who drafts can sign for the target of the release'
  const unknown = roles.filter((name) => findRole(trust, name) === undefined)
  if (target === undefined || unknown.length > 0) {
    const found = target === undefined ? 'no release' : `no role ${unknown.map(quote).join(', ')}`
    const facts = { expected: 'a release, and roles for drafts in the trust document', found }
    return refusedCheck<GateCode>(NAME, 'missing', 'gate/readiness-drafts', message, facts)
  }
  const writers = [...trust.keys, ...trust.identities].filter(
    (holder) =>
      holder.roles.some((name) => roles.includes(name)) &&
      holder.roles.some((name) => {
        // A role that names no targets is for all of them.
        const targets = findRole(trust, name)?.targets
        return targets === undefined || targets.includes(target)
      }),
  )
  if (writers.length === 0)
    return acceptedCheck(NAME, message, { expected: 'nobody', found: 'nobody' })
  return refusedCheck<GateCode>(NAME, 'rejected', 'gate/readiness-drafts', message, {
    expected: 'nobody',
    found: writers.map(({ name }) => quote(name)).join(', '),
  })
}
