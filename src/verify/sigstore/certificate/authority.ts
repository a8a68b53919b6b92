// The certificates of an authority of a trusted root: read once, and judged once against what does not depend on a signature
// (RFC 5280 section 6.1). Code and timestamp authorities keep the same rules; they differ in the purpose.

import { equalBytes } from '../../../core/index.ts'
import type { CertificateAuthority, ValidityPeriod } from '../../../trust/index.ts'
import { remember } from '../memory.ts'
import { isKnownAlgorithm } from './algorithm.ts'
import { type Certificate, parseCertificate } from './certificate.ts'
import { KEY_USAGES, PURPOSES } from './extensions.ts'

/** The certificates of an authority, the lowest first, as far as they can be read. */
export interface AuthorityChain {
  readonly certificates: readonly Certificate[]
  /** Why these are no path: the first rule that is broken, in one sentence. */
  readonly fault?: string
}

/** An authority for signing certificates: all of its certificates are of authorities. */
export const codeChainOf: (authority: CertificateAuthority) => AuthorityChain = rememberChain(
  (certificates) => findChainFault(certificates, PURPOSES.codeSigning),
)

/** A timestamp authority: the first certificate is the one that signs, those above it are of authorities. */
export const timeChainOf: (authority: CertificateAuthority) => AuthorityChain = rememberChain(
  ([signer, ...authorities]) => {
    const [issuer] = authorities
    if (signer === undefined || issuer === undefined)
      return 'There is no certificate above the signing one'
    return (
      findChainFault(authorities, PURPOSES.timeStamping) ??
      (isIssuerOf(issuer, signer)
        ? findIssueFault(issuer, signer)
        : 'Another authority issued the signing certificate')
    )
  },
)

/** By the bytes of the certificates, and by nothing else of the authority. */
function rememberChain(findFault: (certificates: readonly Certificate[]) => string | undefined) {
  return remember(
    ({ certificates }: CertificateAuthority) => certificates,
    ({ certificates }) => judgeChain(certificates, findFault),
  )
}

function judgeChain(
  encoded: CertificateAuthority['certificates'],
  findFault: (certificates: readonly Certificate[]) => string | undefined,
): AuthorityChain {
  const certificates: Certificate[] = []
  for (const der of encoded) {
    const certificate = parseCertificate(der)
    if (!certificate.ok) return { certificates, fault: certificate.problems[0].message }
    certificates.push(certificate.value)
  }
  const fault = findFault(certificates)
  return { certificates, ...(fault !== undefined && { fault }) }
}

/** @param certificates of authorities alone, the issuing one first, the anchor last */
function findChainFault(certificates: readonly Certificate[], purpose: string): string | undefined {
  for (const [depth, certificate] of certificates.entries()) {
    // RFC 5280 section 6.1.4 (l): a self-issued certificate below does not count for the length.
    const below = certificates
      .slice(0, depth)
      .filter(({ issuer, subject }) => !equalBytes(issuer, subject))
    const fault = findAuthorityFault(certificate, below.length, purpose)
    if (fault !== undefined) return fault
    const issuer = certificates[depth + 1] ?? certificate
    const isAnchor = issuer === certificate
    // An anchor that another authority issued is one all the same; one that issued itself has to have done so.
    if (isAnchor && !equalBytes(certificate.issuer, certificate.subject)) continue
    if (!isIssuerOf(issuer, certificate))
      return 'A certificate names another issuer than the one above it'
    const issueFault = findIssueFault(issuer, certificate)
    if (issueFault !== undefined) return issueFault
  }
  return undefined
}

function findAuthorityFault(
  { isAuthority, pathLengthMax, keyUsage, purposes, unknownCritical, extensions, key }: Certificate,
  authoritiesBelow: number,
  purpose: string,
): string | undefined {
  // RFC 5280 section 6.1.4 (k) to (o), and section 4.2.1.12 for the purposes of everything below.
  if (!isAuthority) return 'An issuer is not an authority'
  if (keyUsage?.includes(KEY_USAGES.keyCertSign) !== true)
    return 'An issuer may not sign certificates'
  if (pathLengthMax !== undefined && authoritiesBelow > pathLengthMax) {
    return `The path is longer than the ${pathLengthMax} authorities that a certificate allows below it`
  }
  if (purposes !== undefined && ![purpose, PURPOSES.any].some((id) => purposes.includes(id))) {
    return 'An issuer is an authority for other purposes'
  }
  if (unknownCritical.length > 0) {
    return `An issuer has a critical extension that is not known here, ${unknownCritical.join(', ')}`
  }
  if (extensions.has(NAME_CONSTRAINTS)) {
    return 'An issuer limits the names below it, which is not checked here'
  }
  return key.ok ? undefined : key.problems[0].message
}

/** RFC 5280 section 4.2.1.10: limits that are written without the critical that they must have are limits all the same. */
const NAME_CONSTRAINTS = '2.5.29.30'

/** By name, and by key identifier where both say one: the name in raw DER, so that nothing is normalised. */
export function isIssuerOf(issuer: Certificate, certificate: Certificate): boolean {
  if (!equalBytes(issuer.subject, certificate.issuer)) return false
  const { subjectKeyId } = issuer
  const { authorityKeyId } = certificate
  return (
    subjectKeyId === undefined ||
    authorityKeyId === undefined ||
    equalBytes(subjectKeyId, authorityKeyId)
  )
}

/** The signature of the issuer; one by a weak algorithm does not count. */
function findIssueFault(issuer: Certificate, certificate: Certificate): string | undefined {
  if (!isKnownAlgorithm(certificate.signatureAlgorithm)) {
    return `A certificate is signed with an algorithm that does not count, ${certificate.signatureAlgorithm}`
  }
  return isSignedByIssuer(issuer, certificate)
    ? undefined
    : 'A certificate is not signed by its issuer'
}

/** True when the key of the issuer signed the certificate: OpenSSL's word on the bytes of both. */
export function isSignedByIssuer(issuer: Certificate, certificate: Certificate): boolean {
  return isIssued([issuer, certificate])
}

const isIssued = remember(
  ([issuer, certificate]: readonly [Certificate, Certificate]) => [issuer.spki, certificate.der],
  ([issuer, certificate]) => {
    if (!issuer.key.ok) return false
    try {
      return certificate.x509.verify(issuer.key.value.key)
    } catch {
      /* v8 ignore next -- no certificate is known that OpenSSL reads and then throws on */
      return false
    }
  },
)

/** The period of a certificate as one of the trusted root. */
export function periodOf({ notBefore, notAfter }: Certificate): ValidityPeriod {
  return { start: notBefore, end: notAfter }
}

/** The periods that have to hold for an authority to count: of each of its certificates, and of its place in the trusted root. */
export function periodsOf(
  { validFor }: CertificateAuthority,
  { certificates }: AuthorityChain,
): readonly ValidityPeriod[] {
  return [...certificates.map(periodOf), validFor]
}

/** The time that lies in all of {@link periodsOf}. */
export function lifeOf(authority: CertificateAuthority, chain: AuthorityChain): ValidityPeriod {
  const periods = periodsOf(authority, chain)
  const end = Math.min(...periods.map((period) => period.end ?? Infinity))
  return {
    start: Math.max(...periods.map(({ start }) => start)),
    ...(end < Infinity && { end }),
  }
}
