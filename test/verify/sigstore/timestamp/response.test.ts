import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeHex } from '../../../../src/core/index.ts'
import { checkTimestamps } from '../../../../src/verify/sigstore/timestamp/timestamps.ts'
import { boolean, explicit, implicit, integer, octets, oid, sequence, utf8 } from '../der-writer.ts'
import { attribute, encodeToken, stamp, type TokenOptions } from '../test-timestamp.ts'
import { codesOf, judge, MALFORMED, ROOT, SIGNATURE, TSA } from './question.ts'

describe('a timestamp that can not be read', () => {
  const good = stamp(TSA, SIGNATURE)

  it.each<[string, TokenOptions]>([
    ['no signature', { signerCount: 0 }],
    ['two signatures', { signerCount: 2 }],
    ['a failure beside a status of success', { failure: true }],
    ['signed data of another version', { signedDataVersion: 1 }],
    ['information of another version', { infoVersion: 2 }],
    ['content of another type', { contentType: '1.2.840.113549.1.7.1' }],
    ['a signer of another version', { signerVersion: 2 }],
    ['a key identifier under the version of names', { signerName: 'key-id', signerVersion: 1 }],
    ['no certificate among what is signed (TS-2)', { attribute: 'none' }],
    [
      'the same attribute twice',
      { moreAttributes: [attribute('1.2.840.113549.1.9.4', octets(Buffer.alloc(32)))] },
    ],
    [
      'a certificate attribute without certificates',
      {
        attribute: 'none',
        moreAttributes: [attribute('1.2.840.113549.1.9.16.2.47', sequence(sequence()))],
      },
    ],
    ['a set of digests without its own', { digests: ['sha512'] }],
    ['a serial number above 160 bits', { serialNumber: Buffer.alloc(22, 1) }],
    [
      'an accuracy of 1000 milliseconds',
      { infoFields: [sequence(implicit(0, Buffer.from('03e8', 'hex')))] },
    ],
    ['an accuracy of no microseconds', { infoFields: [sequence(implicit(1, Buffer.from([0])))] }],
    ['a negative accuracy', { infoFields: [sequence(integer(Buffer.from([0xff])))] }],
    ['an order that is the default', { infoFields: [boolean(false)] }],
    [
      'a critical extension',
      { infoFields: [explicit(1, sequence(oid('1.2.3'), boolean(true), octets()))] },
    ],
    ['a field that is not known', { infoFields: [utf8('more')] }],
  ])('has %s', (_, options) => {
    expect(judge(options)).toEqual(MALFORMED)
  })

  it.each([
    ['a bare token', encodeToken(TSA, SIGNATURE)],
    ['its end cut off', good.subarray(0, -1)],
    ['a byte after its end', Buffer.concat([good, Buffer.alloc(1)])],
    ['no token', sequence(sequence(integer(0)))],
    ['no status', sequence(sequence())],
    [
      'other data than signed',
      sequence(
        sequence(integer(0)),
        sequence(oid('1.2.840.113549.1.7.1'), explicit(0, sequence())),
      ),
    ],
    ['text', Buffer.from('timestamp')],
    ['nothing', Buffer.alloc(0)],
  ])('is %s', (_, der) => {
    expect(codesOf([der])).toEqual(MALFORMED)
  })

  it('is never accepted with a bit changed, and never makes the check throw', () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(7), (at, bit) => {
        const changed = Uint8Array.from(good)
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        const { times, checks } = checkTimestamps([changed], SIGNATURE, [ROOT])
        expect(checks.length).toBeGreaterThan(0)
        // The status stands outside of what is signed, and 1 says the same as 0.
        if (times.length > 0) expect(encodeHex(changed.subarray(6, 9))).toBe('020101')
      }),
      { numRuns: 500 },
    )
  })

  it('is what no random bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(codesOf([bytes]).length).toBe(1)
      }),
    )
  })
})
