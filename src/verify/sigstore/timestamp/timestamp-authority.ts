// Did this authority of a trusted root make the timestamp, and might it? Each authority is judged by itself: nothing of one helps
// another (A-19, TOB-SIGSTORE-11).

import { createHash } from 'node:crypto'
import { encodeTimestamp, equalBytes, type Instant, quote } from '../../../core/index.ts'
import {
  type CertificateAuthority,
  describePeriod,
  isWithin,
  type NamedRoot,
} from '../../../trust/index.ts'
import { periodOf, timeChainOf } from '../certificate/authority.ts'
import type { Certificate } from '../certificate/certificate.ts'
import { EXTENSIONS, KEY_USAGES, PURPOSES } from '../certificate/extensions.ts'
import { isSignedByWitness } from '../witness-signature.ts'
import type { TimestampFault } from './fault.ts'
import { certificateHash, digestOf, isSignatureAlgorithm } from './algorithms.ts'
import { TIMESTAMP_INFO, type TimestampToken } from '../../../bundle/index.ts'

/** An authority whose signing certificate the token names. */
export interface TimestampCandidate {
  readonly authority: CertificateAuthority
  readonly root: NamedRoot
  readonly signer: Certificate
}

/** The authorities that the token may be of, by issuer and serial number or by key identifier. */
export function findCandidates({ signer: { name } }: TimestampToken, roots: readonly NamedRoot[]) {
  return roots.flatMap((root) =>
    root.root.timestampAuthorities.flatMap((authority): readonly TimestampCandidate[] => {
      const [signer] = timeChainOf(authority).certificates
      return signer !== undefined && isNamed(name, signer) ? [{ authority, root, signer }] : []
    }),
  )
}

/** Is this the certificate by which the signer names itself? */
export function isNamed(
  name: TimestampToken['signer']['name'],
  { issuer, serialNumber, subjectKeyId }: Certificate,
): boolean {
  if ('subjectKeyId' in name) {
    return subjectKeyId !== undefined && equalBytes(name.subjectKeyId, subjectKeyId)
  }
  return equalBytes(name.issuer, issuer) && equalBytes(name.serialNumber, serialNumber)
}

/** Every reason why the token is not the word of this authority. */
export function findAuthorityFaults(
  token: TimestampToken,
  { authority, signer }: TimestampCandidate,
): readonly TimestampFault[] {
  const { fault } = timeChainOf(authority)
  const what = `the timestamp authority ${quote(authority.uri)}`
  return [
    ...findSignerFaults(token, signer),
    ...findSignatureFaults(token, signer),
    ...findCertificateFaults(signer),
    ...(fault === undefined
      ? []
      : [
          {
            code: 'verify/timestamp-certificate-path',
            message: `The certificates of ${what} do not form a path`,
            because: [{ code: 'verify/timestamp-certificate-path', message: fault }],
          } as const,
        ]),
    ...findTimeFaults(token.info.at, authority),
  ]
}

/** TS-2, A-20: what the signer says of its certificate, under its signature, is the certificate of the trusted root. */
function findSignerFaults(
  { signer }: TimestampToken,
  certificate: Certificate,
): readonly TimestampFault[] {
  const isNamedSo = signer.signingCertificates.every(
    ({ hashAlgorithm, hash, issuer, serialNumber }) => {
      const expected = certificateHash(hashAlgorithm, certificate.der)
      return (
        expected !== undefined &&
        equalBytes(hash, expected) &&
        (issuer === undefined || equalBytes(issuer, certificate.issuer)) &&
        (serialNumber === undefined || equalBytes(serialNumber, certificate.serialNumber))
      )
    },
  )
  if (isNamedSo) return []
  const message =
    'The timestamp names another certificate as the one of its signer than the trusted one'
  return [{ code: 'verify/timestamp-signer', message }]
}

/** RFC 5652 sections 5.4 and 5.6: the attributes are about the content, and the signature is over the attributes. */
function findSignatureFaults(
  { signer, content }: TimestampToken,
  certificate: Certificate,
): readonly TimestampFault[] {
  const digest = digestOf(signer.digestAlgorithm)
  const { key } = certificate
  if (!key.ok) {
    const message = 'The key of the timestamp authority does not count for signatures'
    return [{ code: 'verify/timestamp-certificate', message, because: key.problems }]
  }
  const { type, key: publicKey } = key.value
  if (digest === undefined || !isSignatureAlgorithm(signer.signatureAlgorithm, digest, type)) {
    const message = 'The timestamp is signed with an algorithm that does not count'
    const found = `${signer.signatureAlgorithm} with the digest ${signer.digestAlgorithm}`
    return [{ code: 'verify/timestamp-algorithm', message, found }]
  }
  const contentDigest = createHash(digest).update(content).digest()
  if (signer.contentType !== TIMESTAMP_INFO || !equalBytes(contentDigest, signer.messageDigest)) {
    const message =
      'What the authority signed is about another timestamp than the one that is there'
    return [{ code: 'verify/timestamp-digest', message }]
  }
  const { signed, signature } = signer
  if (isSignedByWitness({ digest, key: publicKey, signed, signature })) return []
  return [
    {
      code: 'verify/timestamp-signature-invalid',
      message: 'The signature of the timestamp is not of the authority that it names',
    },
  ]
}

/** TS-4: one purpose, critical; and an end entity that may sign. */
function findCertificateFaults(certificate: Certificate): readonly TimestampFault[] {
  const { purposes, extensions, isAuthority, keyUsage, unknownCritical } = certificate
  const isForTime =
    purposes?.length === 1 &&
    purposes[0] === PURPOSES.timeStamping &&
    extensions.get(EXTENSIONS.extendedKeyUsage)?.isCritical === true
  const { digitalSignature, contentCommitment } = KEY_USAGES
  const maySign =
    keyUsage === undefined ||
    keyUsage.some((bit) => bit === digitalSignature || bit === contentCommitment)
  if (isForTime && maySign && !isAuthority && unknownCritical.length === 0) return []
  const message =
    'The certificate of the timestamp authority is not made for timestamps, and for those alone'
  const expected = 'a critical extended key usage with timeStamping alone'
  return [{ code: 'verify/timestamp-certificate', message, expected }]
}

/** TS-6, CS-3: inside the windows of every certificate, and of the authority's place in the trusted root (TR-3). */
function findTimeFaults(at: Instant, authority: CertificateAuthority): readonly TimestampFault[] {
  const found = encodeTimestamp(at)
  const faults: TimestampFault[] = []
  const broken = timeChainOf(authority)
    .certificates.map(periodOf)
    .find((period) => !isWithin(period, at))
  if (broken !== undefined) {
    const message =
      'A certificate of the timestamp authority was not valid at the time that it vouches for'
    faults.push({
      code: 'verify/timestamp-certificate-time',
      message,
      expected: describePeriod(broken),
      found,
    })
  }
  if (!isWithin(authority.validFor, at)) {
    const message = 'The timestamp authority was not trusted at the time that it vouches for'
    const expected = describePeriod(authority.validFor)
    faults.push({ code: 'verify/timestamp-authority-time', message, expected, found })
  }
  return faults
}
