// From the signer's certificate to an authority of a trusted root (RFC 5280 section 6, client-spec.md). Only the trusted root names
// authorities; what a bundle brings along is never one (A-12).

import { type Check, encodeHex, quote } from '../../../core/index.ts'
import {
  type CertificateAuthority,
  describePeriod,
  isWithin,
  type NamedRoot,
  type ValidityPeriod,
} from '../../../trust/index.ts'
import { failed, passed } from '../../check.ts'
import { describeTimes } from '../../vouched-times.ts'
import type { VouchedTime } from '../../verified.ts'
import {
  type AuthorityChain,
  codeChainOf,
  isIssuerOf,
  isSignedByIssuer,
  lifeOf,
  periodOf,
  periodsOf,
} from './authority.ts'
import type { Certificate } from './certificate.ts'
import type { Leaf } from './leaf.ts'

/** A path that holds at every time that was asked. */
export interface CertificatePath {
  readonly authority: CertificateAuthority
  readonly root: NamedRoot
  /** The certificate above the leaf, by whose key the leaf is signed. */
  readonly issuer: Certificate
}

/** The checks, and the path where all of them were accepted. */
export interface PathFinding {
  readonly checks: readonly Check[]
  readonly path?: CertificatePath
}

/** An authority that bears the name of the leaf's issuer. */
interface Candidate extends CertificatePath {
  readonly chain: AuthorityChain
}

/** At least one. */
export type Candidates = readonly [Candidate, ...Candidate[]]

/**
 * The authorities of this root that may have issued the leaf. Names alone do not tell them apart: public-good and staging have the
 * same, so key identifiers have to agree too.
 *
 * @returns `undefined` where there is none: see {@link authorityUnknown}
 */
export function findCandidates(leaf: Leaf, root: NamedRoot): Candidates | undefined {
  const [first, ...others] = root.root.certificateAuthorities.flatMap(
    (authority): readonly Candidate[] => {
      const chain = codeChainOf(authority)
      const [issuer] = chain.certificates
      if (issuer === undefined || !isIssuerOf(issuer, leaf.certificate)) return []
      return [{ authority, root, issuer, chain }]
    },
  )
  return first === undefined ? undefined : [first, ...others]
}

/**
 * Looks for one that issued the leaf and held at every one of the times (CS-2, CS-3, A-16, A-17, A-18).
 *
 * The clock has no part in it: a path that held then holds for ever. Without times, nothing is said about time.
 */
export function checkPath(
  leaf: Leaf,
  candidates: Candidates,
  times: readonly VouchedTime[],
): PathFinding {
  const findings = candidates.map((candidate) => judge(leaf, candidate, times))
  // The one that gets furthest is the path, or explains most.
  return findings.reduce((best, next) => (next.reached > best.reached ? next : best))
}

function judge(
  leaf: Leaf,
  candidate: Candidate,
  times: readonly VouchedTime[],
): PathFinding & { readonly reached: number } {
  const { authority, root, issuer, chain } = candidate
  const { fault } = chain
  const expected = `a certificate of ${quote(authority.uri)} in the root ${quote(root.name)}`
  if (fault !== undefined) {
    const message = `The authority ${quote(authority.uri)} of the root ${quote(root.name)} breaks a rule of certificate paths`
    const because = [{ code: 'verify/certificate-path', message: fault }]
    const check = failed('certificate-path', 'rejected', 'verify/certificate-path', message, {
      because,
    })
    return { checks: [check], reached: 0 }
  }
  if (!isSignedByIssuer(issuer, leaf.certificate)) {
    const message = 'The certificate names a trusted authority, and that authority did not sign it'
    const check = failed('certificate-path', 'rejected', 'verify/certificate-forged', message, {
      expected,
    })
    return { checks: [check], reached: 1 }
  }
  const message = `An authority of the root ${quote(root.name)} issued the certificate`
  const pathHolds = passed('certificate-path', message, { expected, found: quote(authority.uri) })
  const timeChecks = checkTimes(leaf, candidate, times)
  const failures = timeChecks.filter(({ outcome }) => outcome !== 'accepted').length
  const checks = [pathHolds, ...timeChecks]
  return failures === 0
    ? { checks, path: { authority, root, issuer }, reached: 4 }
    : { checks, reached: 4 - failures }
}

/** Every time in the window of every certificate, and in the period of the authority's place in the trusted root. */
function checkTimes(
  leaf: Leaf,
  { authority, chain }: Candidate,
  times: readonly VouchedTime[],
): readonly Check[] {
  if (times.length === 0) return []
  const found = describeTimes(times)
  const isIn = (period: ValidityPeriod): boolean => times.every(({ at }) => isWithin(period, at))
  const leafPeriod = periodOf(leaf.certificate)
  const broken = periodsOf(authority, chain).find((period) => !isIn(period))
  const leafFacts = { expected: describePeriod(leafPeriod), found }
  const leafCheck = isIn(leafPeriod)
    ? passed('certificate-time', 'The certificate was valid when the signature was made', leafFacts)
    : failed(
        'certificate-time',
        'rejected',
        'verify/certificate-time',
        'The certificate was not valid when the signature was made',
        leafFacts,
      )
  if (broken === undefined) {
    const expected = describePeriod(lifeOf(authority, chain))
    return [
      leafCheck,
      passed('authority-time', 'The authority was trusted at that time', { expected, found }),
    ]
  }
  return [
    leafCheck,
    failed(
      'authority-time',
      'rejected',
      'verify/certificate-authority-time',
      'The authority was not trusted, or a certificate of it not valid, when the signature was made',
      { expected: describePeriod(broken), found },
    ),
  ]
}

/** Of a leaf that every one of the roots, and there is at least one, found no path for. */
export function authorityUnknown(leaf: Leaf, roots: readonly NamedRoot[]): Check {
  const message = 'No authority of a trusted root issued the certificate'
  // Instances of Sigstore call their authorities alike: the key tells them apart.
  const issuer = quote(leaf.x509.issuer.replaceAll('\n', ', '))
  return failed('certificate-path', 'rejected', 'verify/certificate-authority-unknown', message, {
    expected: `an authority of ${roots.map(describeRoot).join(' or ')}`,
    found: `${issuer} with ${describeKeyIds([leaf.certificate.authorityKeyId])}`,
    hint: 'If you trust that authority: assay trust add-root TRUSTED_ROOT --trust FILE --name NAME (--live | --rehearsal), with the trusted_root.json of its Sigstore instance',
  })
}

function describeRoot({ name, root }: NamedRoot): string {
  const issuers = root.certificateAuthorities.map(
    (authority) => codeChainOf(authority).certificates[0]?.subjectKeyId,
  )
  return `${quote(name)} with ${describeKeyIds(issuers)}`
}

/** Key ids that one message shows. */
const SHOWN_MAX = 5

function describeKeyIds(ids: readonly (Uint8Array | undefined)[]): string {
  const known = [...new Set(ids.flatMap((id) => (id === undefined ? [] : encodeHex(id))))]
  if (known.length === 0) return 'no key id'
  const more = known.length - SHOWN_MAX
  const shown = known.slice(0, SHOWN_MAX).join(', ')
  return `the key id ${shown}${more > 0 ? ` and ${more} more` : ''}`
}
