// An X.509 certificate (RFC 5280 section 4) as strict DER: its fields, and the extensions that the rules of this folder are about.

import { X509Certificate } from 'node:crypto'
import {
  accept,
  checkDerTree,
  childrenOf,
  constructedTag,
  type CoreProblem,
  DER_TAGS,
  type DerFields,
  type DerValue,
  expectTag,
  failDer,
  fieldsOf,
  type Instant,
  onlyChildOf,
  parseDer,
  readBitOctets,
  readBoolean,
  readCount,
  readIntegerBytes,
  readOctets,
  readOid,
  readTime,
  type Result,
  refuse,
} from '../../../core/index.ts'
import { type PublicKey, readKeyObject, type TrustProblem } from '../../../trust/index.ts'
import { remember } from '../memory.ts'
import {
  type CertificateExtension,
  type KnownExtensions,
  readKnownExtensions,
} from './extensions.ts'

/** A certificate that was read. Nothing vouches for it yet. */
export interface Certificate extends KnownExtensions {
  readonly der: Uint8Array
  /** What the issuer signed. */
  readonly signed: DerValue
  /** The object identifier of the algorithm that the issuer signed with. */
  readonly signatureAlgorithm: string
  readonly serialNumber: Uint8Array
  /** Names as their bytes: equal names are equal bytes. */
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** DER SubjectPublicKeyInfo. */
  readonly spki: Uint8Array
  readonly extensions: ReadonlyMap<string, CertificateExtension>
  /** The key in it, where it is strong enough to count. */
  readonly key: Result<PublicKey, TrustProblem>
  /** The same certificate for node:crypto, which checks signatures. */
  readonly x509: X509Certificate
}

/** Reads one certificate. OpenSSL has to read it too. */
export const parseCertificate: (der: Uint8Array) => Result<Certificate, CoreProblem> = remember(
  (der) => [der],
  readDer,
)

function readDer(der: Uint8Array): Result<Certificate, CoreProblem> {
  // A copy: what is remembered must not change with the bytes of whoever asked.
  const fields = parseDer(Buffer.from(der), (value) => {
    checkDerTree(value)
    return readCertificate(value)
  })
  if (!fields.ok) return fields
  try {
    const x509 = new X509Certificate(der)
    return accept({ ...fields.value, key: readKey(x509), x509 })
  } catch {
    // OpenSSL's text names its own source files.
    const message = 'Expected a certificate, found what OpenSSL can not read'
    return refuse({ code: 'core/der', message })
  }
}

function readKey(x509: X509Certificate): Result<PublicKey, TrustProblem> {
  try {
    return readKeyObject(x509.publicKey)
  } catch {
    // A key that OpenSSL can not read shows only when it is asked for.
    return refuse({
      code: 'trust/key-invalid',
      message: 'Expected a public key, found other bytes',
    })
  }
}

function readCertificate(value: DerValue): Omit<Certificate, 'x509' | 'key'> {
  const certificate = fieldsOf(value)
  const signed = certificate.take(DER_TAGS.sequence)
  const algorithm = certificate.take(DER_TAGS.sequence)
  readBitOctets(certificate.take(DER_TAGS.bitString))
  certificate.end()
  const fields = fieldsOf(signed)
  if (readCount(onlyChildOf(fields.take(constructedTag(0)), constructedTag(0))) !== 2) {
    failDer('Expected a certificate of version 3, found an older one')
  }
  const serialNumber = readIntegerBytes(fields.take(DER_TAGS.integer))
  // RFC 5280 section 4.1.1.2: the algorithm stands there twice, once where the signature covers it.
  if (Buffer.compare(fields.take(DER_TAGS.sequence).bytes, algorithm.bytes) !== 0) {
    failDer('Expected one signature algorithm, found two that differ')
  }
  const issuer = fields.take(DER_TAGS.sequence).bytes
  const [notBefore, notAfter] = readValidity(fields)
  const subject = fields.take(DER_TAGS.sequence).bytes
  const spki = fields.take(DER_TAGS.sequence).bytes
  const extensions = readExtensions(fields.take(constructedTag(3)))
  fields.end()
  return {
    der: value.bytes,
    signed,
    signatureAlgorithm: readOid(expectTag(childrenOf(algorithm)[0], DER_TAGS.oid)),
    serialNumber,
    issuer,
    subject,
    notBefore,
    notAfter,
    spki,
    extensions,
    ...readKnownExtensions(extensions),
  }
}

function readValidity(fields: DerFields): readonly [Instant, Instant] {
  const [notBefore, notAfter, ...others] = childrenOf(fields.take(DER_TAGS.sequence))
  if (notBefore === undefined || notAfter === undefined || others.length > 0) {
    return failDer('Expected two times of validity, found another number')
  }
  return [readTime(notBefore), readTime(notAfter)]
}

/** RFC 5280 section 4.2: at least one, and none twice. */
function readExtensions(value: DerValue): ReadonlyMap<string, CertificateExtension> {
  const extensions = new Map<string, CertificateExtension>()
  for (const extension of childrenOf(onlyChildOf(value, constructedTag(3)))) {
    const fields = fieldsOf(extension)
    const id = readOid(fields.take(DER_TAGS.oid))
    const critical = fields.takeIf(DER_TAGS.boolean)
    // X.690 section 11.5: what is the default is left out.
    const isCritical =
      critical !== undefined && (readBoolean(critical) || failDer('Expected no default value'))
    const content = readOctets(fields.take(DER_TAGS.octetString))
    fields.end()
    if (extensions.has(id)) failDer(`Expected each extension once, found ${id} twice`)
    extensions.set(id, { isCritical, value: content, bytes: extension.bytes })
  }
  if (extensions.size === 0) failDer('Expected at least one extension, found none')
  return extensions
}
