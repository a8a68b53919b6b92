// Timestamp authorities that a trusted root has, and that may not vouch for a time, or may no more.

import { generateKeyPairSync } from 'node:crypto'
import { nothing } from '../../der-writer.ts'
import { extension, IDS, makeKey, type TestExtension } from '../../test-certificate.ts'
import {
  makeTsa,
  stamp,
  type TestDigest,
  type TestTsa,
  type TokenOptions,
  TSA_RSA_KEY,
  type TsaOptions,
} from '../../test-timestamp.ts'
import type { Family } from '../attack.ts'
import { type Making, SEEN_AT, TSA } from '../scene.ts'

/** A good token of an authority that is trusted and was made in one way. */
const by = (options: TsaOptions, more: readonly TestTsa[] = []): Making => {
  const tsa = makeTsa(options)
  return {
    root: () => ({
      timestampAuthorities: [tsa.authority, ...more.map(({ authority }) => authority)],
    }),
    timestamps: ({ signature }) => [stamp(tsa, signature, { at: SEEN_AT })],
  }
}

const byCertificate = (...extensions: readonly TestExtension[]): Making =>
  by({
    changeSigner: (it) => ({
      ...it,
      extensions: [
        ...it.extensions.filter((one) => !extensions.some(({ id }) => id === one.id)),
        ...extensions,
      ],
    }),
  })

const RSA = makeTsa({ key: TSA_RSA_KEY })

const byRsa = (
  digest: TestDigest,
  signatureAlgorithm: string,
  options: TokenOptions = {},
): Making => ({
  root: () => ({ timestampAuthorities: [RSA.authority] }),
  timestamps: ({ signature }) => [
    stamp(RSA, signature, { at: SEEN_AT, digest, signatureAlgorithm, ...options }),
  ],
})

const OTHER = makeTsa({ name: 'other', key: makeKey('P-256') })

export const TIMESTAMP_AUTHORITIES: Family = {
  name: 'timestamp authorities',
  attacks: [
    {
      ids: ['A-21'],
      defect: 'the certificate of the authority is not made for timestamps, and for those alone',
      codes: ['verify/timestamp-certificate'],
      ways: {
        'not critical': byCertificate(extension.purposes([IDS.timeStamping])),
        'another purpose too': byCertificate(
          extension.purposes([IDS.timeStamping, IDS.codeSigning], true),
        ),
        'another purpose': byCertificate(extension.purposes([IDS.codeSigning], true)),
        'an authority': byCertificate(extension.authority()),
        'a key for other uses': byCertificate(extension.keyUsage(5)),
        'a critical extension that is not known': byCertificate({
          id: '1.2.3.4',
          value: nothing(),
          isCritical: true,
        }),
      },
    },
    {
      ids: ['A-19'],
      defect: 'the certificates of the authority are no path',
      codes: ['verify/timestamp-certificate-path'],
      ways: {
        'another issuer': by({ changeSigner: (it) => ({ ...it, issuer: 'another' }) }),
        'another root': by({ changeSigner: (it) => ({ ...it, issuerKey: makeKey('P-384') }) }),
        'SHA-1': by({ changeSigner: (it) => ({ ...it, algorithm: 'ecdsa-sha1' }) }),
      },
    },
    {
      ids: ['A-17'],
      defect: 'a certificate of the authority was not valid at the time that it says',
      codes: ['verify/timestamp-certificate-time'],
      ways: {
        'the signing one had ended': by({
          changeSigner: (it) => ({ ...it, notAfter: SEEN_AT - 1_000 }),
        }),
        'the signing one had not begun': by({
          changeSigner: (it) => ({ ...it, notBefore: SEEN_AT + 1_000 }),
        }),
        'the root had ended': by({ changeRoot: (it) => ({ ...it, notAfter: SEEN_AT - 1_000 }) }),
      },
      twin: by({ changeSigner: (it) => ({ ...it, notBefore: SEEN_AT, notAfter: SEEN_AT }) }),
    },
    {
      ids: ['A-19', 'A-27'],
      defect: 'the authority was not trusted at the time that it says',
      codes: ['verify/timestamp-authority-time'],
      ways: {
        retired: by({ validFor: { start: 0, end: SEEN_AT - 1 } }),
        'retired, and another is not': by({ validFor: { start: 0, end: SEEN_AT - 1 } }, [OTHER]),
        'not trusted yet': by({ validFor: { start: SEEN_AT + 1 } }),
      },
      twin: by({ validFor: { start: SEEN_AT, end: SEEN_AT } }),
    },
    {
      ids: ['SJ-19'],
      defect: 'the timestamp is signed in a way that the second verifier can not read',
      codes: [],
      ways: {
        'by a name of the key': {
          timestamps: ({ signature }) => [
            stamp(TSA, signature, { at: SEEN_AT, signerName: 'key-id' }),
          ],
        },
        'by RSA over SHA-512': byRsa('sha512', '1.2.840.113549.1.1.13'),
        'by RSA over SHA-384, unsaid': byRsa('sha384', '1.2.840.113549.1.1.1'),
        'by RSA over SHA-256': byRsa('sha256', '1.2.840.113549.1.1.11'),
      },
    },
    {
      ids: ['SJ-19'],
      defect: 'another key signed in a way that the second verifier can not read',
      codes: ['verify/timestamp-signature-invalid'],
      ways: {
        'by RSA over SHA-512': byRsa('sha512', '1.2.840.113549.1.1.13', {
          signingKey: generateKeyPairSync('rsa', { modulusLength: 2_048 }),
        }),
      },
      twin: byRsa('sha512', '1.2.840.113549.1.1.13'),
    },
  ],
}
