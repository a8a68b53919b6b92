// The way to the reader of certificates by itself, for whoever shows a file and verifies nothing; loaded on use as the rest is.

import type { CoreProblem, Result } from '../../core/index.ts'
import type { UnverifiedCertificate } from './certificate/unverified-certificate.ts'

/** Reads DER. */
export type CertificateReader = (der: Uint8Array) => Result<UnverifiedCertificate, CoreProblem>

/** Loads it. What it reads is unverified. */
export async function loadCertificateReader(): Promise<CertificateReader> {
  const { readUnverifiedCertificate } = await import('./certificate/unverified-certificate.ts')
  return readUnverifiedCertificate
}
