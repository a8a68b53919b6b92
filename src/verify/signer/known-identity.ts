// Whom the trust document knows a certificate's holder as.

import { type Check, quote, shellWord } from '../../core/index.ts'
import {
  type CertificateIdentity,
  describeIdentity,
  type IdentityDifference,
  matchIdentity,
  principalOf,
  type TrustDocument,
  type TrustedIdentity,
} from '../../trust/index.ts'
import { failed, passed } from '../check.ts'

/** Without a holder, the check says why. */
export type KnownIdentity =
  | { readonly check: Check; readonly holder: IdentityHolder }
  | { readonly check: Check; readonly holder?: never }

/** One certificate's holder, as the trust document knows them. */
export interface IdentityHolder extends Pick<TrustedIdentity, 'name' | 'kind' | 'isCi' | 'roles'> {
  readonly principal: string
}

/**
 * Everything that the trust document says of the holder: the roles of all identities that fit count together, as it is one
 * and the same who holds them.
 *
 * @param preferred the name that is asked for, where more than one fits
 */
export function knowIdentity(
  found: CertificateIdentity,
  { identities }: TrustDocument,
  preferred: string | undefined,
): KnownIdentity {
  const fitting: TrustedIdentity[] = []
  const missed: NearMiss[] = []
  for (const identity of identities) {
    const difference = matchIdentity(identity, found)
    if (difference === undefined) fitting.push(identity)
    else missed.push({ identity, difference })
  }
  const named = fitting.find(({ name }) => name === preferred) ?? fitting[0]
  if (named !== undefined) return concludeIdentity(found, named, fitting)
  const [nearest] = missed.toSorted((a, b) => distanceOf(a) - distanceOf(b))
  return { check: nearest === undefined ? identityNone(found) : identityDiffers(nearest, found) }
}

/** An identity, and the first part in which it is another. */
interface NearMiss {
  readonly identity: TrustedIdentity
  readonly difference: IdentityDifference
}

const NEARNESS = ['claim', 'issuer', 'san'] as const

/** right in everything but the claims is nearer than right in the name alone. */
function distanceOf({ difference }: NearMiss): number {
  return NEARNESS.indexOf(difference.member)
}

const REFUSALS = {
  san: ['verify/identity-unexpected', 'The certificate is for another identity'],
  issuer: [
    'verify/issuer-unexpected',
    'The certificate is for the right name, by the word of another issuer',
  ],
  claim: ['verify/claim-unexpected', 'The certificate is for the right name with another claim'],
} as const

function identityDiffers(
  { identity, difference }: NearMiss,
  certificate: CertificateIdentity,
): Check {
  const { member, expected, found, claim } = difference
  const [code, message] = REFUSALS[member]
  const what = claim === undefined ? '' : `${claim} `
  return failed('identity', 'rejected', code, message, {
    expected: `${what}${quote(expected)}, as ${quote(identity.name)}`,
    found: `${what}${found === undefined ? 'none' : quote(found)}`,
    hint: hintFor(certificate),
  })
}

function identityNone(found: CertificateIdentity): Check {
  const message = 'The trust document names no identity, and a certificate can be had by anybody'
  return failed('identity', 'missing', 'verify/identity-none', message, {
    expected: 'an identity of the trust document',
    found: describeIdentity(found),
    hint: hintFor(found),
  })
}

/** The line that a person needs, should that be whom they trust. */
function hintFor({ issuer, san }: CertificateIdentity): string {
  const words = [shellWord(issuer), shellWord(san.value)]
  if (words.includes(undefined)) {
    return 'Its name holds characters that are not what they look like: no line to copy is given'
  }
  return `If you trust it: assay trust add-identity --name NAME --issuer ${words[0]} --san ${words[1]}`
}

/** What several identities say of one holder must fit together: quorums count principals (DSSE-8). */
function concludeIdentity(
  found: CertificateIdentity,
  named: TrustedIdentity,
  fitting: readonly TrustedIdentity[],
): KnownIdentity {
  const principals = new Set(fitting.map(principalOf))
  const kinds = new Set(fitting.flatMap(({ kind }) => kind ?? []))
  if (principals.size > 1 || kinds.size > 1) return { check: identityAmbiguous(fitting) }
  const [kind] = kinds
  return {
    check: identityHolds(named, found),
    holder: {
      name: named.name,
      principal: principalOf(named),
      isCi: fitting.some(({ isCi }) => isCi),
      roles: [...new Set(fitting.flatMap(({ roles }) => roles))],
      ...(kind !== undefined && { kind }),
    },
  }
}

function identityAmbiguous(fitting: readonly TrustedIdentity[]): Check {
  const message = 'Identities of the trust document that fit this certificate are not one principal'
  return failed('identity', 'rejected', 'verify/identity-ambiguous', message, {
    expected: 'one principal, of one kind',
    found: fitting.map((one) => `${quote(one.name)}: ${quote(principalOf(one))}`).join(', '),
    hint: 'Give those identities the same --principal, and the same of --person and --automation',
  })
}

function identityHolds({ name, issuer, san }: TrustedIdentity, found: CertificateIdentity): Check {
  return passed('identity', `The certificate is for ${quote(name)}`, {
    expected: `${quote(san)}, by the word of ${quote(issuer)}`,
    found: describeIdentity(found),
  })
}
