// CS-12: is a certificate for whom the identity token names? A certificate authority makes the name in it of claims of the token, by
// rules of its configuration; those of Fulcio and of its public instance are known here (its pkg/identity and config/identity).

import * as z from 'zod/mini'
import { accept, quote, type Result, refuse } from '../../core/index.ts'
import type { CertificateIdentity, CertificateName } from '../../trust/index.ts'
import type { SigstoreSignProblem } from './problem.ts'

const TEXT = z.string().check(z.minLength(1), z.maxLength(4_096))

/** The claims that a certificate repeats, or makes a name of. */
export const HOLDER_CLAIMS = {
  iss: TEXT,
  sub: z.optional(TEXT),
  email: z.optional(TEXT),
  // Dex says by it who verified the address.
  federated_claims: z.optional(z.looseObject({ connector_id: z.optional(TEXT) })),
  job_workflow_ref: z.optional(TEXT),
  ci_config_ref_uri: z.optional(TEXT),
  organization_slug: z.optional(TEXT),
  pipeline_slug: z.optional(TEXT),
} as const

const SHAPE = z.object(HOLDER_CLAIMS)
type HolderClaims = z.infer<typeof SHAPE>

/** What a certificate in the name of a token says. */
export interface TokenHolder {
  /** One of them is the issuer. */
  readonly issuers: readonly string[]
  /** One of them is the name, where {@link isNameKnown}. */
  readonly names: readonly ExpectedName[]
  /** Else the authority may have another name for the holder, by a rule of its own. */
  readonly isNameKnown: boolean
  /** `sub`, which newer certificates repeat as the claim `tokenSubject`. */
  readonly tokenSubject?: string
}

interface ExpectedName extends CertificateName {
  /** What the configuration of the authority adds to it. */
  readonly added?: RegExp
}

/** How far a certificate could be compared. */
export interface HolderFinding {
  /** Else only issuer and subject were: the name is made by a rule that is not known here. */
  readonly isNameCompared: boolean
}

const GITHUB = 'https://token.actions.githubusercontent.com'

/** Reads out of a token what a certificate in its name will say. */
export function holderOf(claims: HolderClaims): TokenHolder {
  const { iss, sub, email, federated_claims: federated } = claims
  const verifiedBy = email === undefined ? undefined : federated?.connector_id
  const known = knownNameOf(claims)
  return {
    issuers: [iss, ...(verifiedBy === undefined ? [] : [verifiedBy])],
    names: known === undefined ? namesOfSubject(claims) : [known],
    isNameKnown: known !== undefined,
    ...(sub !== undefined && { tokenSubject: sub }),
  }
}

/** The kinds of tokens that tell the name by a claim of their own. */
function knownNameOf(claims: HolderClaims): ExpectedName | undefined {
  const { iss, email, job_workflow_ref: workflow, ci_config_ref_uri: pipeline } = claims
  const { organization_slug: organization, pipeline_slug: slug } = claims
  if (email !== undefined) return { type: 'email', value: email }
  if (workflow !== undefined) {
    // GitHub Enterprise Cloud appends the enterprise to the issuer.
    return iss === GITHUB || iss.startsWith(`${GITHUB}/`)
      ? uri(`https://github.com/${workflow}`)
      : { ...uri(workflow), added: /^https:\/\/[^/]+\// }
  }
  if (pipeline !== undefined) return uri(`https://${pipeline}`)
  if (organization !== undefined && slug !== undefined) {
    return uri(`https://buildkite.com/${organization}/${slug}`)
  }
  return undefined
}

/** The subject itself, one under its issuer (Chainguard), a user name with its domain, a service account of Kubernetes. */
function namesOfSubject({ iss, sub = '' }: HolderClaims): readonly ExpectedName[] {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(sub) ?? []
  const account = `https://kubernetes.io/namespaces/${namespace}/serviceaccounts/${name}`
  return [
    uri(sub),
    uri(`${iss.replace(/\/$/, '')}/${sub}`),
    { type: 'other-name', value: sub, added: /![^!]+$/ },
    ...(name === undefined ? [] : [uri(account)]),
  ]
}

function uri(value: string): ExpectedName {
  return { type: 'uri', value }
}

/**
 * Compares the holder of a certificate with the token that it was asked for with (CS-12).
 *
 * @returns `sign/certificate-identity` where they differ, or where nothing in the certificate tells who it is for
 */
export function judgeHolder(
  { issuers, names, isNameKnown, tokenSubject }: TokenHolder,
  { issuer, san, claims }: CertificateIdentity,
): Result<HolderFinding, SigstoreSignProblem> {
  if (!issuers.includes(issuer)) return mismatch('issuer', issuers, issuer)
  const { tokenSubject: subject } = claims
  if (subject !== undefined && subject !== tokenSubject) {
    return mismatch('subject', tokenSubject === undefined ? [] : [tokenSubject], subject)
  }
  const isNameCompared = names.some((name) => isName(name, san))
  if (isNameCompared || (!isNameKnown && subject !== undefined)) return accept({ isNameCompared })
  const expected = names.map(({ value, added }) => (added === undefined ? value : `…${value}`))
  return mismatch('name', expected.slice(0, 1), san.value)
}

function isName({ type, value, added }: ExpectedName, found: CertificateName): boolean {
  if (type !== found.type) return false
  return spellingsOf(found).some((spelling) =>
    added === undefined
      ? spelling === value
      : added.test(spelling) && spelling.replace(added, '') === value,
  )
}

/** What Go's net/url writes as `%C3%BC` or `%21` stands in the claim as it is. */
function spellingsOf({ type, value }: CertificateName): readonly string[] {
  if (type !== 'uri') return [value]
  try {
    return [value, decodeURI(value)]
  } catch {
    // No UTF-8 behind the percent signs, so that they stand for themselves.
    return [value]
  }
}

function mismatch(
  what: string,
  expected: readonly string[],
  found: string,
): Result<never, SigstoreSignProblem> {
  const named = expected.map(quote).join(' or ') || 'none'
  return refuse({
    code: 'sign/certificate-identity',
    message: `Expected a certificate with the ${what} of the identity token, ${named}, found ${quote(found)}`,
    hint: 'Nothing was published. Is the certificate authority of the signing config the right one?',
  })
}
