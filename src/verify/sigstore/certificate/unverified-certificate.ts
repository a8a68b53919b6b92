// What a certificate says, for whoever only wants to read it. Nothing here was verified, and nothing here is a `Leaf`.

import {
  accept,
  type CoreProblem,
  encodeHex,
  type Instant,
  type Problem,
  type Result,
} from '../../../core/index.ts'
import type { CertificateIdentity } from '../../../trust/index.ts'
import { type Certificate, parseCertificate } from './certificate.ts'
import { readClaims } from './claims.ts'
import { EXTENSIONS } from './extensions.ts'
import { parseName } from './name.ts'

/**
 * A certificate of anybody, in its own words.
 *
 * @example { subject: '', authority: 'O=sigstore.dev, CN=sigstore-intermediate', serialNumber: '2f…', fingerprint: 'ab…', isAuthority: false,
 *   notBefore: 1700000000000, notAfter: 1700000600000, keyType: 'p256', san: { type: 'email', value: 'a@example.org' }, issuer: 'https://…', claims: {}, problems: [] }
 */
export interface UnverifiedCertificate extends Partial<CertificateIdentity> {
  /** Distinguished names, on one line. */
  readonly subject: string
  readonly authority: string
  readonly serialNumber: string
  /** SHA-256 of the DER, lower-case hex. */
  readonly fingerprint: string
  readonly isAuthority: boolean
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** Absent where the key does not count for signatures. */
  readonly keyType?: string
  /** Why a signer's certificate has no name or no claims that can be read; empty for an authority, which needs neither. */
  readonly problems: readonly Problem[]
}

/** Reads what there is to read; refuses only what is no certificate. */
export function readUnverifiedCertificate(
  der: Uint8Array,
): Result<UnverifiedCertificate, CoreProblem> {
  const parsed = parseCertificate(der)
  if (!parsed.ok) return parsed
  const { x509, isAuthority, serialNumber, notBefore, notAfter, key } = parsed.value
  return accept({
    subject: onOneLine(x509.subject),
    authority: onOneLine(x509.issuer),
    serialNumber: encodeHex(serialNumber),
    fingerprint: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
    isAuthority,
    notBefore,
    notAfter,
    ...(key.ok && { keyType: key.value.type }),
    ...(isAuthority ? { problems: [] } : readIdentity(parsed.value)),
  })
}

function readIdentity(
  certificate: Certificate,
): Partial<CertificateIdentity> & { readonly problems: readonly Problem[] } {
  const extension = certificate.extensions.get(EXTENSIONS.subjectAlternativeName)
  const name = parseName(extension?.value ?? new Uint8Array())
  const claims = readClaims(certificate)
  return {
    ...(name.ok && { san: name.value }),
    ...(claims.ok && claims.value),
    problems: [...(name.ok ? [] : name.problems), ...(claims.ok ? [] : claims.problems)],
  }
}

/** OpenSSL writes each part of a name on a line of its own; without any, Node gives none. */
function onOneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ')
}
