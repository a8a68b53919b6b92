// Who wants to sign: an OpenID Connect identity token (JWT, RFC 7519). It is read for what must be known before it is sent, and
// never believed: the certificate authority judges it.

import * as z from 'zod/mini'
import {
  accept,
  type Instant,
  LIMITS,
  parseBase64,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import type { SigstoreSignProblem } from './problem.ts'
import { HOLDER_CLAIMS, holderOf, type TokenHolder } from './token-holder.ts'

/** The service that a token must be for. */
export const SIGSTORE_AUDIENCE = 'sigstore'

/**
 * A token and what it says. The text is a secret: whoever has it can sign in this name until it expires.
 *
 * @example { text, issuer: 'https://token.actions.githubusercontent.com', subject: 'repo:o/r:ref:refs/heads/main', isEmail: false, holder, visibility: 'public' }
 */
export interface IdentityToken {
  readonly text: string
  readonly issuer: string
  /** What the proof of possession is over: the mail address where the token has one, else `sub` (CS-12). */
  readonly subject: string
  readonly isEmail: boolean
  /** What a certificate in the name of the token says, as far as the token tells. */
  readonly holder: TokenHolder
  /** How visible the repository of a CI run is, where the token says it. */
  readonly visibility?: string
}

const TEXT = z.string().check(z.minLength(1), z.maxLength(4_096))

/** Only what is needed; a provider adds what it likes. */
const CLAIMS = z.object({
  ...HOLDER_CLAIMS,
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
  email_verified: z.optional(z.union([z.boolean(), z.string()])),
  // GitHub and GitLab each have a name of their own for it.
  repository_visibility: z.optional(TEXT),
  project_visibility: z.optional(TEXT),
})

/** Reads a token as a CI system or a file gives it; no message repeats any of its claims' secrets. */
export function parseIdentityToken(
  text: string,
  now: Instant,
): Result<IdentityToken, SigstoreSignProblem> {
  const claims = readClaims(text.trim())
  if (!claims.ok) return claims
  const { iss: issuer, aud, exp, repository_visibility, project_visibility } = claims.value
  if (![aud].flat().includes(SIGSTORE_AUDIENCE)) {
    return refuse({
      code: 'sign/token-audience',
      message: `Expected an identity token for the audience ${quote(SIGSTORE_AUDIENCE)}, found one for ${quote([aud].flat().join(', '))}`,
    })
  }
  if (exp * 1_000 <= now) {
    return refuse({
      code: 'sign/token-expired',
      message: 'Expected an identity token that is still valid, found an expired one',
      hint: 'Tokens are valid for minutes: get a new one. If it is new, look at the clock of this machine',
    })
  }
  const subject = subjectOf(claims.value)
  if (!subject.ok) return subject
  // A public one hides none that is not.
  const visibilities = [repository_visibility, project_visibility].filter(
    (found) => found !== undefined,
  )
  const visibility = visibilities.find((found) => found !== 'public') ?? visibilities[0]
  return accept({
    text: text.trim(),
    issuer,
    ...subject.value,
    holder: holderOf(claims.value),
    ...(visibility !== undefined && { visibility }),
  })
}

function readClaims(text: string): Result<z.infer<typeof CLAIMS>, SigstoreSignProblem> {
  const parts = text.split('.')
  const [, encoded = ''] = parts
  if (parts.length !== 3 || text.length > LIMITS.keyBytesMax) return malformed()
  const bytes = parseBase64(encoded, 'base64url')
  const json = bytes.ok ? parseJson(bytes.value) : bytes
  if (!json.ok) return malformed()
  const shaped = CLAIMS.safeParse(json.value)
  return shaped.success ? accept(shaped.data) : malformed()
}

function subjectOf({
  email,
  email_verified,
  sub,
}: z.infer<typeof CLAIMS>): Result<
  Pick<IdentityToken, 'subject' | 'isEmail'>,
  SigstoreSignProblem
> {
  if (email !== undefined && [true, 'true'].includes(email_verified ?? false)) {
    return accept({ subject: email, isEmail: true })
  }
  if (email === undefined && sub !== undefined) return accept({ subject: sub, isEmail: false })
  const found = email === undefined ? 'neither' : 'an address that is not verified'
  return refuse({
    code: 'sign/token-subject',
    message: `Expected an identity token with a subject or a verified mail address, found ${found}`,
  })
}

function malformed(): Result<never, SigstoreSignProblem> {
  return refuse({
    code: 'sign/token-malformed',
    message:
      'Expected an identity token: a JSON Web Token with the claims iss, aud, exp and sub or email',
  })
}

/** Refuses to publish what a repository that is not public has kept to itself. */
export function judgeVisibility(
  { visibility }: IdentityToken,
  publishPrivate: boolean,
): Result<void, SigstoreSignProblem> {
  if (visibility === undefined || visibility === 'public' || publishPrivate) {
    return accept(undefined)
  }
  return refuse({
    code: 'sign/visibility-private',
    message: `Expected a public repository, found one that is ${quote(visibility)}: its name, commit and workflow would be public`,
    hint: '--publish-private publishes them all the same',
  })
}
