import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseDer } from '../../../src/core/index.ts'
import { encodeTimestampRequest, judgeTimestampResponse } from '../../../src/sign/index.ts'
import { codes, valueOf } from '../../trust/keys.ts'
import { boolean, integer, sequence } from '../../verify/sigstore/der-writer.ts'
import { SIGNED_AT } from '../../verify/sigstore/test-authority.ts'
import { makeTsa, stamp, type TokenOptions } from '../../verify/sigstore/test-timestamp.ts'

const SIGNATURE = Buffer.from('a signature')
const NONCE = Buffer.from('0102030405060708', 'hex')
const MINUTE = 60_000
const question = { signature: SIGNATURE, nonce: NONCE, now: SIGNED_AT }
const TSA = makeTsa()

interface Answer extends TokenOptions {
  readonly over?: Uint8Array
  /** `null` where there is none. */
  readonly nonce?: Uint8Array | null
}

/** A response over these bytes, with this nonce. */
function respond({ over = SIGNATURE, nonce = NONCE, ...options }: Answer = {}): Buffer {
  const infoFields = [
    sequence(integer(1)),
    boolean(true),
    ...(nonce === null ? [] : [integer(nonce)]),
  ]
  return stamp(TSA, over, { infoFields, ...options })
}

const judge = (answer: Answer) => codes(judgeTimestampResponse(respond(answer), question))

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

describe('judgeTimestampResponse()', () => {
  it('gives the response as it is', () => {
    const response = respond()
    expect(valueOf(judgeTimestampResponse(response, question))).toBe(response)
    expect(judge({ status: 1 })).toBe('accepted')
  })

  it('refuses a status that grants nothing (TS-1)', () => {
    for (const status of [2, 3, 4, 5, 99])
      expect(judge({ status })).toEqual(['sign/timestamp-refused'])
  })

  it('refuses a timestamp over other bytes, or by another digest (TS-3)', () => {
    expect(judge({ over: Buffer.from('another') })).toEqual(['sign/timestamp-mismatch'])
    expect(judge({ imprintDigest: 'sha512' })).toEqual(['sign/timestamp-mismatch'])
  })

  it('refuses a timestamp with another nonce, or none', () => {
    expect(judge({ nonce: Buffer.from('0102030405060709', 'hex') })).toEqual([
      'sign/timestamp-mismatch',
    ])
    expect(judge({ nonce: null })).toEqual(['sign/timestamp-mismatch'])
  })

  it('refuses a timestamp of another time than now, early or late', () => {
    const judgeAt = (now: number) =>
      codes(judgeTimestampResponse(respond(), { ...question, now: SIGNED_AT + now }))
    for (const skew of [-5 * MINUTE, 0, 5 * MINUTE]) expect(judgeAt(skew)).toBe('accepted')
    for (const skew of [-6 * MINUTE, 6 * MINUTE, 365 * 24 * 60 * MINUTE]) {
      expect([skew, judgeAt(skew)]).toEqual([skew, ['sign/timestamp-time']])
    }
  })

  it('refuses what is no response', () => {
    const cut = respond().subarray(0, -1)
    const granted = sequence(sequence(integer(0)))
    for (const response of [Buffer.from('{}'), Buffer.alloc(0), cut, granted]) {
      expect(codes(judgeTimestampResponse(response, question))).toEqual(['sign/timestamp-response'])
    }
    for (const answer of [
      { contentType: '1.2.840.113549.1.7.1' },
      { signedDataVersion: 1 },
      { signerCount: 2 },
      { failure: true },
      { infoVersion: 2 },
    ]) {
      expect([answer, judge(answer)]).toEqual([answer, ['sign/timestamp-response']])
    }
  })
})
