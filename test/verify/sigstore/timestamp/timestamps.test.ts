import { describe, expect, it } from 'vitest'
import { checkTimestamps } from '../../../../src/verify/sigstore/timestamp/timestamps.ts'
import {
  boolean,
  explicit,
  implicit,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  utcTime,
} from '../der-writer.ts'
import { SIGNED_AT } from '../test-authority.ts'
import { IDS, makeKey, nameOf } from '../test-certificate.ts'
import { attribute, makeTsa, stamp, type TokenOptions, TSA_RSA_KEY } from '../test-timestamp.ts'
import { codesOf, judge, judgeTsa, ROOT, SIGNATURE, TSA, without } from './question.ts'

describe('checkTimestamps()', () => {
  it('accepts the timestamp of an authority that the root knows', () => {
    const { checks, times } = checkTimestamps([stamp(TSA, SIGNATURE)], SIGNATURE, [ROOT])
    expect(checks.map(({ outcome }) => outcome)).toEqual(['accepted'])
    expect(times).toEqual([{ at: SIGNED_AT, authority: TSA.authority, root: ROOT }])
  })

  it('has nothing to say where there is no timestamp', () => {
    expect(checkTimestamps([], SIGNATURE, [ROOT])).toEqual({ checks: [], times: [] })
  })

  it.each<[string, TokenOptions]>([
    ['granted with modifications (TS-1)', { status: 1 }],
    ['over SHA-384', { imprintDigest: 'sha384' }],
    ['over SHA-512', { imprintDigest: 'sha512' }],
    ['signed over SHA-384', { digest: 'sha384' }],
    ['signed over SHA-512', { digest: 'sha512' }],
    ['that names its signer by the key', { signerName: 'key-id' }],
    ['with the older attribute for its certificate', { attribute: 'v1' }],
    ['with both attributes for its certificate', { attribute: 'both' }],
    ['whose attribute says its digest', { attribute: 'v2-sha512' }],
    ['that brings its certificates along', { bag: [TSA.certificate, TSA.rootCertificate] }],
    ['with attributes that nobody signed', { unsignedAttributes: attribute('1.2.3', nothing()) }],
    [
      'with more attributes',
      { moreAttributes: [attribute('1.2.840.113549.1.9.5', utcTime(SIGNED_AT))] },
    ],
    [
      'with a serial number of 160 bits (TS-5)',
      { serialNumber: Buffer.concat([Buffer.alloc(1), Buffer.alloc(20, 0xff)]) },
    ],
    ['with a negative serial number', { serialNumber: Buffer.from('deadbeef', 'hex') }],
    ['without more than it needs', { infoFields: [] }],
    [
      'with every field',
      {
        infoFields: [
          sequence(
            integer(1),
            implicit(0, Buffer.from([9])),
            implicit(1, Buffer.from('03e7', 'hex')),
          ),
          boolean(true),
          integer(77),
          explicit(0, explicit(4, nameOf('tsa'))),
          explicit(1, sequence(oid('1.2.3'), octets())),
        ],
      },
    ],
    ['with an empty accuracy', { infoFields: [sequence()] }],
  ])('accepts a timestamp %s', (_, options) => {
    expect(judge(options)).toEqual([])
  })

  it.each([
    ['P-256', makeKey('P-256')],
    ['P-521', makeKey('P-521')],
  ])('accepts an authority with a key on %s', (_, key) => {
    expect(judgeTsa({ key })).toEqual([])
  })

  it('accepts an authority with an RSA key, in each of the two ways to name it', () => {
    const key = TSA_RSA_KEY
    for (const signatureAlgorithm of ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.11']) {
      expect(judgeTsa({ key }, { signatureAlgorithm })).toEqual([])
    }
    const other = { signatureAlgorithm: '1.2.840.113549.1.1.13' }
    expect(judgeTsa({ key }, other)).toEqual(['verify/timestamp-algorithm'])
  })

  it('refuses the answer of an authority that made none (A-21)', () => {
    for (const status of [2, 3, 5]) {
      expect(judge({ status })).toEqual(['verify/timestamp-status'])
    }
  })

  it('refuses a timestamp over other bytes than the signature (SB-5)', () => {
    expect(codesOf([stamp(TSA, Buffer.from('the artifact'))])).toEqual(['verify/timestamp-imprint'])
    expect(judge({ imprint: Buffer.alloc(31) })).toEqual(['verify/timestamp-imprint'])
  })

  it('refuses weak digests, of the signature and in its own (A-21, A-28)', () => {
    for (const imprintDigest of ['md5', 'sha1'] as const) {
      expect(judge({ imprintDigest })).toEqual(['verify/timestamp-algorithm'])
    }
    expect(judge({ digest: 'sha1' })).toEqual(['verify/timestamp-algorithm'])
  })

  it('refuses a signature by another algorithm than it says', () => {
    expect(judge({ signatureAlgorithm: '1.2.840.10045.4.3.3' })).toEqual([
      'verify/timestamp-algorithm',
    ])
    expect(judge({ signatureAlgorithm: '1.2.840.113549.1.1.1' })).toEqual([
      'verify/timestamp-algorithm',
    ])
  })

  it('refuses an authority that no root knows, also where it brings its certificates along', () => {
    const stranger = makeTsa({ name: 'stranger' })
    const bag = [stranger.certificate, stranger.rootCertificate]
    for (const options of [{}, { bag }, { signerName: 'key-id' }] as const) {
      const tsa = options === undefined ? stranger : makeTsa({ name: 'stranger', key: makeKey() })
      expect(codesOf([stamp(tsa, SIGNATURE, options)])).toEqual([
        'verify/timestamp-authority-unknown',
      ])
    }
    expect(checkTimestamps([stamp(TSA, SIGNATURE)], SIGNATURE, []).checks[0]?.code).toBe(
      'verify/timestamp-authority-unknown',
    )
  })

  it('finds no signer by its key where the certificate of the authority names none', () => {
    const tsa = makeTsa({
      changeSigner: (it) => ({ ...it, extensions: without(it.extensions, IDS.subjectKeyId) }),
    })
    expect(judge({}, tsa)).toEqual([])
    expect(judge({ signerName: 'key-id' }, tsa)).toEqual(['verify/timestamp-authority-unknown'])
  })

  it('refuses a token that another key signed', () => {
    expect(judge({ signingKey: makeKey('P-384') })).toEqual(['verify/timestamp-signature-invalid'])
  })

  it('refuses a token whose signed attributes name another certificate (A-20)', () => {
    const stranger = makeTsa({ name: 'stranger' })
    for (const kind of ['v1', 'v2', 'v2-sha512', 'both'] as const) {
      expect(judge({ attribute: kind, namedCertificate: stranger.certificate })).toEqual([
        'verify/timestamp-signer',
      ])
    }
  })

  it('refuses a foreign signer that hides behind the certificate of a trusted one (A-20)', () => {
    const stranger = makeTsa({ name: 'stranger', key: makeKey() })
    const bag = [TSA.certificate, stranger.certificate]
    expect(codesOf([stamp(stranger, SIGNATURE, { bag })])).toEqual([
      'verify/timestamp-authority-unknown',
    ])
    const posing = { ...stranger, issuerName: TSA.issuerName }
    expect(codesOf([stamp(posing, SIGNATURE, { bag, digest: 'sha384' })])).toEqual([
      'verify/timestamp-signer',
      'verify/timestamp-signature-invalid',
    ])
  })

  it('demands that the signed name of the issuer and the serial number fit as well', () => {
    const issuerSerial = (name: string, serial: number) =>
      sequence(sequence(explicit(4, nameOf(name))), integer(serial))
    expect(judge({ issuerSerial: issuerSerial('tsa root', 300) })).toEqual([])
    expect(judge({ issuerSerial: issuerSerial('another', 300) })).toEqual([
      'verify/timestamp-signer',
    ])
    expect(judge({ issuerSerial: issuerSerial('tsa root', 301) })).toEqual([
      'verify/timestamp-signer',
    ])
  })

  it('refuses an attribute that names its certificate by a digest that does not count', () => {
    const md5 = attribute(
      '1.2.840.113549.1.9.16.2.47',
      sequence(sequence(sequence(sequence(oid('1.2.840.113549.2.5')), octets(Buffer.alloc(16))))),
    )
    expect(judge({ attribute: 'none', moreAttributes: [md5] })).toEqual(['verify/timestamp-signer'])
  })

  it('refuses a token whose content was put in after the signing', () => {
    const swapContent = (content: Buffer) =>
      Buffer.from(
        content.toString('latin1').replace('20260110120000Z', '20260110120001Z'),
        'latin1',
      )
    expect(judge({ swapContent })).toEqual(['verify/timestamp-digest'])
    expect(judge({ messageDigest: Buffer.alloc(32) })).toEqual(['verify/timestamp-digest'])
  })

  it('tells imprint and authority both, where both are wrong', () => {
    expect(codesOf([stamp(makeTsa({ name: 'stranger' }), Buffer.from('other'))])).toEqual([
      'verify/timestamp-imprint',
      'verify/timestamp-authority-unknown',
    ])
  })

  it('refuses the same timestamp twice, however it is wrapped, and accepts two', () => {
    const twice = stamp(TSA, SIGNATURE, { bag: [TSA.certificate] })
    const second = stamp(TSA, SIGNATURE, { serialNumber: Buffer.from([2]) })
    expect(codesOf([stamp(TSA, SIGNATURE), twice])).toEqual(['verify/timestamp-duplicate'])
    expect(codesOf([stamp(TSA, SIGNATURE), second])).toEqual([])
  })

  it('judges every timestamp: one that does not hold is told beside one that does', () => {
    const { checks, times } = checkTimestamps(
      [stamp(TSA, SIGNATURE), stamp(TSA, Buffer.from('other'))],
      SIGNATURE,
      [ROOT],
    )
    expect(checks.map(({ outcome }) => outcome)).toEqual(['accepted', 'rejected'])
    expect(times.length).toBe(1)
  })
})
