// A trusted root as the verifier of the Sigstore project has it.

import type { KeyObject } from 'node:crypto'
import type {
  CertificateAuthority,
  TransparencyLog,
  TrustedRoot,
  ValidityPeriod,
} from '../../../trust/index.ts'
import { describeCertificate } from './certificate.ts'
import type { TrustMaterial } from './library.ts'

/**
 * A root, and the key that it holds a signature against where there is no certificate.
 *
 * The window of that key is judged by us, with a revocation and with no time at all: it is told that the key is always valid.
 */
export function describeRoot(root: TrustedRoot, publicKey: KeyObject): TrustMaterial {
  return {
    certificateAuthorities: root.certificateAuthorities.map(describeAuthority),
    timestampAuthorities: root.timestampAuthorities.map(describeAuthority),
    tlogs: root.transparencyLogs.map(describeLog),
    ctlogs: root.certificateLogs.map(describeLog),
    publicKey: () => ({ publicKey, validFor: () => true }),
  }
}

function describeAuthority({
  certificates,
  validFor,
}: CertificateAuthority): TrustMaterial['certificateAuthorities'][number] {
  return { certChain: certificates.map(describeCertificate), validFor: describeWindow(validFor) }
}

function describeLog(log: TransparencyLog): TrustMaterial['tlogs'][number] {
  return {
    // It compares a checkpoint's name as a part of this, which our own check has compared exactly.
    baseURL: log.baseUrl,
    logID: Buffer.from(log.checkpointKeyId ?? log.logId),
    publicKey: log.publicKey.key,
    validFor: describeWindow(log.validFor),
  }
}

/** The last instant that a Date can hold. */
const END_OF_TIME = 8_640_000_000_000_000

function describeWindow({ start, end = END_OF_TIME }: ValidityPeriod): {
  start: Date
  end: Date
} {
  return { start: new Date(start), end: new Date(end) }
}
