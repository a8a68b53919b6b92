// A timestamp authority for tests: RFC 3161 tokens that are right unless a test says otherwise.

import { createHash, randomBytes, sign } from 'node:crypto'
import {
  explicit,
  generalizedTime,
  integer,
  octets,
  oid,
  sequence,
  set,
  tlv,
} from '../../verify/sigstore/der-writer.ts'
import { SIGNED_AT, YEAR } from '../../verify/sigstore/test-authority.ts'
import {
  encodeCertificate,
  extension,
  IDS,
  makeKey,
  nameOf,
} from '../../verify/sigstore/test-certificate.ts'

const SIGNED_DATA = '1.2.840.113549.1.7.2'
const TST_INFO = '1.2.840.113549.1.9.16.1.4'
const ATTRIBUTE = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const

const SHA256 = sequence(oid('2.16.840.1.101.3.4.2.1'))
const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'))

const ROOT_KEY = makeKey()
const SIGNER_KEY = makeKey()
const COMMON = {
  issuer: 'time root',
  issuerKey: ROOT_KEY,
  notBefore: SIGNED_AT - YEAR,
  notAfter: SIGNED_AT + YEAR,
} as const

const ROOT = encodeCertificate({
  ...COMMON,
  subject: 'time root',
  key: ROOT_KEY,
  extensions: [extension.authority(0), extension.keyUsage(5, 6), extension.subjectKeyId(ROOT_KEY)],
})

const SIGNER = encodeCertificate({
  ...COMMON,
  subject: 'time',
  key: SIGNER_KEY,
  serialNumber: 9,
  extensions: [
    extension.keyUsage(0),
    extension.purposes([IDS.timeStamping], true),
    extension.subjectKeyId(SIGNER_KEY),
    extension.authorityKeyId(ROOT_KEY),
  ],
})

/** The signer first, as a trusted root has it. */
export const TIMESTAMP_CHAIN: readonly Uint8Array[] = [SIGNER, ROOT]

/** What a timestamp says. */
export interface TimestampAnswer {
  /** SHA-256 of what was signed. */
  readonly imprint: Uint8Array
  readonly nonce: Uint8Array
  readonly at: number
}

/** The imprint and the nonce of a request, which always has the same shape. */
export function readTimestampRequest(
  request: Uint8Array,
): Pick<TimestampAnswer, 'imprint' | 'nonce'> {
  const text = Buffer.from(request).toString('hex')
  const [, imprint = '', nonce = ''] =
    /^.{0,36}030402010420([0-9a-f]{64})02..([0-9a-f]+)0101ff$/.exec(text) ?? []
  return { imprint: Buffer.from(imprint, 'hex'), nonce: Buffer.from(nonce, 'hex') }
}

/** A response with a signed token in it. */
export function signTimestamp({ imprint, nonce, at }: TimestampAnswer): Buffer {
  const info = sequence(
    integer(1),
    oid('1.2.3.4'),
    sequence(SHA256, octets(imprint)),
    integer(randomBytes(8).fill(1, 0, 1)),
    generalizedTime(at),
    integer(nonce),
  )
  const attributes = [
    attribute(ATTRIBUTE.contentType, oid(TST_INFO)),
    attribute(ATTRIBUTE.messageDigest, octets(sha256(info))),
    attribute(ATTRIBUTE.signingCertificateV2, sequence(sequence(sequence(octets(sha256(SIGNER)))))),
  ].toSorted(Buffer.compare)
  const signature = sign('sha256', set(...attributes), SIGNER_KEY.privateKey)
  const signerInfo = sequence(
    integer(1),
    sequence(nameOf('time root'), integer(9)),
    SHA256,
    tlv(0xa0, ...attributes),
    ECDSA_SHA256,
    octets(signature),
  )
  const signedData = sequence(
    integer(3),
    set(SHA256),
    sequence(oid(TST_INFO), explicit(0, octets(info))),
    explicit(0, SIGNER),
    set(signerInfo),
  )
  return sequence(sequence(integer(0)), sequence(oid(SIGNED_DATA), explicit(0, signedData)))
}

function attribute(id: string, value: Uint8Array): Buffer {
  return sequence(oid(id), set(value))
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
