// RFC 3161: the question to a timestamp authority, and its answer. Who signed the answer is judged when the bundle is verified.

import {
  accept,
  constructedTag,
  DER_TAGS,
  type DerFields,
  type DerValue,
  equalBytes,
  failDer,
  fieldsOf,
  onlyChildOf,
  parseDer,
  readCount,
  readIntegerBytes,
  readOctets,
  readOid,
  readWhole,
  type Result,
  refuse,
} from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import { DER, encodeDer, encodeDerInteger } from '../der.ts'
import type { SigstoreSignProblem } from './problem.ts'

/** 2.16.840.1.101.3.4.2.1, in the form without parameters (RFC 5754 section 2). */
const SHA256 = Buffer.from('300b0609608648016503040201', 'hex')
const SHA256_OID = '2.16.840.1.101.3.4.2.1'
const SIGNED_DATA = '1.2.840.113549.1.7.2'
const TST_INFO = '1.2.840.113549.1.9.16.1.4'
const TRUE = Uint8Array.of(0x01, 0x01, 0xff)

/** What a timestamp is asked for. */
export interface TimestampQuestion {
  readonly signature: Uint8Array
  /** Eight random bytes. */
  readonly nonce: Uint8Array
}

/** TimeStampReq (section 2.4.1): SHA-256 of the signature, and the authority's certificate with the answer. */
export function encodeTimestampRequest({ signature, nonce }: TimestampQuestion): Uint8Array {
  const imprint = Buffer.from(digestBytes('sha256', signature), 'hex')
  return encodeDer(
    DER.sequence,
    encodeDerInteger(1),
    encodeDer(DER.sequence, SHA256, encodeDer(DER.octets, imprint)),
    encodeDer(DER.integer, integerOf(nonce)),
    TRUE,
  )
}

/**
 * Reads a TimeStampResp (section 2.4.2).
 *
 * @returns the same bytes: a bundle carries the whole answer
 */
export function parseTimestampResponse(
  response: Uint8Array,
  { signature, nonce }: TimestampQuestion,
): Result<Uint8Array, SigstoreSignProblem> {
  const read = parseDer(response, readResponse)
  if (!read.ok) return malformed(read.problems)
  const { status, info } = read.value
  // TS-1: granted, or granted with changes.
  if (status > 1) {
    return refuse({
      code: 'sign/timestamp-refused',
      message: `Expected a timestamp, found the status ${status} of RFC 3161 section 2.4.2`,
    })
  }
  if (info === undefined) return malformed()
  const imprint = Buffer.from(digestBytes('sha256', signature), 'hex')
  if (info.algorithm !== SHA256_OID || !equalBytes(info.imprint, imprint)) {
    return mismatch('over the signature', 'one over other bytes')
  }
  if (info.nonce === undefined || !equalBytes(info.nonce, integerOf(nonce))) {
    return mismatch('with the nonce of the request', 'one with another')
  }
  return accept(response)
}

interface TimestampInfo {
  readonly algorithm: string
  readonly imprint: Uint8Array
  readonly nonce: Uint8Array | undefined
}

interface TimestampAnswer {
  readonly status: number
  readonly info?: TimestampInfo
}

function readResponse(value: DerValue): TimestampAnswer {
  const fields = fieldsOf(value)
  const status = readCount(fieldsOf(fields.take(DER_TAGS.sequence)).take(DER_TAGS.integer))
  const token = fields.takeIf(DER_TAGS.sequence)
  fields.end()
  return token === undefined ? { status } : { status, info: readToken(fieldsOf(token)) }
}

/** ContentInfo, SignedData, EncapsulatedContentInfo (RFC 5652 sections 3, 5.1, 5.2), TSTInfo. */
function readToken(contentInfo: DerFields): TimestampInfo {
  takeOid(contentInfo, SIGNED_DATA)
  const signedData = fieldsOf(onlyChildOf(contentInfo.take(constructedTag(0)), constructedTag(0)))
  signedData.take(DER_TAGS.integer)
  signedData.take(DER_TAGS.set)
  const content = fieldsOf(signedData.take(DER_TAGS.sequence))
  takeOid(content, TST_INFO)
  const octets = readOctets(onlyChildOf(content.take(constructedTag(0)), constructedTag(0)))
  return readInfo(fieldsOf(readWhole(octets)))
}

function readInfo(info: DerFields): TimestampInfo {
  info.take(DER_TAGS.integer)
  info.take(DER_TAGS.oid)
  const messageImprint = fieldsOf(info.take(DER_TAGS.sequence))
  info.take(DER_TAGS.integer)
  info.take(DER_TAGS.generalizedTime)
  info.takeIf(DER_TAGS.sequence)
  info.takeIf(DER_TAGS.boolean)
  const nonce = info.takeIf(DER_TAGS.integer)
  const algorithm = fieldsOf(messageImprint.take(DER_TAGS.sequence))
  return {
    algorithm: readOid(algorithm.take(DER_TAGS.oid)),
    imprint: readOctets(messageImprint.take(DER_TAGS.octetString)),
    nonce: nonce && readIntegerBytes(nonce),
  }
}

function takeOid(fields: DerFields, expected: string): void {
  const found = readOid(fields.take(DER_TAGS.oid))
  if (found !== expected) failDer(`Expected the object identifier ${expected}, found ${found}`)
}

/** The nonce as a positive INTEGER in as few octets as can be. */
function integerOf(nonce: Uint8Array): Uint8Array {
  const first = nonce.findIndex((octet) => octet !== 0)
  const octets = nonce.subarray(first === -1 ? nonce.length - 1 : first)
  return (octets[0] ?? 0) < 0x80 ? octets : Buffer.concat([Uint8Array.of(0), octets])
}

function malformed(
  because: SigstoreSignProblem['because'] = [],
): Result<never, SigstoreSignProblem> {
  return refuse({
    code: 'sign/timestamp-response',
    message: 'Expected a response of RFC 3161 from the timestamp authority',
    because,
  })
}

function mismatch(expected: string, found: string): Result<never, SigstoreSignProblem> {
  return refuse({
    code: 'sign/timestamp-mismatch',
    message: `Expected a timestamp ${expected}, found ${found}`,
  })
}
