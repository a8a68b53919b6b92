// A timestamp authority for tests: tokens as RFC 3161 has them, with any defect.

import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import type { CertificateAuthority, ValidityPeriod } from '../../../src/trust/index.ts'
import {
  explicit,
  generalizedTime,
  implicit,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  set,
} from './der-writer.ts'
import { type CertificateChange, SIGNED_AT, YEAR } from './test-authority.ts'
import {
  encodeCertificate,
  extension,
  IDS,
  keyIdOf,
  makeKey,
  nameOf,
  type TestKey,
} from './test-certificate.ts'

/** Object identifiers of digests and signatures. */
export const DIGESTS = {
  md5: '1.2.840.113549.2.5',
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const
export type TestDigest = keyof typeof DIGESTS

const ECDSA = {
  md5: '1.2.840.10045.4.1',
  sha1: '1.2.840.10045.4.1',
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
} as const

const SIGNED_DATA = '1.2.840.113549.1.7.2'
const TOKEN_INFO = '1.2.840.113549.1.9.16.1.4'
const ATTRIBUTES = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const

/** What of a timestamp authority can be made another way. */
export interface TsaOptions {
  readonly name?: string
  readonly key?: TestKey
  readonly changeRoot?: CertificateChange
  readonly changeSigner?: CertificateChange
  readonly validFor?: ValidityPeriod
}

/** An authority that makes timestamps. */
export interface TestTsa {
  readonly authority: CertificateAuthority
  readonly key: TestKey
  readonly certificate: Buffer
  readonly rootCertificate: Buffer
  readonly issuerName: Buffer
  readonly serialNumber: number
}

const TSA_ROOT_KEY = makeKey('P-384')
const TSA_KEY = makeKey('P-384')
/** Made once: the search for its primes takes a while. */
export const TSA_RSA_KEY: TestKey = generateKeyPairSync('rsa', { modulusLength: 2_048 })

export function makeTsa(options: TsaOptions = {}): TestTsa {
  const { name = 'tsa', key = TSA_KEY, validFor = { start: SIGNED_AT - YEAR } } = options
  const { changeRoot = (it) => it, changeSigner = (it) => it } = options
  const common = {
    issuer: `${name} root`,
    issuerKey: TSA_ROOT_KEY,
    notBefore: SIGNED_AT - YEAR,
    notAfter: SIGNED_AT + YEAR,
    algorithm: 'ecdsa-sha384',
  } as const
  const root = changeRoot({
    ...common,
    subject: `${name} root`,
    key: TSA_ROOT_KEY,
    extensions: [
      extension.authority(0),
      extension.keyUsage(5, 6),
      extension.subjectKeyId(TSA_ROOT_KEY),
    ],
  })
  const signer = changeSigner({
    ...common,
    subject: name,
    key,
    serialNumber: 300,
    extensions: [
      extension.keyUsage(0),
      extension.purposes([IDS.timeStamping], true),
      extension.subjectKeyId(key),
      extension.authorityKeyId(TSA_ROOT_KEY),
    ],
  })
  const certificate = encodeCertificate(signer)
  const rootCertificate = encodeCertificate(root)
  return {
    authority: {
      uri: `https://${name}.example`,
      certificates: [certificate, rootCertificate],
      validFor,
    },
    key,
    certificate,
    rootCertificate,
    issuerName: nameOf(signer.issuer),
    serialNumber: signer.serialNumber ?? 7,
  }
}

/** What of a token can be made another way; whole parts are given as DER. */
export interface TokenOptions {
  readonly at?: number
  readonly fraction?: string
  readonly imprintDigest?: TestDigest
  readonly imprint?: Uint8Array
  readonly serialNumber?: Uint8Array
  readonly infoVersion?: number
  /** In place of the fields after the time; by default an accuracy of a second. */
  readonly infoFields?: readonly Uint8Array[]
  readonly genTime?: Uint8Array
  readonly digest?: TestDigest
  readonly signatureAlgorithm?: string
  readonly signingKey?: TestKey
  /** The certificate that the signed attribute names. */
  readonly namedCertificate?: Uint8Array
  readonly signerName?: 'issuer-and-serial' | 'key-id'
  readonly signerVersion?: number
  readonly attribute?: 'v1' | 'v2' | 'v2-sha512' | 'both' | 'none'
  readonly issuerSerial?: Uint8Array
  readonly moreAttributes?: readonly Uint8Array[]
  readonly messageDigest?: Uint8Array
  readonly contentType?: string
  /** After signing: the content that the token holds. */
  readonly swapContent?: (content: Buffer) => Buffer
  /** Certificates that come along. */
  readonly bag?: readonly Uint8Array[]
  readonly unsignedAttributes?: Uint8Array
  readonly signerCount?: number
  readonly signedDataVersion?: number
  /** What the set in front of the content names. */
  readonly digests?: readonly TestDigest[]
  readonly status?: number
  readonly failure?: boolean
}

/** A TimeStampResp over these bytes. */
export function stamp(tsa: TestTsa, bytes: Uint8Array, options: TokenOptions = {}): Buffer {
  const { status = 0, failure = false } = options
  const statusInfo = sequence(integer(status), ...(failure ? [Buffer.from('03020780', 'hex')] : []))
  return status > 1 ? sequence(statusInfo) : sequence(statusInfo, encodeToken(tsa, bytes, options))
}

/** The token alone. */
export function encodeToken(tsa: TestTsa, bytes: Uint8Array, options: TokenOptions = {}): Buffer {
  const { digest = 'sha256', bag = [], signerCount = 1, signedDataVersion = 3 } = options
  const { digests = [digest] } = options
  const content = encodeInfo(bytes, options)
  const signer = encodeSigner(tsa, content, options)
  const { swapContent = (same: Buffer) => same, contentType = TOKEN_INFO } = options
  return sequence(
    oid(SIGNED_DATA),
    explicit(
      0,
      sequence(
        integer(signedDataVersion),
        set(...digests.map((name) => sequence(oid(DIGESTS[name])))),
        sequence(oid(contentType), explicit(0, octets(swapContent(content)))),
        ...(bag.length > 0 ? [explicit(0, ...bag)] : []),
        set(...Array.from({ length: signerCount }, () => signer)),
      ),
    ),
  )
}

function encodeInfo(bytes: Uint8Array, options: TokenOptions): Buffer {
  const { at = SIGNED_AT, fraction = '', imprintDigest = 'sha256', infoVersion = 1 } = options
  const { imprint = createHash(imprintDigest).update(bytes).digest() } = options
  const { serialNumber = Buffer.from([1]), infoFields = [sequence(integer(1))] } = options
  return sequence(
    integer(infoVersion),
    oid('1.3.6.1.4.1.57264.2'),
    sequence(sequence(oid(DIGESTS[imprintDigest]), nothing()), octets(imprint)),
    integer(serialNumber),
    options.genTime ?? generalizedTime(at, fraction),
    ...infoFields,
  )
}

function encodeSigner(tsa: TestTsa, content: Buffer, options: TokenOptions): Buffer {
  const { digest = 'sha256', signingKey = tsa.key, signerName = 'issuer-and-serial' } = options
  const { signatureAlgorithm = ECDSA[digest], signerVersion } = options
  const attributes = encodeAttributes(tsa, content, options)
  const signature = sign(digest, set(...attributes), signingKey.privateKey)
  const isKeyId = signerName === 'key-id'
  return sequence(
    integer(signerVersion ?? (isKeyId ? 3 : 1)),
    isKeyId ? implicit(0, keyIdOf(tsa.key)) : sequence(tsa.issuerName, integer(tsa.serialNumber)),
    sequence(oid(DIGESTS[digest])),
    explicit(0, ...attributes),
    sequence(oid(signatureAlgorithm)),
    octets(signature),
    ...(options.unsignedAttributes === undefined ? [] : [explicit(1, options.unsignedAttributes)]),
  )
}

function encodeAttributes(
  tsa: TestTsa,
  content: Buffer,
  options: TokenOptions,
): readonly Uint8Array[] {
  const { digest = 'sha256', attribute: kind = 'v2', contentType = TOKEN_INFO } = options
  const { namedCertificate = tsa.certificate, moreAttributes = [], issuerSerial } = options
  const { messageDigest = createHash(digest).update(content).digest() } = options
  const name = issuerSerial === undefined ? [] : [issuerSerial]
  const hashOf = (algorithm: TestDigest) =>
    octets(createHash(algorithm).update(namedCertificate).digest())
  const first = attribute(
    ATTRIBUTES.signingCertificate,
    sequence(sequence(sequence(hashOf('sha1'), ...name))),
  )
  const second = attribute(
    ATTRIBUTES.signingCertificateV2,
    sequence(sequence(sequence(hashOf('sha256'), ...name))),
  )
  const long = attribute(
    ATTRIBUTES.signingCertificateV2,
    sequence(sequence(sequence(sequence(oid(DIGESTS.sha512)), hashOf('sha512'), ...name))),
  )
  const named = { v1: [first], v2: [second], 'v2-sha512': [long], both: [first, second], none: [] }
  return [
    attribute(ATTRIBUTES.contentType, oid(contentType)),
    attribute(ATTRIBUTES.messageDigest, octets(messageDigest)),
    ...named[kind],
    ...moreAttributes,
  ]
}

/** One attribute with one value. */
export function attribute(id: string, value: Uint8Array): Buffer {
  return sequence(oid(id), set(value))
}
