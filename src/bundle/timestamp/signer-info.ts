// Who signed a timestamp, and what exactly: SignerInfo (RFC 5652 section 5.3) with the attributes of RFC 3161 and RFC 5816.

import {
  childrenOf,
  constructedTag,
  DER_TAGS,
  type DerFields,
  type DerValue,
  expectTag,
  failDer,
  fieldsOf,
  onlyChildOf,
  primitiveTag,
  readCount,
  readIntegerBytes,
  readOctets,
  readOid,
} from '../../core/index.ts'
import { readAlgorithm } from './token-info.ts'

const ATTRIBUTES = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const

const DIGESTS = { sha1: '1.3.14.3.2.26', sha256: '2.16.840.1.101.3.4.2.1' } as const

/** How the signer names its certificate, outside of what it signs. */
export type SignerName =
  | { readonly issuer: Uint8Array; readonly serialNumber: Uint8Array }
  | { readonly subjectKeyId: Uint8Array }

/** How the signer names its certificate, where its signature covers it (TS-2). */
export interface SigningCertificate {
  readonly hashAlgorithm: string
  readonly hash: Uint8Array
  readonly issuer?: Uint8Array
  readonly serialNumber?: Uint8Array
}

/** The one signature of a token. */
export interface SignerInfo {
  readonly name: SignerName
  readonly digestAlgorithm: string
  readonly signatureAlgorithm: string
  readonly signature: Uint8Array
  /** The bytes that the signature covers: the attributes, as the set that they are. */
  readonly signed: Uint8Array
  readonly contentType: string
  readonly messageDigest: Uint8Array
  /** At least one. */
  readonly signingCertificates: readonly SigningCertificate[]
}

/** Reads it; runs inside `parseDer`. */
export function readSignerInfo(value: DerValue): SignerInfo {
  const fields = fieldsOf(value)
  const version = readCount(fields.take(DER_TAGS.integer))
  const name = readSignerName(version, fields)
  const digestAlgorithm = readAlgorithm(fields.take(DER_TAGS.sequence))
  const attributes = fields.take(constructedTag(0))
  const signatureAlgorithm = readAlgorithm(fields.take(DER_TAGS.sequence))
  const signature = readOctets(fields.take(DER_TAGS.octetString))
  // Attributes that nothing signs say nothing.
  fields.takeIf(constructedTag(1))
  fields.end()
  // RFC 5652 section 5.4: signed is the set with its own tag, and not with the one that it has here.
  const signed = Uint8Array.from(attributes.bytes)
  signed[0] = DER_TAGS.set
  return {
    name,
    digestAlgorithm,
    signatureAlgorithm,
    signature,
    signed,
    ...readAttributes(attributes),
  }
}

/** RFC 5652 section 5.3: version 1 names issuer and serial number, version 3 the key. */
function readSignerName(version: number, fields: DerFields): SignerName {
  if (version === 3) {
    return { subjectKeyId: readOctets(fields.take(primitiveTag(0)), primitiveTag(0)) }
  }
  if (version !== 1) failDer('Expected a signer of version 1 or 3, found another')
  return readIssuerAndSerial(fieldsOf(fields.take(DER_TAGS.sequence)))
}

function readIssuerAndSerial(fields: DerFields) {
  const issuer = fields.take(DER_TAGS.sequence).bytes
  const serialNumber = readIntegerBytes(fields.take(DER_TAGS.integer))
  fields.end()
  return { issuer, serialNumber }
}

function readAttributes(
  value: DerValue,
): Pick<SignerInfo, 'contentType' | 'messageDigest' | 'signingCertificates'> {
  const attributes = new Map<string, DerValue>()
  for (const attribute of childrenOf(value)) {
    const fields = fieldsOf(attribute)
    const id = readOid(fields.take(DER_TAGS.oid))
    if (attributes.has(id)) failDer(`Expected each attribute once, found ${id} twice`)
    attributes.set(id, onlyChildOf(fields.take(DER_TAGS.set), DER_TAGS.set))
    fields.end()
  }
  const first = attributes.get(ATTRIBUTES.signingCertificate)
  const second = attributes.get(ATTRIBUTES.signingCertificateV2)
  const signingCertificates = [
    ...(first === undefined ? [] : [readSigningCertificate(first, DIGESTS.sha1)]),
    ...(second === undefined ? [] : [readSigningCertificate(second, DIGESTS.sha256)]),
  ]
  if (signingCertificates.length === 0)
    failDer('Expected the certificate of the signer among what it signed')
  return {
    contentType: readOid(expectTag(attributes.get(ATTRIBUTES.contentType), DER_TAGS.oid)),
    messageDigest: readOctets(
      expectTag(attributes.get(ATTRIBUTES.messageDigest), DER_TAGS.octetString),
    ),
    signingCertificates,
  }
}

/** RFC 2634 section 5.4 and RFC 5035: the first identifier is the signer's, those after it its authorities'. */
function readSigningCertificate(value: DerValue, defaultAlgorithm: string): SigningCertificate {
  const fields = fieldsOf(value)
  const [first] = childrenOf(fields.take(DER_TAGS.sequence))
  // Policies may follow.
  fields.takeIf(DER_TAGS.sequence)
  fields.end()
  const id = fieldsOf(first ?? failDer('Expected the certificate of the signer, found none'))
  const isSecond = defaultAlgorithm === DIGESTS.sha256
  const algorithm = isSecond ? id.takeIf(DER_TAGS.sequence) : undefined
  const hash = readOctets(id.take(DER_TAGS.octetString))
  const name = id.takeIf(DER_TAGS.sequence)
  id.end()
  return {
    hashAlgorithm: algorithm === undefined ? defaultAlgorithm : readAlgorithm(algorithm),
    hash,
    ...(name !== undefined && readIssuerSerial(name)),
  }
}

/** IssuerSerial: the issuer as one GeneralName, a directory name. */
function readIssuerSerial(value: DerValue) {
  const fields = fieldsOf(value)
  const names = fields.take(DER_TAGS.sequence)
  const issuer = onlyChildOf(onlyChildOf(names, DER_TAGS.sequence), constructedTag(4)).bytes
  const serialNumber = readIntegerBytes(fields.take(DER_TAGS.integer))
  fields.end()
  return { issuer, serialNumber }
}
