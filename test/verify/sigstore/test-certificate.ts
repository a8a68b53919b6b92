// Certificates for tests, with any defect: an authority of two levels like Fulcio's, leaves with any claims, and a certificate log.

import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import {
  bitOctets,
  bits,
  boolean,
  explicit,
  generalizedTime,
  implicit,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  set,
  tlv,
  utcTime,
  utf8,
} from './der-writer.ts'

/** Two halves of a key. */
export interface TestKey {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

/** A key on a curve. */
export function makeKey(namedCurve: 'P-256' | 'P-384' | 'P-521' | 'secp256k1' = 'P-256'): TestKey {
  return generateKeyPairSync('ec', { namedCurve })
}

export function spkiOf({ publicKey }: TestKey): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' })
}

/** One extension, ready to stand in a certificate. */
export interface TestExtension {
  readonly id: string
  readonly value: Uint8Array
  readonly isCritical?: boolean
  /** Written out where it is the default, which DER forbids. */
  readonly saysNotCritical?: boolean
}

export const IDS = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  name: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyId: '2.5.29.35',
  purposes: '2.5.29.37',
  scts: '1.3.6.1.4.1.11129.2.4.2',
  poison: '1.3.6.1.4.1.11129.2.4.3',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  fulcio: '1.3.6.1.4.1.57264.1',
} as const

/** Signature algorithms: the identifier, its parameters, and the digest. */
export const ALGORITHMS = {
  'ecdsa-sha1': ['1.2.840.10045.4.1', false, 'sha1'],
  'ecdsa-sha256': ['1.2.840.10045.4.3.2', false, 'sha256'],
  'ecdsa-sha384': ['1.2.840.10045.4.3.3', false, 'sha384'],
  'ecdsa-sha512': ['1.2.840.10045.4.3.4', false, 'sha512'],
  'rsa-sha256': ['1.2.840.113549.1.1.11', true, 'sha256'],
} as const
export type TestAlgorithm = keyof typeof ALGORITHMS

function algorithmId(name: TestAlgorithm): Buffer {
  const [id, hasParameters] = ALGORITHMS[name]
  return sequence(oid(id), ...(hasParameters ? [nothing()] : []))
}

/** A distinguished name of one common name; none for the empty name. */
export function nameOf(commonName: string): Buffer {
  return commonName === '' ? sequence() : sequence(set(sequence(oid('2.5.4.3'), utf8(commonName))))
}

/** What a certificate is made of. */
export interface TestCertificate {
  readonly subject: string
  readonly issuer: string
  readonly key: TestKey
  readonly issuerKey: TestKey
  readonly extensions: readonly TestExtension[]
  readonly notBefore: number
  readonly notAfter: number
  readonly algorithm?: TestAlgorithm
  readonly serialNumber?: number
  /** 2 is version 3. */
  readonly version?: number
  /** In place of the two times, as DER. */
  readonly validity?: Uint8Array
  /** The algorithm that the signature names, where it differs from the one that is signed. */
  readonly outerAlgorithm?: TestAlgorithm
}

/** The part that the issuer signs. */
export function encodeSigned(certificate: TestCertificate): Buffer {
  const { subject, issuer, key, extensions, notBefore, notAfter } = certificate
  const { algorithm = 'ecdsa-sha256', serialNumber = 7, version = 2 } = certificate
  return sequence(
    explicit(0, integer(version)),
    integer(serialNumber),
    algorithmId(algorithm),
    nameOf(issuer),
    certificate.validity ?? sequence(timeOf(notBefore), timeOf(notAfter)),
    nameOf(subject),
    spkiOf(key),
    explicit(3, sequence(...extensions.map(encodeExtension))),
  )
}

function encodeExtension({ id, value, isCritical, saysNotCritical }: TestExtension): Buffer {
  const critical = [
    ...(isCritical ? [boolean(true)] : []),
    ...(saysNotCritical ? [boolean(false)] : []),
  ]
  return sequence(oid(id), ...critical, octets(value))
}

export function encodeCertificate(certificate: TestCertificate): Buffer {
  const { algorithm = 'ecdsa-sha256', issuerKey } = certificate
  const signed = encodeSigned(certificate)
  const signature = sign(ALGORITHMS[algorithm][2], signed, issuerKey.privateKey)
  const named = algorithmId(certificate.outerAlgorithm ?? algorithm)
  return sequence(signed, named, bitOctets(signature))
}

export function keyIdOf(key: TestKey): Buffer {
  return createHash('sha1').update(spkiOf(key)).digest()
}

/** Extensions by what they are for. */
export const extension = {
  subjectKeyId: (key: TestKey): TestExtension => ({
    id: IDS.subjectKeyId,
    value: octets(keyIdOf(key)),
  }),
  authorityKeyId: (key: TestKey): TestExtension => ({
    id: IDS.authorityKeyId,
    value: sequence(implicit(0, keyIdOf(key))),
  }),
  keyUsage: (...numbers: readonly number[]): TestExtension => ({
    id: IDS.keyUsage,
    value: bits(...numbers),
    isCritical: true,
  }),
  purposes: (ids: readonly string[], isCritical = false): TestExtension => ({
    id: IDS.purposes,
    value: sequence(...ids.map(oid)),
    isCritical,
  }),
  authority: (pathLength?: number): TestExtension => ({
    id: IDS.basicConstraints,
    value: sequence(boolean(true), ...(pathLength === undefined ? [] : [integer(pathLength)])),
    isCritical: true,
  }),
  names: (...names: readonly Uint8Array[]): TestExtension => ({
    id: IDS.name,
    value: sequence(...names),
    isCritical: true,
  }),
  /** A claim of the older kind as bare text, of the newer one as UTF8String. */
  claim: (arc: number, text: string): TestExtension => ({
    id: `${IDS.fulcio}.${arc}`,
    value: arc < 7 ? Buffer.from(text) : utf8(text),
  }),
}

/** Names that a certificate can have. */
export const generalName = {
  uri: (text: string) => implicit(6, Buffer.from(text)),
  email: (text: string) => implicit(1, Buffer.from(text)),
  dns: (text: string) => implicit(2, Buffer.from(text)),
  user: (text: string, type = `${IDS.fulcio}.7`) => explicit(0, oid(type), explicit(0, utf8(text))),
  raw: (tag: number, content: Uint8Array) => tlv(tag, content),
}

/** RFC 5280 section 4.1.2.5: from 2050 on with four digits of the year. */
function timeOf(instant: number): Buffer {
  return instant < Date.UTC(2050, 0) ? utcTime(instant) : generalizedTime(instant)
}
