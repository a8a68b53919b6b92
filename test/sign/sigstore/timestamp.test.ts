import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseDer } from '../../../src/core/index.ts'
import { encodeTimestampRequest, parseTimestampResponse } from '../../../src/sign/index.ts'
import { codes, valueOf } from '../../trust/keys.ts'
import {
  boolean,
  explicit,
  generalizedTime,
  integer,
  octets,
  oid,
  sequence,
  set,
} from '../../verify/sigstore/der-writer.ts'

const SIGNATURE = Buffer.from('a signature')
const NONCE = Buffer.from('0102030405060708', 'hex')
const SHA256 = '2.16.840.1.101.3.4.2.1'
const question = { signature: SIGNATURE, nonce: NONCE }

interface Answer {
  readonly status?: number
  readonly algorithm?: string
  readonly over?: Uint8Array
  readonly nonce?: Uint8Array | undefined
  readonly content?: string
  readonly info?: string
}

/** A response as far as it is read here: nobody has signed it. */
function respond({
  status = 0,
  algorithm = SHA256,
  over = SIGNATURE,
  nonce = NONCE,
  content = '1.2.840.113549.1.7.2',
  info = '1.2.840.113549.1.9.16.1.4',
  ...rest
}: Answer = {}): Buffer {
  const imprint = createHash('sha256').update(over).digest()
  const isNonceSent = !('nonce' in rest) && nonce.length > 0
  const timestampInfo = sequence(
    integer(1),
    oid('1.2.3'),
    sequence(sequence(oid(algorithm)), octets(imprint)),
    integer(7),
    generalizedTime(Date.UTC(2026, 0, 1)),
    sequence(integer(1)),
    boolean(true),
    ...(isNonceSent ? [integer(nonce)] : []),
  )
  const signedData = sequence(
    integer(3),
    set(),
    sequence(oid(info), explicit(0, octets(timestampInfo))),
    set(),
  )
  const token = sequence(oid(content), explicit(0, signedData))
  return sequence(sequence(integer(status)), ...(status > 1 ? [] : [token]))
}

const judge = (answer: Answer) => codes(parseTimestampResponse(respond(answer), question))

describe('encodeTimestampRequest()', () => {
  it('asks for SHA-256 of the signature, with the nonce and the certificate', () => {
    const imprint = createHash('sha256').update(SIGNATURE).digest('hex')
    const request = Buffer.from(encodeTimestampRequest(question)).toString('hex')
    expect(request).toBe(
      `3041020101302f300b06096086480165030402010420${imprint}0208${NONCE.toString('hex')}0101ff`,
    )
    valueOf(parseDer(encodeTimestampRequest(question), () => true))
  })

  it('writes every nonce as a positive number in as few octets as can be', () => {
    for (const [nonce, expected] of [
      ['0000000000000001', '020101'],
      ['00000000000000ff', '020200ff'],
      ['8000000000000000', '0209008000000000000000'],
      ['0000000000000000', '020100'],
    ] as const) {
      const request = encodeTimestampRequest({ ...question, nonce: Buffer.from(nonce, 'hex') })
      expect(Buffer.from(request).toString('hex')).toContain(`${expected}0101ff`)
    }
  })
})

describe('parseTimestampResponse()', () => {
  it('gives the response as it is', () => {
    const response = respond()
    expect(valueOf(parseTimestampResponse(response, question))).toBe(response)
    expect(judge({ status: 1 })).toBe('accepted')
  })

  it('refuses a status that grants nothing (TS-1)', () => {
    for (const status of [2, 3, 4, 5, 99])
      expect(judge({ status })).toEqual(['sign/timestamp-refused'])
  })

  it('refuses a timestamp over other bytes, or by another digest (TS-3)', () => {
    expect(judge({ over: Buffer.from('another') })).toEqual(['sign/timestamp-mismatch'])
    expect(judge({ algorithm: '1.3.14.3.2.26' })).toEqual(['sign/timestamp-mismatch'])
  })

  it('refuses a timestamp with another nonce, or none', () => {
    expect(judge({ nonce: Buffer.from('0102030405060709', 'hex') })).toEqual([
      'sign/timestamp-mismatch',
    ])
    expect(judge({ nonce: Buffer.alloc(0) })).toEqual(['sign/timestamp-mismatch'])
  })

  it('refuses what is no response', () => {
    const cut = respond().subarray(0, -1)
    const granted = sequence(sequence(integer(0)))
    for (const response of [Buffer.from('{}'), Buffer.alloc(0), cut, granted]) {
      expect(codes(parseTimestampResponse(response, question))).toEqual(['sign/timestamp-response'])
    }
    expect(judge({ content: '1.2.840.113549.1.7.1' })).toEqual(['sign/timestamp-response'])
    expect(judge({ info: '1.2.840.113549.1.7.1' })).toEqual(['sign/timestamp-response'])
  })
})
