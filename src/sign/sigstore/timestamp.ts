// RFC 3161: the question to a timestamp authority, and its answer. Who signed the answer is judged when the bundle is verified.

import {
  accept,
  encodeTimestamp,
  equalBytes,
  type Instant,
  type Result,
  refuse,
} from '../../core/index.ts'
import { parseTimestampResponse } from '../../bundle/index.ts'
import { digestBytes } from '../../digest/index.ts'
import { DER, encodeDer, encodeDerInteger } from '../der.ts'
import type { SigstoreSignProblem } from './problem.ts'

/** 2.16.840.1.101.3.4.2.1, in the form without parameters (RFC 5754 section 2). */
const SHA256 = Buffer.from('300b0609608648016503040201', 'hex')
const SHA256_OID = '2.16.840.1.101.3.4.2.1'
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

/** How far two clocks that are right may be apart, in milliseconds: what Kerberos allows. */
const SKEW_MAX = 5 * 60_000

/**
 * Holds an answer against its question, and its time against the clock here: beside a key, nothing else would.
 *
 * @returns the same bytes: a bundle carries the whole answer
 */
export function judgeTimestampResponse(
  response: Uint8Array,
  { signature, nonce, now }: TimestampQuestion & { readonly now: Instant },
): Result<Uint8Array, SigstoreSignProblem> {
  const read = parseTimestampResponse(response)
  if (!read.ok) {
    return refuse({
      code: 'sign/timestamp-response',
      message: 'Expected a response of RFC 3161 from the timestamp authority',
      because: read.problems,
    })
  }
  // TS-1
  if ('refusedStatus' in read.value) {
    return refuse({
      code: 'sign/timestamp-refused',
      message: `Expected a timestamp, found the status ${read.value.refusedStatus} of RFC 3161 section 2.4.2`,
    })
  }
  const { info } = read.value.token
  const imprint = Buffer.from(digestBytes('sha256', signature), 'hex')
  if (info.imprintAlgorithm !== SHA256_OID || !equalBytes(info.imprint, imprint)) {
    return mismatch('over the signature', 'one over other bytes')
  }
  if (info.nonce === undefined || !equalBytes(info.nonce, integerOf(nonce))) {
    return mismatch('with the nonce of the request', 'one with another')
  }
  if (Math.abs(info.at - now) > SKEW_MAX) {
    return refuse({
      code: 'sign/timestamp-time',
      message: `Expected a timestamp within five minutes of the clock of this machine, ${encodeTimestamp(now)}, found one of ${encodeTimestamp(info.at)}`,
      hint: 'One of the two clocks is wrong; nothing was published or written',
    })
  }
  return accept(response)
}

/** The nonce as a positive INTEGER in as few octets as can be. */
function integerOf(nonce: Uint8Array): Uint8Array {
  const first = nonce.findIndex((octet) => octet !== 0)
  const octets = nonce.subarray(first === -1 ? nonce.length - 1 : first)
  return (octets[0] ?? 0) < 0x80 ? octets : Buffer.concat([Uint8Array.of(0), octets])
}

function mismatch(expected: string, found: string): Result<never, SigstoreSignProblem> {
  return refuse({
    code: 'sign/timestamp-mismatch',
    message: `Expected a timestamp ${expected}, found ${found}`,
  })
}
