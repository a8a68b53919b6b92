// A timestamp as the verifier of the Sigstore project has it.

import type { KeyObject } from 'node:crypto'
import { parseTimestampResponse, type TimestampToken } from '../../../bundle/index.ts'
import type { TrustedRoot } from '../../../trust/index.ts'
import { timeChainOf } from '../certificate/authority.ts'
import type { Certificate } from '../certificate/certificate.ts'
import { isSignedByWitness } from '../witness-signature.ts'
import { isNamed } from '../timestamp/timestamp-authority.ts'
import { describeCertificate } from './certificate.ts'
import { RFC3161Timestamp, type SignedEntity } from './library.ts'

/** Signatures that it can check in a timestamp: ECDSA, and RSA over SHA-256. */
const READABLE: readonly string[] = [
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
  '1.2.840.113549.1.1.11',
]

/**
 * TS-5: a time may have a fraction of any length, and it reads none but those of three digits.
 *
 * RFC 5652 section 5.3: a signer may name its key in place of its certificate, and RFC 3161 leaves it every algorithm. Of what it can
 * not read it is told who signed, and when.
 */
export function describeTimestamp(
  der: Uint8Array,
  { timestampAuthorities }: TrustedRoot,
): SignedEntity['timestamps'][number] {
  const read = parseTimestampResponse(der)
  /* v8 ignore next -- asked of what our own checks have accepted */
  if (!read.ok || !('token' in read.value)) throw new Error('there is no timestamp')
  const { token } = read.value
  const timestamp = RFC3161Timestamp.parse(Buffer.from(der))
  Object.defineProperties(timestamp, {
    signingTime: { value: new Date(token.info.at) },
    verifySignature: { value: (key: KeyObject) => requireSignature(timestamp, token, key) },
  })
  if (isReadable(token)) return { $case: 'timestamp-authority', timestamp }
  const [signer] = timestampAuthorities
    .flatMap((authority) => timeChainOf(authority).certificates.slice(0, 1))
    .filter((certificate) => isNamed(token.signer.name, certificate)) as [Certificate]
  const { issuer, serialNumber } = describeCertificate(signer.der)
  Object.defineProperties(timestamp, {
    signerIssuer: { value: issuer },
    signerSerialNumber: { value: serialNumber },
    verify: { value: () => undefined },
  })
  return { $case: 'timestamp-authority', timestamp }
}

/** What it reads of digest, signature and key, over the attributes in the bytes that they have. */
function requireSignature(
  { signerDigestAlgorithm: digest, signatureValue: signature }: RFC3161Timestamp,
  { signer: { signed } }: TimestampToken,
  key: KeyObject,
): void {
  if (isSignedByWitness({ digest, key, signed, signature })) return
  throw new Error('the signature of the timestamp does not hold')
}

function isReadable({ signer: { name, signatureAlgorithm } }: TimestampToken): boolean {
  return 'issuer' in name && READABLE.includes(signatureAlgorithm)
}
