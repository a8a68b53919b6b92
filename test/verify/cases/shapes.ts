// Bundles and lines that two programs could read in two ways, or that nobody can read.

import { testKey } from '../keys.ts'
import { signedBundle, statement } from '../release.ts'
import { withEnvelope, withSignature } from './accepted.ts'
import { type Case, refused } from './case.ts'

const BUNDLE = JSON.stringify(signedBundle(statement()))

/** A bundle that can not be read as one. */
const malformed = (
  name: string,
  says: string,
  attacks: readonly string[],
  bundle: object | string,
  codes: readonly string[],
  twin = 'release',
) =>
  refused(`bundle-${name}`, {
    says,
    attacks,
    outcome: 'error',
    codes: ['verify/bundle-malformed', ...codes],
    twin,
    bundle: bundle as Record<string, unknown>,
  })

const changed = (members: object) => ({ ...signedBundle(statement()), ...members })
const encoded = (change: (base64: string) => string) =>
  withEnvelope(({ payload, ...rest }) => ({ ...rest, payload: change(String(payload)) }))

const BUNDLES: readonly Case[] = [
  malformed('empty', 'The file is empty.', ['A-126'], '', ['bundle/empty']),
  malformed('cut', 'The file ends too early.', ['A-124'], BUNDLE.slice(0, 200), [
    'bundle/json',
    'core/json-syntax',
  ]),
  malformed('array', 'The file is a list of bundles.', [], `[${BUNDLE}]`, ['bundle/json']),
  malformed(
    'payload-twice',
    'The envelope has two payloads; readers differ in which one they take.',
    ['A-55', 'A-90'],
    BUNDLE.replace('"payload":', '"payload":"e30=","payload":'),
    ['bundle/json', 'core/json-duplicate-key'],
  ),
  malformed(
    'media-type',
    'The version of the bundle is not known.',
    [],
    changed({ mediaType: 'application/vnd.dev.sigstore.bundle.v0.9+json' }),
    ['bundle/media-type'],
  ),
  malformed(
    'member-unknown',
    'A member has its name from the protocol buffer, which a lenient reader takes too.',
    ['A-55'],
    changed({ dsse_envelope: {} }),
    ['bundle/member-unknown'],
  ),
  malformed(
    'two-contents',
    'The bundle has an envelope and a message signature.',
    ['A-13'],
    changed({ messageSignature: { signature: 'AAAA' } }),
    ['bundle/content'],
  ),
  malformed(
    'no-signature',
    'The envelope has no signature.',
    ['A-13'],
    withEnvelope((envelope) => ({ ...envelope, signatures: [] })),
    ['bundle/signatures'],
  ),
  malformed(
    'two-signatures',
    'The envelope has two signatures: one could be checked and the other one logged.',
    ['A-13'],
    withEnvelope(({ signatures, ...rest }) => ({
      ...rest,
      signatures: [...(signatures as object[]), ...(signatures as object[])],
    })),
    ['bundle/signatures'],
  ),
  malformed(
    'no-payload-type',
    'The envelope does not say what was signed.',
    ['A-54'],
    withEnvelope(({ payloadType: _, ...rest }) => rest),
    ['bundle/payload-type'],
  ),
  malformed(
    'two-hints',
    'The envelope names another key than the bundle.',
    ['A-14'],
    withSignature((signature) => ({ ...signature, keyid: 'somebody-else' })),
    ['bundle/hint'],
    'keyid-beside-hint',
  ),
  ...(
    [
      ['junk', (base64: string) => `${base64.slice(0, 8)}!${base64.slice(8)}`],
      ['blank', (base64: string) => `${base64.slice(0, 8)} ${base64.slice(8)}`],
      ['newline', (base64: string) => `${base64}\n`],
      ['padded-twice', (base64: string) => `${base64}====`],
      ['joined', (base64: string) => `e30=${base64}`],
      ['stray-bits', () => 'e31='],
      ['mixed-alphabets', () => '-_+/'],
    ] as const
  ).map(([name, change]) =>
    malformed(
      `base64-${name}`,
      'The payload is base64 that not all readers decode to the same bytes.',
      ['A-96'],
      encoded(change),
      ['bundle/base64'],
      'base64url',
    ),
  ),
  malformed(
    'deep',
    'The bundle is nested deeper than anybody needs.',
    ['A-97'],
    BUNDLE.replace('"hint"', `"x":${'['.repeat(100)}${']'.repeat(100)},"hint"`),
    ['bundle/json', 'core/json-depth'],
  ),
]

const line = JSON.stringify(signedBundle(statement()))
const lines = (content: string) => ({
  files: { 'evidence.jsonl': content },
  args: [
    ...['verify', 'evidence.jsonl', '--set', '../release/set'],
    ...['--trust', '../release/trust.json'],
  ],
})

const LINES: readonly Case[] = [
  refused('lines-with-a-stranger', {
    says: 'Somebody else says the same about the same artifacts. That bundle is refused, the other one is not, in either order.',
    attacks: ['A-64'],
    codes: ['verify/key-unknown'],
    twin: 'two-bundles',
    ...lines(
      `${JSON.stringify(signedBundle(statement(), { key: testKey('stranger') }))}\n${line}\n`,
    ),
  }),
  refused('lines-with-a-stranger-last', {
    says: 'The same two bundles in the other order.',
    attacks: ['A-64'],
    codes: ['verify/key-unknown'],
    twin: 'two-bundles',
    ...lines(
      `${line}\n${JSON.stringify(signedBundle(statement(), { key: testKey('stranger') }))}\n`,
    ),
  }),
  ...(
    [
      ['cut', 'The last line is cut.', `${line}\n${line.slice(0, 100)}`, 'json-syntax'],
      ['joined', 'Two bundles stand on one line.', `${line}\n${line}${line}\n`, 'json-trailing'],
      ['nul', 'A line begins with a zero byte.', `${line}\n\0${line}\n`, 'json-syntax'],
      [
        'separator',
        'A line ends with U+2028, which is no end of a line.',
        `${line}\n${line}\u2028${line}\n`,
        'json-trailing',
      ],
    ] as const
  ).map(([name, says, content, code]) =>
    refused(`lines-${name}`, {
      says,
      attacks: ['A-104'],
      outcome: 'error',
      codes: ['verify/bundle-malformed', 'bundle/line', 'bundle/json', `core/${code}`],
      twin: 'two-bundles',
      ...lines(content),
    }),
  ),
]

export const SHAPES: readonly Case[] = [...BUNDLES, ...LINES]
