// Whom the trust document knows a certificate's holder as.

import { type Check, quote } from '../../core/index.ts'
import {
  type CertificateIdentity,
  type ClaimName,
  describeIdentity,
  type IdentityDifference,
  matchIdentity,
  principalOf,
  type TrustDocument,
  type TrustedIdentity,
} from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import { hintAtIdentity } from './identity-hint.ts'

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
  const [first, ...others] = missed.toSorted((a, b) => distanceOf(a) - distanceOf(b))
  if (first === undefined) return { check: identityNone(found) }
  const nearest = others.filter((other) => distanceOf(other) === distanceOf(first))
  return { check: identityDiffers([first, ...nearest], found) }
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

/** Identities that one message shows. */
const SHOWN_MAX = 5

/** @param nearest all of them miss in the same member */
function identityDiffers(
  nearest: readonly [NearMiss, ...NearMiss[]],
  certificate: CertificateIdentity,
): Check {
  const [code, message] = REFUSALS[nearest[0].difference.member]
  const expected = nearest.map(({ identity, difference }) => {
    const { claim, expected } = difference
    return `${describeClaim(claim, expected)}, as ${quote(identity.name)}`
  })
  const found = nearest.map(({ difference: { claim, found } }) => describeClaim(claim, found))
  return failed('identity', 'rejected', code, message, {
    expected: listSome(expected, ' or '),
    found: listSome(found, ', '),
    hint: hintFor(nearest, certificate),
  })
}

function describeClaim(claim: ClaimName | undefined, value: string | undefined): string {
  return [claim ?? [], value === undefined ? 'none' : quote(value)].flat().join(' ')
}

/** Each once. */
function listSome(texts: readonly string[], between: string): string {
  const all = [...new Set(texts)]
  const more = all.length - SHOWN_MAX
  return [...all.slice(0, SHOWN_MAX), ...(more > 0 ? [`${more} more`] : [])].join(between)
}

/** Pins that the document has are kept: they tell a repository from another that was given its name later. */
function hintFor(nearest: readonly NearMiss[], certificate: CertificateIdentity): string {
  const missing = nearest.find(
    ({ difference: { member, found } }) => member === 'claim' && found === undefined,
  )
  if (missing !== undefined) {
    return 'The certificate has no such claim, so that nothing tells its holder from another of the name'
  }
  const pinned = nearest.flatMap(({ identity }) => Object.keys(identity.claims) as ClaimName[])
  return hintAtIdentity(certificate, new Set(pinned))
}

function identityNone(found: CertificateIdentity): Check {
  const message = 'The trust document names no identity, and a certificate can be had by anybody'
  return failed('identity', 'missing', 'verify/identity-none', message, {
    expected: 'an identity of the trust document',
    found: describeIdentity(found),
    hint: hintAtIdentity(found, new Set()),
  })
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

/** With every claim that was compared, so that who reads the verdict sees that the pins held. */
function identityHolds({ name, issuer, san, claims }: TrustedIdentity, found: CertificateIdentity) {
  const pinned = Object.keys(claims) as ClaimName[]
  const list = (values: TrustedIdentity['claims']): string =>
    pinned.map((claim) => `, ${describeClaim(claim, values[claim])}`).join('')
  return passed('identity', `The certificate is for ${quote(name)}`, {
    expected: `${quote(san)}, by the word of ${quote(issuer)}${list(claims)}`,
    found: `${describeIdentity(found)}${list(found.claims)}`,
  })
}
