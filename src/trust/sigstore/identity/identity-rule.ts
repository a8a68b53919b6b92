// What an identity of the trust document may look like, beyond its schema: an identity that nobody can have, or more people than
// meant, is refused when it is written down.

import { quote } from '../../../core/index.ts'
import type { TrustProblem } from '../../problem.ts'
import type { TrustedIdentity } from './certificate-identity.ts'
import { nameTypeOf } from './identity-match.ts'
import { isRefGlob, splitRef } from './ref-glob.ts'

/** An https address without user, query and fragment: whatever is beyond that, no issuer has. */
const ISSUER = /^https:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[A-Za-z0-9._~%+=@/-]*)?$/

/** On this machine there is nobody to listen in between; rehearsals run there. */
const LOCAL_ISSUER = /^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d{1,5})?(?:\/[A-Za-z0-9._~/-]*)?$/

/** Every rule that the identity breaks. */
export function findIdentityProblems({
  issuer,
  san,
  isRefGlob: hasGlob,
}: TrustedIdentity): readonly TrustProblem[] {
  const problems: TrustProblem[] = []
  if (!ISSUER.test(issuer) && !LOCAL_ISSUER.test(issuer)) {
    const message = `Expected an issuer such as "https://token.actions.githubusercontent.com", found ${quote(issuer)}`
    problems.push({ code: 'trust/identity-issuer', message, at: '/issuer' })
  }
  if (nameTypeOf(san) === undefined) {
    const message = `Expected a URI, an e-mail address or "user!domain", found ${quote(san)}`
    problems.push({ code: 'trust/identity-san', message, at: '/san' })
  }
  return [...problems, ...findGlobProblems(san, hasGlob)]
}

function findGlobProblems(san: string, hasGlob: boolean): readonly TrustProblem[] {
  const refused = (message: string, hint?: string): readonly TrustProblem[] => [
    { code: 'trust/identity-san', message, at: '/san', ...(hint !== undefined && { hint }) },
  ]
  if (!hasGlob) {
    if (!san.includes('*')) return []
    return refused(
      `Expected an exact name, found ${quote(san)}`,
      'A pattern counts only in the ref after the last "@", and only with --glob-ref',
    )
  }
  const parts = splitRef(san)
  if (parts === undefined || parts.stem.includes('*') || nameTypeOf(san) !== 'uri') {
    return refused(
      `Expected the URI of a workflow with "*" nowhere but in the ref after its last "@", found ${quote(san)}`,
    )
  }
  if (isRefGlob(parts.ref)) return []
  return refused(
    `Expected a whole ref such as "refs/tags/v*", with one to three "*" that do not touch, found ${quote(parts.ref)}`,
  )
}
