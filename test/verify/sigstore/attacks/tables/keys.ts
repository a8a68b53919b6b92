// Signatures by a key of the trust document, with log entries and timestamps that are judged by a trusted root.

import { generateKeyPairSync, sign } from 'node:crypto'
import { encodePae } from '../../../../../src/bundle/index.ts'
import { encodePem, parsePublicKey, type TrustedKey } from '../../../../../src/trust/index.ts'
import { LEAF_KEY, SIGNED_AT, YEAR } from '../../test-authority.ts'
import { dsseV1, envelopeV2 } from '../../test-bodies.ts'
import { makeKey, spkiOf } from '../../test-certificate.ts'
import { stamp } from '../../test-timestamp.ts'
import type { Family } from '../attack.ts'
import { type Made, type Making, SEEN_AT, TSA } from '../scene.ts'

const PUBLIC_KEY = readKey()
const MINUTE = 60_000

function readKey() {
  const key = parsePublicKey(Buffer.from(encodePem('PUBLIC KEY', spkiOf(LEAF_KEY))))
  if (!key.ok) throw new Error(key.problems[0].message)
  return key.value
}

/** The key in place of the certificate, with no witness but those of the making. */
function keyed(key: Partial<TrustedKey>, making: Making = {}): Making {
  return {
    entries: () => [],
    timestamps: () => [],
    ...making,
    bundle: (bundle, made) => ({
      ...(making.bundle?.(bundle, made) ?? bundle),
      keyMaterial: { kind: 'public-key', hint: PUBLIC_KEY.keyId },
    }),
    trust: (trust) => ({
      ...trust,
      identities: [],
      keys: [{ name: 'key', publicKey: PUBLIC_KEY, roles: ['release'], ...key }],
    }),
  }
}

const stampedAt = (at: number): Making => ({
  timestamps: ({ signature }) => [stamp(TSA, signature, { at })],
})

/** Twice, the later time first. */
const SEEN_TWICE: Making = {
  timestamps: ({ signature }) => [
    stamp(TSA, signature, { at: SEEN_AT + 2_000, serialNumber: Buffer.of(2) }),
    stamp(TSA, signature, { at: SEEN_AT }),
  ],
}

/** The log holds the signature by the key, as it is or changed. */
const loggedAt = (
  at: number,
  change: (envelope: Made['envelope']) => Made['envelope'] = (same) => same,
): Making => ({
  entries: ({ log, envelope }) => {
    const index = log.append(dsseV1(change(envelope), { spki: spkiOf(LEAF_KEY) }))
    return [log.entry(index, { at })]
  },
})

/** The log holds it, and neither it nor anybody else says since when. */
const loggedUndated = (end: number | undefined, making: Making = {}): Making => ({
  log: { generation: 2, validFor: { start: SIGNED_AT - YEAR, ...(end !== undefined && { end }) } },
  entries: ({ log, envelope }) => {
    const index = log.append(envelopeV2(envelope, { spki: spkiOf(LEAF_KEY) }))
    return [log.entry(index)]
  },
  ...making,
})

const REVOKED_AT = SEEN_AT
const retired = { revoked: { at: REVOKED_AT, reason: 'retired' } } as const
const compromised = { revoked: { at: REVOKED_AT, reason: 'compromised' } } as const
const BEFORE = REVOKED_AT - MINUTE

