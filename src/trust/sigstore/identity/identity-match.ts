// Is the holder of a certificate the one whom the trust document names? Every part is compared as it is spelt.

import { quote } from '../../../core/index.ts'
import type {
  CertificateIdentity,
  CertificateName,
  ClaimName,
  TrustedIdentity,
} from './certificate-identity.ts'
import { isRefMatch, splitRef } from './ref-glob.ts'

/** The first part in which a certificate is for somebody else. */
export interface IdentityDifference {
  readonly member: 'san' | 'issuer' | 'claim'
  readonly expected: string
  /** Absent where the certificate has no such claim. */
  readonly found?: string
  /** With the member `claim`: which one. */
  readonly claim?: ClaimName
}

/**
 * Compares the name, then who vouches for it, then each claim that the identity pins.
 *
 * @param found of a certificate whose path was verified
 * @returns undefined where all of them fit; a claim that is absent never fits (FUL-4)
 */
export function matchIdentity(
  identity: TrustedIdentity,
  found: CertificateIdentity,
): IdentityDifference | undefined {
  if (!isNameMatch(identity, found.san)) {
    return { member: 'san', expected: identity.san, found: describeName(found.san) }
  }
  if (identity.issuer !== found.issuer) {
    return { member: 'issuer', expected: identity.issuer, found: found.issuer }
  }
  const pinned = Object.entries(identity.claims) as [ClaimName, string][]
  const differing = pinned.find(([claim, expected]) => claimOf(found, claim) !== expected)
  if (differing === undefined) return undefined
  const [claim, expected] = differing
  const value = claimOf(found, claim)
  return { member: 'claim', claim, expected, ...(value !== undefined && { found: value }) }
}

/** In words: the name, who vouches for it. */
export function describeIdentity({ san, issuer }: CertificateIdentity): string {
  return `${quote(san.value)} (${san.type}), by the word of ${quote(issuer)}`
}

/**
 * The type that a name is of by its form: `scheme://…`, `user!domain` (Fulcio's user names), or an e-mail address.
 *
 * @returns undefined for what is none of them
 */
export function nameTypeOf(san: string): CertificateName['type'] | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/]/.test(san)) return 'uri'
  if (/^[^!/:@]+![^!/:@]+$/.test(san)) return 'other-name'
  return /^[^@/:]+@[^@/:]+$/.test(san) ? 'email' : undefined
}

/** an e-mail address that is spelt like a URI is still none. */
function isNameMatch({ san, isRefGlob }: TrustedIdentity, found: CertificateName): boolean {
  if (nameTypeOf(san) !== found.type) return false
  if (!isRefGlob) return san === found.value
  const trusted = splitRef(san)
  return (
    trusted !== undefined &&
    found.value.startsWith(trusted.stem) &&
    isRefMatch(trusted.ref, found.value.slice(trusted.stem.length))
  )
}

function claimOf({ claims }: CertificateIdentity, name: ClaimName): string | undefined {
  return Object.hasOwn(claims, name) ? claims[name] : undefined
}

function describeName({ type, value }: CertificateName): string {
  return type === 'uri' ? value : `${value} (${type})`
}
