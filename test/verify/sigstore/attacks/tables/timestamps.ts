// Timestamps: over other bytes, by others, and at other times.

import { explicit, octets, oid, sequence } from '../../der-writer.ts'
import { SIGNED_AT, YEAR } from '../../test-authority.ts'
import { makeKey } from '../../test-certificate.ts'
import { encodeToken, makeTsa, stamp, type TokenOptions } from '../../test-timestamp.ts'
import type { Family } from '../attack.ts'
import { type Making, SEEN_AT, TSA } from '../scene.ts'

/** One token of the trusted authority, made in one way. */
const token = (options: TokenOptions): Making => ({
  timestamps: ({ signature }) => [stamp(TSA, signature, { at: SEEN_AT, ...options })],
})

/** The bytes of the response, changed. */
const changed = (change: (response: Buffer) => Uint8Array): Making => ({
  timestamps: ({ signature }) => [change(stamp(TSA, signature, { at: SEEN_AT }))],
})

const EVIL = makeTsa({ name: 'evil', key: makeKey('P-256') })

/** Names itself like the trusted one, certificate and all, and signs with a key of its own. */
const NAMESAKE = makeTsa({ key: EVIL.key })

export const TIMESTAMPS: Family = {
  name: 'timestamps',
  attacks: [
    {
      ids: ['A-21'],
      defect: 'the timestamp is over other bytes than the signature',
      codes: ['verify/timestamp-imprint'],
      ways: {
        'the payload': {
          timestamps: ({ envelope }) => [stamp(TSA, envelope.payload, { at: SEEN_AT })],
        },
        'another signature': {
          timestamps: () => [stamp(TSA, Buffer.from('another'), { at: SEEN_AT })],
        },
        'the certificate': {
          timestamps: ({ certificate }) => [stamp(TSA, certificate, { at: SEEN_AT })],
        },
        'a part of the digest': token({ imprint: Buffer.alloc(31) }),
        'no digest': token({ imprint: Buffer.alloc(0) }),
      },
      twin: token({ imprintDigest: 'sha512' }),
    },
    {
      ids: ['A-21', 'A-28'],
      defect: 'the digest is too weak',
      codes: ['verify/timestamp-algorithm'],
      ways: {
        'MD5, of the signature': token({ imprintDigest: 'md5' }),
        'SHA-1, of the signature': token({ imprintDigest: 'sha1' }),
        'SHA-1, in the signature of the timestamp': token({ digest: 'sha1' }),
      },
    },
    {
      ids: ['A-21'],
      defect: 'the authority answered that it made none',
      codes: ['verify/timestamp-status'],
      ways: { rejection: token({ status: 2 }), waiting: token({ status: 3 }) },
      twin: token({ status: 1 }),
    },
    {
      ids: ['A-105'],
      defect: 'the timestamp is none of RFC 3161',
      codes: ['verify/timestamp-malformed'],
      ways: {
        'a byte after its end': changed((bytes) => Buffer.concat([bytes, Buffer.alloc(1)])),
        'its end cut off': changed((bytes) => bytes.subarray(0, -1)),
        'a bare token': {
          timestamps: ({ signature }) => [encodeToken(TSA, signature, { at: SEEN_AT })],
        },
        'two signers': token({ signerCount: 2 }),
        'no signer': token({ signerCount: 0 }),
        'no name of a certificate': token({ attribute: 'none' }),
        'a critical extension': token({
          infoFields: [explicit(1, sequence(oid('1.2.3'), Buffer.from('0101ff', 'hex'), octets()))],
        }),
        'a failure beside success': token({ failure: true }),
      },
    },
    {
      ids: ['A-11', 'A-20'],
      defect: 'no root has the authority',
      codes: ['verify/timestamp-authority-unknown'],
      ways: {
        another: { timestamps: ({ signature }) => [stamp(EVIL, signature, { at: SEEN_AT })] },
        'another, with its certificates': {
          timestamps: ({ signature }) => [
            stamp(EVIL, signature, {
              at: SEEN_AT,
              bag: [EVIL.certificate, EVIL.rootCertificate],
            }),
          ],
        },
        'beside a good one': {
          timestamps: ({ signature }) => [
            stamp(TSA, signature, { at: SEEN_AT }),
            stamp(EVIL, signature, { at: SEEN_AT }),
          ],
        },
      },
      twin: token({ bag: [EVIL.certificate] }),
    },
    {
      ids: ['A-20'],
      defect: 'what the signer signed names another certificate than the trusted one',
      codes: ['verify/timestamp-signer'],
      ways: {
        'another of the same authority': token({ namedCertificate: EVIL.certificate }),
        'in the older form': token({ namedCertificate: EVIL.certificate, attribute: 'v1' }),
        'a namesake in front of the bag': token({
          namedCertificate: NAMESAKE.certificate,
          bag: [NAMESAKE.certificate, TSA.certificate],
        }),
      },
      twin: token({ attribute: 'both' }),
    },
    {
      ids: ['A-20'],
      defect: 'another key signed, in the name of the trusted authority',
      codes: ['verify/timestamp-signature-invalid'],
      ways: {
        alone: token({ signingKey: EVIL.key }),
        'with its certificate in the bag': token({
          signingKey: EVIL.key,
          bag: [NAMESAKE.certificate],
        }),
        'named by its key': token({ signingKey: EVIL.key, signerName: 'key-id' }),
      },
      twin: token({ signerName: 'key-id' }),
    },
    {
      ids: ['A-20'],
      defect: 'the content was put in after the signing',
      codes: ['verify/timestamp-digest'],
      ways: {
        'an earlier time': token({
          swapContent: (content) =>
            Buffer.from(
              content.toString('latin1').replace('20260110120100', '20260110120000'),
              'latin1',
            ),
        }),
        'another digest is signed': token({ messageDigest: Buffer.alloc(32) }),
      },
    },
    {
      ids: ['A-09'],
      defect: 'the same timestamp is there twice',
      codes: ['verify/timestamp-duplicate'],
      ways: {
        'as it is': {
          timestamps: ({ signature }) => {
            const one = stamp(TSA, signature, { at: SEEN_AT })
            return [one, one]
          },
        },
        'wrapped in another way': {
          timestamps: ({ signature }) => [
            stamp(TSA, signature, { at: SEEN_AT }),
            stamp(TSA, signature, { at: SEEN_AT, bag: [TSA.certificate] }),
          ],
        },
      },
      twin: {
        timestamps: ({ signature }) => [
          stamp(TSA, signature, { at: SEEN_AT }),
          stamp(TSA, signature, { at: SEEN_AT + 1_000, serialNumber: Buffer.of(2) }),
        ],
      },
    },
    {
      ids: ['A-18', 'A-23'],
      defect: 'the timestamp lies in the future of the certificate',
      codes: ['verify/certificate-time'],
      ways: {
        'a minute': token({ at: SIGNED_AT + 11 * 60_000 }),
        'half a year': token({ at: SIGNED_AT + YEAR / 2 }),
        'a fraction of a second': token({ at: SIGNED_AT + 10 * 60_000, fraction: '001' }),
      },
      twin: token({ at: SIGNED_AT + 9 * 60_000, fraction: '5' }),
    },
    {
      ids: ['SJ-17'],
      defect: 'the time has a fraction of any length',
      codes: [],
      ways: {
        'a digit': token({ fraction: '5' }),
        'two digits': token({ fraction: '25' }),
        'six digits': token({ fraction: '123456' }),
      },
    },
    {
      ids: ['A-47'],
      defect: 'a timestamp is asked for, and there is none',
      codes: ['verify/timestamp-missing'],
      ways: { none: { timestamps: () => [], expectation: { requireTimestamp: true } } },
      twin: { expectation: { requireTimestamp: true } },
    },
  ],
}
