// Authorities: those that no root has, those that may not issue, and those that are not trusted at the time.

import {
  type AuthorityOptions,
  makeAuthority,
  makeRoot,
  SIGNED_AT,
  YEAR,
} from '../../test-authority.ts'
import { octets, sequence } from '../../der-writer.ts'
import { extension, IDS, makeKey, type TestExtension } from '../../test-certificate.ts'
import { createTestLog } from '../../test-log.ts'
import { makeTsa, stamp } from '../../test-timestamp.ts'
import type { Attack, Family } from '../attack.ts'
import { type Making, SEEN_AT, TSA } from '../scene.ts'

const MINUTE = 60_000
/** The certificate was good for ten minutes. */
const ENDED_AT = SIGNED_AT + 10 * MINUTE

const issuedBy = (options: AuthorityOptions): Making => ({ authority: makeAuthority(options) })

const withIntermediate = (...extensions: readonly TestExtension[]): Making =>
  issuedBy({
    changeIntermediate: (it) => ({
      ...it,
      extensions: [
        ...it.extensions.filter((one) => !extensions.some(({ id }) => id === one.id)),
        ...extensions,
      ],
    }),
  })

const withoutExtension = (id: string): Making =>
  issuedBy({
    changeIntermediate: (it) => ({
      ...it,
      extensions: it.extensions.filter((one) => one.id !== id),
    }),
  })

/** Log and timestamp authority saw the signature then. */
const seenAt = (at: number): Making => ({
  entries: ({ log, index }) => [log.entry(index, { at })],
  timestamps: ({ signature }) => [stamp(TSA, signature, { at })],
})

/** One timestamp, and no other time. */
const stampedAt = (...times: readonly number[]): Making => ({
  log: { generation: 2 },
  timestamps: ({ signature }) =>
    times.map((at, index) => stamp(TSA, signature, { at, serialNumber: Buffer.of(index + 1) })),
})

const loggedAt = (at: number): Making => ({
  entries: ({ log, index }) => [log.entry(index, { at })],
  timestamps: () => [],
})

/** Limits that only the extension says, and that nothing here checks. */
const NAME_LIMITS = {
  id: '2.5.29.30',
  value: sequence(),
}

const UNKNOWN: Attack = {
  ids: ['A-11'],
  defect: 'no root has the authority',
  codes: ['verify/certificate-authority-unknown'],
  ways: {
    'another instance': { root: () => ({ certificateAuthorities: [OTHER.authority] }) },
    'another key under its name': {
      root: () => ({ certificateAuthorities: [makeNamesake().authority] }),
    },
    'a root without authorities': { root: () => ({ certificateAuthorities: [] }) },
    'a timestamp authority of the same name': {
      root: () => ({
        certificateAuthorities: [],
        timestampAuthorities: [TSA.authority, makeAuthority().authority],
      }),
    },
  },
}

const OTHER = makeAuthority({ name: 'staging' })

/** As public-good and staging have it: one name, two keys. */
function makeNamesake() {
  const key = makeKey('P-384')
  return makeAuthority({
    changeIntermediate: (it) => ({
      ...it,
      key,
      extensions: it.extensions.map((one) =>
        one.id === IDS.subjectKeyId ? extension.subjectKeyId(key) : one,
      ),
    }),
  })
}

