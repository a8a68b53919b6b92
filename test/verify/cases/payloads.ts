// Payloads and their types: signed, and yet nothing that may be believed.

import { signedBundle, statement } from '../release.ts'
import { type Case, refused } from './case.ts'

const STATEMENT = JSON.stringify(statement())

/** Signed as it is, and yet nothing that may be believed. */
const payload = (
  name: string,
  says: string,
  attacks: readonly string[],
  bytes: string | Uint8Array,
  codes: readonly string[],
) =>
  refused(`payload-${name}`, {
    says,
    attacks,
    outcome: 'error',
    codes: ['verify/statement-malformed', ...codes],
    twin: 'release',
    bundle: signedBundle(bytes),
  })

const JSON_CODES = (code: string) => ['statement/json', `core/${code}`]

const PAYLOADS: readonly Case[] = [
  payload('cut', 'The payload is the beginning of JSON.', ['A-52'], '{', JSON_CODES('json-syntax')),
  payload('array', 'The payload is a list.', ['A-52'], '[]', ['statement/json']),
  payload('null', 'The payload is null.', ['A-52'], 'null', ['statement/json']),
  payload('text', 'The payload is a text.', ['A-52'], '"x"', ['statement/json']),
  payload(
    'utf-16',
    'The payload is UTF-16.',
    ['A-52'],
    Buffer.from(STATEMENT, 'utf16le'),
    JSON_CODES('json-syntax'),
  ),
  payload(
    'byte-order-mark',
    'The payload begins with a byte order mark.',
    ['A-95'],
    `\ufeff${STATEMENT}`,
    JSON_CODES('json-byte-order-mark'),
  ),
  payload(
    'invalid-utf-8',
    'A byte of the payload is no UTF-8.',
    ['A-95'],
    Buffer.concat([Buffer.from(STATEMENT.slice(0, -1)), Buffer.from([0x2c, 0x22, 0xff, 0x22])]),
    JSON_CODES('utf8'),
  ),
  payload(
    'subject-twice',
    'The statement has two lists of subjects; readers differ in which one they take.',
    ['A-90'],
    `${STATEMENT.slice(0, -1)},"subject":[]}`,
    JSON_CODES('json-duplicate-key'),
  ),
  payload(
    'subject-twice-escaped',
    'The second list of subjects is spelt with an escape.',
    ['A-90'],
    `${STATEMENT.slice(0, -1)},"\\u0073ubject":[]}`,
    JSON_CODES('json-duplicate-key'),
  ),
  payload(
    'prototype',
    'A member is named as the prototype of objects.',
    ['A-91'],
    `${STATEMENT.slice(0, -1)},"__proto__":{"predicateType":"x"}}`,
    JSON_CODES('json-prototype-key'),
  ),
  payload(
    'lone-surrogate',
    'A text has half a character.',
    ['A-93'],
    `${STATEMENT.slice(0, -1)},"x":"\\ud800"}`,
    JSON_CODES('json-lone-surrogate'),
  ),
  payload(
    'number-too-large',
    'A number is more than a double holds.',
    ['A-93'],
    `${STATEMENT.slice(0, -1)},"x":1e400}`,
    JSON_CODES('json-number-unsafe'),
  ),
  payload(
    'number-rounded',
    'A number would be rounded.',
    ['A-94'],
    `${STATEMENT.slice(0, -1)},"x":9007199254740993}`,
    JSON_CODES('json-number-unsafe'),
  ),
  payload(
    'deep',
    'The payload is nested deeper than anybody needs.',
    ['A-97'],
    `${STATEMENT.slice(0, -1)},"x":${'['.repeat(100)}${']'.repeat(100)}}`,
    JSON_CODES('json-depth'),
  ),
  payload(
    'trailing',
    'There are two statements in the payload.',
    ['A-90'],
    STATEMENT + STATEMENT,
    JSON_CODES('json-trailing'),
  ),
  payload(
    'without-subjects',
    'The statement is about nothing.',
    ['A-61'],
    JSON.stringify(statement({ subject: [] })),
    ['statement/subjects'],
  ),
]

const TYPES: readonly Case[] = [
  ...(
    [
      ['plain', 'text/plain'],
      ['evil-suffix', 'application/vnd.in-toto-evil+json'],
      ['evil-prefix', 'x-application/vnd.in-toto+json'],
      ['upper-case', 'application/vnd.In-Toto+json'],
      ['parameter', 'application/vnd.in-toto+json;v=1'],
    ] as const
  ).map(([name, payloadType]) =>
    refused(`payload-type-${name}`, {
      says: 'The bytes of a statement were signed as another type.',
      attacks: ['A-54'],
      codes: ['verify/payload-type'],
      twin: 'release',
      bundle: signedBundle(statement(), { payloadType }),
    }),
  ),
  refused('payload-type-replayed', {
    says: 'What was signed as text is shown as a statement.',
    attacks: ['A-54'],
    codes: ['verify/signature-invalid'],
    twin: 'release',
    bundle: (() => {
      const bundle = signedBundle(statement(), { payloadType: 'text/plain' })
      const envelope = bundle['dsseEnvelope'] as object
      return {
        ...bundle,
        dsseEnvelope: { ...envelope, payloadType: 'application/vnd.in-toto+json' },
      }
    })(),
  }),
]

export const PAYLOAD_CASES: readonly Case[] = [...PAYLOADS, ...TYPES]
