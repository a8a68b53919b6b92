// Certificates of the rehearsal's own authorities (RFC 5280): a root, the authority under it, and what that one issues.

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { bitString, der, integer, oid, sequence, TAG } from './der.ts'

const EXTENSION = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const

export const PURPOSE = {
  codeSigning: '1.3.6.1.5.5.7.3.3',
  timeStamping: '1.3.6.1.5.5.7.3.8',
} as const

const ECDSA_WITH_SHA384 = '1.2.840.10045.4.3.3'

/** A certificate and the key that it is about. */
export interface Authority {
  readonly name: string
  readonly certificate: Buffer
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

interface CertificatePlan {
  /** The common name; the organization is always `Assay rehearsal`. */
  readonly name: string
  /** Absent for a root, which signs itself. */
  readonly issuer?: Authority
  /** How many authorities may stand under this one; absent for one that issues nothing. */
  readonly pathLength?: number
  readonly purpose?: (typeof PURPOSE)[keyof typeof PURPOSE]
  readonly notBefore: Date
  readonly notAfter: Date
}

/** Makes a P-384 key and its certificate. */
export function issueAuthority(plan: CertificatePlan): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const issuer = plan.issuer ?? { name: plan.name, privateKey, publicKey }
  const algorithm = sequence(oid(ECDSA_WITH_SHA384))
  const tbs = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(randomBytes(16)),
    algorithm,
    encodeName(issuer.name),
    sequence(encodeTime(plan.notBefore), encodeTime(plan.notAfter)),
    encodeName(plan.name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...encodeExtensions(plan, publicKey, issuer.publicKey))),
  )
  const signature = sign('sha384', tbs, issuer.privateKey)
  const certificate = sequence(tbs, algorithm, bitString(signature))
  return { name: plan.name, certificate, privateKey, publicKey }
}

/** PEM of several certificates, as given. */
export function encodeChain(...authorities: readonly Authority[]): string {
  return authorities
    .map(({ certificate }) => {
      const lines = certificate.toString('base64').replaceAll(/.{1,64}/g, '$&\n')
      return `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`
    })
    .join('')
}

function encodeExtensions(plan: CertificatePlan, subject: KeyObject, issuer: KeyObject): Buffer[] {
  const { pathLength, purpose } = plan
  const isAuthority = pathLength !== undefined
  // keyCertSign and cRLSign are bits 5 and 6, digitalSignature is bit 0 (section 4.2.1.3).
  const usage = isAuthority
    ? bitString(Buffer.from([0b0000_0110]), 1)
    : bitString(Buffer.from([0x80]), 7)
  const constraints = isAuthority
    ? sequence(der(TAG.boolean, Buffer.from([0xff])), integer(Buffer.from([pathLength])))
    : sequence()
  return [
    encodeExtension(EXTENSION.keyUsage, usage, true),
    encodeExtension(EXTENSION.basicConstraints, constraints, true),
    // RFC 3161 section 2.3 wants it critical where it says timeStamping.
    ...(purpose === undefined
      ? []
      : [
          encodeExtension(
            EXTENSION.extendedKeyUsage,
            sequence(oid(purpose)),
            purpose === PURPOSE.timeStamping && !isAuthority,
          ),
        ]),
    encodeExtension(EXTENSION.subjectKeyId, der(TAG.octetString, keyId(subject)), false),
    encodeExtension(EXTENSION.authorityKeyId, sequence(der(0x80, keyId(issuer))), false),
  ]
}

function encodeExtension(id: string, value: Buffer, critical: boolean): Buffer {
  const mark = critical ? [der(TAG.boolean, Buffer.from([0xff]))] : []
  return sequence(oid(id), ...mark, der(TAG.octetString, value))
}

function encodeName(commonName: string): Buffer {
  const part = (id: string, text: string) =>
    der(TAG.set, sequence(oid(id), der(TAG.utf8, Buffer.from(text))))
  return sequence(part('2.5.4.10', 'Assay rehearsal'), part('2.5.4.3', commonName))
}

/** UTCTime, which ends with 2049. */
function encodeTime(time: Date): Buffer {
  const digits = time.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)
  return der(TAG.utcTime, Buffer.from(`${digits}Z`))
}

function keyId(key: KeyObject): Buffer {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest()
}