export const AUTHORITIES: Family = {
  name: 'authorities',
  attacks: [
    UNKNOWN,
    {
      ids: [],
      defect: 'the authority may not issue such a certificate',
      codes: ['verify/certificate-path'],
      ways: {
        'it is none': withIntermediate({ id: IDS.basicConstraints, value: sequence() }),
        'it does not say that it is one': withoutExtension(IDS.basicConstraints),
        'it may not sign certificates': withIntermediate(extension.keyUsage(0)),
        'it does not say what it may sign': withoutExtension(IDS.keyUsage),
        'it is for servers': withIntermediate(extension.purposes([IDS.serverAuth])),
        'it has a critical extension that is not known': withIntermediate({
          id: '1.2.3.4',
          value: octets(),
          isCritical: true,
        }),
        'its names are limited': withIntermediate({ ...NAME_LIMITS, isCritical: true }),
        'its names are limited, and not critically so': withIntermediate(NAME_LIMITS),
        'none may stand between it and the root': issuedBy({
          changeRoot: (it) => ({
            ...it,
            extensions: [extension.authority(0), ...it.extensions.slice(1)],
          }),
        }),
        'the root did not sign it': issuedBy({
          changeIntermediate: (it) => ({ ...it, issuerKey: makeKey('P-384') }),
        }),
        'the root is another': issuedBy({
          changeIntermediate: (it) => ({ ...it, issuer: 'another root' }),
        }),
        'SHA-1 (A-28)': issuedBy({
          changeIntermediate: (it) => ({ ...it, algorithm: 'ecdsa-sha1' }),
        }),
      },
      twin: withIntermediate(extension.purposes([IDS.codeSigning, IDS.serverAuth])),
    },
    {
      ids: ['A-16', 'A-23'],
      defect: 'the signature was seen outside the time of the certificate',
      codes: ['verify/certificate-time'],
      ways: {
        'a minute before': seenAt(SIGNED_AT - MINUTE),
        'a second before': seenAt(SIGNED_AT - 1_000),
        'a second after': seenAt(ENDED_AT + 1_000),
        'a minute after': seenAt(ENDED_AT + MINUTE),
        'by the log alone': loggedAt(ENDED_AT + 1_000),
        'by the timestamp alone': stampedAt(ENDED_AT + 1_000),
        'by the timestamp, not by the log': {
          timestamps: ({ signature }) => [stamp(TSA, signature, { at: ENDED_AT + 1_000 })],
        },
        'by the log, not by the timestamp': {
          entries: ({ log, index }) => [log.entry(index, { at: ENDED_AT + 1_000 })],
        },
      },
      twin: seenAt(ENDED_AT),
    },
    {
      ids: ['A-18'],
      defect: 'one authority backdates, and another is honest',
      codes: ['verify/certificate-time'],
      ways: {
        'the honest one second': stampedAt(SEEN_AT, SIGNED_AT + YEAR / 2),
        'the honest one first': stampedAt(SIGNED_AT + YEAR / 2, SEEN_AT),
      },
      twin: stampedAt(SEEN_AT, SEEN_AT + MINUTE),
      alike: 'one time outside is enough, whoever says it',
    },
    {
      ids: ['A-17', 'A-27', 'A-31'],
      defect: 'the authority was not trusted at that time, or a certificate of it not valid',
      codes: ['verify/certificate-authority-time'],
      ways: {
        'its intermediate had ended': issuedBy({
          changeIntermediate: (it) => ({ ...it, notAfter: SEEN_AT - 1_000 }),
        }),
        'its intermediate had not begun': issuedBy({
          changeIntermediate: (it) => ({ ...it, notBefore: SEEN_AT + 1_000 }),
        }),
        'its root had ended': issuedBy({
          changeRoot: (it) => ({ ...it, notAfter: SEEN_AT - 1_000 }),
        }),
        'its place in the trusted root had ended': issuedBy({
          validFor: { start: 0, end: SEEN_AT - 1 },
        }),
        'its place in the trusted root had not begun': issuedBy({
          validFor: { start: SEEN_AT + 1 },
        }),
      },
      twin: issuedBy({ validFor: { start: SEEN_AT, end: SEEN_AT } }),
    },
    {
      ids: ['A-11'],
      defect: 'the certificate is of one root, and the log of another',
      codes: ['verify/log-entry-missing', 'verify/log-unknown'],
      ways: {
        'two roots': {
          root: () => ({ transparencyLogs: [createTestLog({ name: 'own.example' }).log] }),
          moreRoots: [],
        },
      },
    },
    {
      ids: ['A-19'],
      defect: 'the timestamp is of another root than the certificate',
      codes: ['verify/timestamp-authority-unknown'],
      ways: {
        'two roots': {
          root: () => ({ timestampAuthorities: [makeTsa({ name: 'own' }).authority] }),
          moreRoots: [
            makeRoot({ certificateAuthorities: [], timestampAuthorities: [TSA.authority] }, 'b'),
          ],
        },
      },
      twin: { moreRoots: [makeRoot({ certificateAuthorities: [] }, 'b')] },
    },
  ],
}
