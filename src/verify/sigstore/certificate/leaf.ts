// The certificate of the signer: does it keep the profile of Fulcio (certificate-specification.md, FUL-1), and whom does it name?

import type { KeyObject, X509Certificate } from 'node:crypto'
import { type Check, equalBytes, type Instant, quote } from '../../../core/index.ts'
import { type CertificateIdentity, type KeyType } from '../../../trust/index.ts'
import { failed, passed } from '../../check.ts'
import { remember } from '../memory.ts'
import type { SigstoreProblem } from '../problem.ts'
import { isKnownAlgorithm } from './algorithm.ts'
import { type Certificate, parseCertificate } from './certificate.ts'
import { readClaims } from './claims.ts'
import { EXTENSIONS, KEY_USAGES, PURPOSES } from './extensions.ts'
import { parseName } from './name.ts'

/** The certificate of a signer that keeps every rule for one. Nothing vouches for it yet: that is its path. */
export interface Leaf {
  readonly der: Uint8Array
  readonly certificate: Certificate
  readonly x509: X509Certificate
  readonly publicKey: KeyObject
  readonly keyType: KeyType
  /** DER SubjectPublicKeyInfo, as it stands in the certificate. */
  readonly spki: Uint8Array
  readonly identity: CertificateIdentity
  readonly notBefore: Instant
  readonly notAfter: Instant
}

/** The checks, and the leaf where all of them were accepted. */
export interface LeafFinding {
  readonly checks: readonly Check[]
  readonly leaf?: Leaf
}

/**
 * Reads the signer's certificate out of what a bundle holds; a pure function of the bytes.
 *
 * @param chain the signer's certificate first. The others are looked at only to see that they follow each other: authorities come
 *   from trusted roots alone (A-12, SB-4, CS-11)
 */
export const readLeaf: (chain: readonly [Uint8Array, ...Uint8Array[]]) => LeafFinding = remember(
  (chain) => chain,
  judgeLeaf,
)

function judgeLeaf(chain: readonly [Uint8Array, ...Uint8Array[]]): LeafFinding {
  const [der] = chain
  const parsed = parseCertificate(der)
  if (!parsed.ok) {
    const message = 'Cannot read the certificate of the signer'
    return {
      checks: [
        refused({ code: 'verify/certificate-malformed', message, because: parsed.problems }),
      ],
    }
  }
  const certificate = parsed.value
  const { key } = certificate
  const name = readName(certificate)
  const claims = readClaims(certificate)
  const problems = [
    ...findProfileProblems(certificate),
    ...findChainProblems(certificate, chain.slice(1)),
    ...(key.ok ? [] : [weakKey(key.problems)]),
    ...(name.ok ? [] : name.problems),
    ...(claims.ok ? [] : claims.problems),
  ]
  if (problems.length > 0 || !key.ok || !name.ok || !claims.ok)
    return { checks: problems.map(refused) }
  const { der: own, x509, spki, notBefore, notAfter } = certificate
  const identity = { ...claims.value, san: name.value }
  const { key: publicKey, type: keyType } = key.value
  const leaf = {
    der: own,
    certificate,
    x509,
    publicKey,
    keyType,
    spki,
    identity,
    notBefore,
    notAfter,
  }
  return { checks: [leafHolds(identity)], leaf }
}

function leafHolds({ issuer, san }: CertificateIdentity): Check {
  return passed('certificate', 'The certificate is one for signing', {
    expected: 'a certificate for signing code, with one identity',
    found: `${quote(san.value)}, by ${quote(issuer)}`,
  })
}

function refused({ code, message, because }: SigstoreProblem): Check {
  return failed('certificate', 'rejected', code, message, {
    ...(because !== undefined && { because }),
  })
}

/** FUL-1. Every certificate of Fulcio since 2021 has these usages and no others, so that nothing more is accepted. */
function findProfileProblems(certificate: Certificate): readonly SigstoreProblem[] {
  const { isAuthority, keyUsage, purposes, unknownCritical, signatureAlgorithm } = certificate
  const problems: SigstoreProblem[] = []
  if (isAuthority) {
    const message = 'The certificate of the signer is one of an authority'
    problems.push({ code: 'verify/certificate-authority-leaf', message })
  }
  if (keyUsage?.length !== 1 || keyUsage[0] !== KEY_USAGES.digitalSignature) {
    const message = 'The certificate is not for digital signatures, and for those alone'
    problems.push({ code: 'verify/certificate-key-usage', message })
  }
  if (purposes?.length !== 1 || purposes[0] !== PURPOSES.codeSigning) {
    const message = 'The certificate is not for signing code, and for that alone'
    problems.push({ code: 'verify/certificate-extended-key-usage', message })
  }
  if (unknownCritical.length > 0) {
    const message = `The certificate has a critical extension that is not known here, ${unknownCritical.join(', ')}`
    problems.push({ code: 'verify/certificate-extension-unknown', message })
  }
  if (!isKnownAlgorithm(signatureAlgorithm)) {
    const message = `The certificate is signed with an algorithm that does not count, ${signatureAlgorithm}`
    problems.push({ code: 'verify/certificate-algorithm', message })
  }
  return problems
}

function weakKey(because: SigstoreProblem['because'] & object): SigstoreProblem {
  return {
    code: 'verify/certificate-key',
    message: 'The key in the certificate does not count for signatures',
    because,
  }
}

function readName({ extensions }: Certificate) {
  const extension = extensions.get(EXTENSIONS.subjectAlternativeName)
  const name = parseName(extension?.value ?? new Uint8Array())
  if (name.ok) return name
  const message = 'The certificate does not name exactly one identity'
  const problem: SigstoreProblem = {
    code: 'verify/certificate-name',
    message,
    because: name.problems,
  }
  return { ok: false, problems: [problem] } as const
}

/**
 * sigstore_common.proto, X509CertificateChain: each certificate is of the issuer of the one before it, so a root can only be last.
 *
 * A root should not be there at all; bundles of version 0.1 that npm holds have one, and it is not used.
 */
function findChainProblems(
  leaf: Certificate,
  others: readonly Uint8Array[],
): readonly SigstoreProblem[] {
  let { issuer } = leaf
  for (const der of others) {
    const certificate = parseCertificate(der)
    if (!certificate.ok || !equalBytes(certificate.value.subject, issuer)) {
      const message =
        'The certificates that came with the one of the signer do not follow each other'
      const because = certificate.ok ? {} : { because: certificate.problems }
      return [{ code: 'verify/certificate-chain', message, ...because }]
    }
    issuer = certificate.value.issuer
  }
  return []
}