export const KEYS: Family = {
  name: 'keys',
  attacks: [
    {
      ids: ['A-22', 'SJ-8'],
      defect: 'the key was not valid any more',
      codes: ['verify/key-expired'],
      ways: {
        'and there is no time': keyed({ notAfter: SEEN_AT }),
        'by a timestamp': keyed({ notAfter: SEEN_AT }, stampedAt(SEEN_AT + 1_000)),
        'by a log': keyed({ notAfter: SEEN_AT }, loggedAt(SEEN_AT + 1_000)),
        'by one of two timestamps': keyed(
          { notAfter: SEEN_AT },
          {
            timestamps: ({ signature }) => [
              stamp(TSA, signature, { at: SEEN_AT }),
              stamp(TSA, signature, { at: SEEN_AT + 1_000, serialNumber: Buffer.of(2) }),
            ],
          },
        ),
      },
      twin: keyed({ notAfter: SEEN_AT }, stampedAt(SEEN_AT)),
    },
    {
      ids: ['A-22'],
      defect: 'the key was not valid yet',
      codes: ['verify/key-not-yet-valid'],
      ways: { 'by a timestamp': keyed({ notBefore: SEEN_AT }, stampedAt(SEEN_AT - 1_000)) },
      twin: keyed({ notBefore: SEEN_AT }, stampedAt(SEEN_AT)),
    },
    {
      ids: ['A-22'],
      defect: 'the key was retired',
      codes: ['verify/key-retired'],
      ways: {
        'and there is no time': keyed(retired),
        'before the timestamp': keyed(retired, stampedAt(REVOKED_AT + MINUTE)),
      },
      twin: keyed(retired, stampedAt(BEFORE)),
    },
    {
      ids: ['A-22', 'A-32'],
      defect: 'the key is compromised, and nothing independent shows that the signature is older',
      codes: ['verify/key-compromised'],
      ways: {
        'no time': keyed(compromised),
        'a time that the verifier asks for': keyed(compromised, { request: { at: BEFORE } }),
        'a timestamp after it': keyed(compromised, stampedAt(REVOKED_AT + MINUTE)),
        'a log after it': keyed(compromised, loggedAt(REVOKED_AT + MINUTE)),
      },
      twin: keyed(compromised, stampedAt(BEFORE)),
    },
    {
      ids: ['A-05'],
      defect: 'the time is of a log entry that is about another signature',
      codes: ['verify/key-compromised', 'verify/log-signature-mismatch'],
      ways: {
        'of the same key': keyed(
          compromised,
          loggedAt(BEFORE, (envelope) => ({
            ...envelope,
            signature: sign(
              'sha256',
              encodePae(envelope.payloadType, envelope.payload),
              LEAF_KEY.privateKey,
            ),
          })),
        ),
      },
      twin: keyed(compromised, loggedAt(BEFORE)),
    },
    {
      ids: ['A-04'],
      defect: 'the time of the log entry is signed by nobody',
      codes: ['verify/key-compromised'],
      ways: {
        'the promise is gone': keyed(compromised, {
          entries: ({ log, envelope }) => {
            const index = log.append(dsseV1(envelope, { spki: spkiOf(LEAF_KEY) }))
            return [log.entry(index, { at: BEFORE, promise: false })]
          },
        }),
      },
      twin: keyed(compromised, loggedAt(BEFORE)),
      alike: 'without a time the key is as compromised as with a late one',
    },
    {
      ids: ['A-11'],
      defect: 'a log entry is demanded, and it is of a log that no root has',
      codes: ['verify/log-entry-missing'],
      ways: {
        'by the trust document': keyed(
          { requires: ['log'] },
          { ...loggedAt(SEEN_AT), root: () => ({ transparencyLogs: [] }) },
        ),
        'by the verifier': keyed(
          {},
          {
            ...loggedAt(SEEN_AT),
            root: () => ({ transparencyLogs: [] }),
            expectation: { requireLog: true },
          },
        ),
      },
      twin: keyed({ requires: ['log'] }, loggedAt(SEEN_AT)),
    },
    {
      ids: ['A-11'],
      defect: 'a timestamp is demanded, and it is of an authority that no root has',
      codes: ['verify/timestamp-missing'],
      ways: {
        'by the trust document': keyed(
          { requires: ['timestamp'] },
          { ...stampedAt(SEEN_AT), root: () => ({ timestampAuthorities: [] }) },
        ),
      },
      twin: keyed({ requires: ['timestamp'] }, stampedAt(SEEN_AT)),
    },
    {
      ids: ['A-03'],
      defect: 'the log entry is about the certificate, and the bundle about the key',
      codes: ['verify/log-key-mismatch'],
      ways: { 'of one key': keyed({}, { entries: ({ entry }) => [entry] }) },
      twin: keyed({}, loggedAt(SEEN_AT)),
    },
    {
      ids: ['A-24'],
      defect: 'the clock of the verifier is wrong',
      codes: [],
      ways: {
        'by decades': { request: { now: Date.UTC(2000, 0, 1) } },
        'by ten years': { request: { now: SIGNED_AT + 10 * YEAR } },
        'with a key that has ended': keyed(
          { notAfter: SEEN_AT },
          { ...stampedAt(SEEN_AT), request: { now: SIGNED_AT + 10 * YEAR } },
        ),
        'in the window of a log whose entry nobody dates': keyed(
          {},
          loggedUndated(SEEN_AT + MINUTE, { request: { now: SEEN_AT } }),
        ),
        'years after the window of that log': keyed(
          {},
          loggedUndated(SEEN_AT + MINUTE, { request: { now: SIGNED_AT + 10 * YEAR } }),
        ),
      },
    },
    {
      ids: ['A-24', 'A-27'],
      defect: 'a log entry is demanded that nobody dates, of a log that is not trusted without end',
      codes: ['verify/log-entry-missing'],
      alike: 'by no clock does it count as an entry',
      ways: {
        'in the window of the log': keyed(
          { requires: ['log'] },
          loggedUndated(SEEN_AT + MINUTE, { request: { now: SEEN_AT } }),
        ),
        'years after it': keyed(
          { requires: ['log'] },
          loggedUndated(SEEN_AT + MINUTE, { request: { now: SIGNED_AT + 10 * YEAR } }),
        ),
        'as of a time after it': keyed(
          { requires: ['log'] },
          loggedUndated(SEEN_AT, { request: { at: SEEN_AT + 1 } }),
        ),
      },
      twin: keyed({ requires: ['log'] }, loggedUndated(undefined)),
    },
    {
      ids: ['A-24'],
      defect:
        'a log entry is demanded that nobody dates, as of a time at which its log was trusted',
      codes: [],
      alike: 'it is the clock that has no say, and not the verifier',
      ways: {
        'at its end': keyed(
          { requires: ['log'] },
          loggedUndated(SEEN_AT, { request: { at: SEEN_AT } }),
        ),
      },
    },
    {
      ids: ['SJ-14'],
      defect: 'the key is of a kind for which the second verifier takes another digest',
      codes: [],
      ways: {
        'P-384': { key: makeKey('P-384'), digest: 'sha384' },
        'P-521': { key: makeKey('P-521'), digest: 'sha512' },
        Ed25519: { key: generateKeyPairSync('ed25519') },
        'Ed25519, over an artifact': {
          key: generateKeyPairSync('ed25519'),
          content: 'message',
        },
      },
      alike: 'nothing is wrong here either',
    },
    {
      ids: ['A-23'],
      defect: 'it is judged as of a time before the signature was seen',
      codes: ['verify/time-later'],
      ways: {
        'with a certificate': { request: { at: SEEN_AT - 1_000 } },
        'with a key': keyed({}, { ...stampedAt(SEEN_AT), request: { at: SEEN_AT - 1_000 } }),
        'by two, the later one first': keyed({}, { ...SEEN_TWICE, request: { at: SEEN_AT - 1 } }),
      },
      twin: { request: { at: SEEN_AT } },
    },
    {
      ids: ['A-23'],
      defect: 'it is judged as of a time before one saw the signature, and after another did',
      codes: [],
      alike: 'the signature was there by then: the later word takes nothing from the earlier one',
      ways: {
        'with a certificate': { ...SEEN_TWICE, request: { at: SEEN_AT + 1_000 } },
        'with a key': keyed({}, { ...SEEN_TWICE, request: { at: SEEN_AT + 1_000 } }),
      },
    },
  ],
}
