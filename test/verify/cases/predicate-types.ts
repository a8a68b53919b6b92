// Predicate types: of several bundles, those are asked that are of the type that was asked for.

import { testKey } from '../keys.ts'
import {
  digestOf,
  type Json,
  messageBundle,
  RELEASE_FILES,
  signedBundle,
  statement,
} from '../release.ts'
import { testResult } from './accepted.ts'
import { accepted, type Case, refused } from './case.ts'

const OTHER256 = digestOf('other')
const STRANGER = { key: testKey('stranger') }
const PROVENANCE = signedBundle(statement())
const OTHERS = [testResult(), messageBundle(RELEASE_FILES['app.js'] ?? '')]

/** The bundles as lines, of which the provenances are asked for. */
const lines = (...bundles: readonly (Json | string)[]) => ({
  files: {
    'evidence.jsonl': bundles
      .map((bundle) => `${typeof bundle === 'string' ? bundle : JSON.stringify(bundle)}\n`)
      .join(''),
  },
  args: [
    ...['verify', 'evidence.jsonl', '--set', '../release/set'],
    ...['--trust', '../release/trust.json', '--type', 'provenance'],
  ],
})

/** The bundle with another payload than the signed one. */
const withPayload = ({ dsseEnvelope, ...rest }: Json, payload: Json) => ({
  ...rest,
  dsseEnvelope: {
    ...(dsseEnvelope as object),
    payload: Buffer.from(JSON.stringify(payload)).toString('base64'),
  },
})

export const TYPES: readonly Case[] = [
  refused('type-unexpected', {
    says: 'A verification summary is asked for, and there is a provenance.',
    attacks: ['A-51'],
    outcome: 'missing',
    codes: ['verify/no-bundle', 'verify/predicate-type'],
    twin: 'type-as-asked',
    options: ['--type', 'vsa'],
  }),
  refused('type-only-in-the-wrapper', {
    says: 'The payload type says provenance, and the payload is a test result.',
    attacks: ['A-53'],
    outcome: 'missing',
    codes: ['verify/no-bundle', 'verify/predicate-type'],
    twin: 'media-type-with-predicate',
    bundle: signedBundle(
      statement({
        predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
        predicate: {
          result: 'PASSED',
          configuration: [{ name: 'smoke.yml', digest: { sha256: OTHER256 } }],
        },
      }),
      { payloadType: 'application/vnd.in-toto.provenance+json' },
    ),
    options: ['--type', 'provenance'],
  }),
  refused('type-in-upper-case', {
    says: 'A predicate type is compared as it is spelt.',
    attacks: ['A-51'],
    outcome: 'missing',
    codes: ['verify/no-bundle', 'verify/predicate-type'],
    twin: 'type-as-asked',
    options: ['--type', 'https://slsa.dev/Provenance/v1'],
  }),
  accepted('type-selected', {
    says: 'A provenance, a test result and a bare signature: only the provenance is asked, and the others are listed.',
    attacks: ['A-51'],
    ...lines(PROVENANCE, ...OTHERS),
  }),
  accepted('type-selected-beside-a-stranger', {
    says: 'Somebody whom nobody trusts signed a test result; it is not asked and does not count.',
    attacks: ['A-64'],
    ...lines(
      signedBundle(
        statement({ predicateType: 'https://in-toto.io/attestation/test-result/v0.1' }),
        STRANGER,
      ),
      PROVENANCE,
    ),
  }),
  refused('type-selected-by-a-stranger', {
    says: 'Of the two provenances, one is from somebody whom nobody trusts.',
    attacks: ['A-64'],
    codes: ['verify/key-unknown'],
    twin: 'type-selected',
    ...lines(PROVENANCE, signedBundle(statement(), STRANGER), ...OTHERS),
  }),
  refused('type-claimed', {
    says: 'A signed test result is rewritten to a provenance: it is asked like one, and its signature does not fit.',
    attacks: ['A-51', 'A-53'],
    codes: ['verify/signature-invalid'],
    twin: 'type-selected',
    ...lines(withPayload(testResult(), statement()), ...OTHERS),
  }),
  refused('type-disclaimed', {
    says: 'The one provenance is rewritten to a test result: no provenance is left, and nothing is proven.',
    attacks: ['A-47', 'A-51'],
    outcome: 'missing',
    codes: ['verify/no-bundle', 'verify/predicate-type', 'verify/statement-expected'],
    twin: 'type-selected',
    ...lines(
      withPayload(
        PROVENANCE,
        statement({ predicateType: 'https://in-toto.io/attestation/test-result/v0.1' }),
      ),
      ...OTHERS,
    ),
  }),
  refused('type-none-left', {
    says: 'No bundle is a provenance.',
    attacks: ['A-51'],
    outcome: 'missing',
    codes: ['verify/no-bundle', 'verify/predicate-type', 'verify/statement-expected'],
    twin: 'type-selected',
    ...lines(...OTHERS),
  }),
  refused('type-selected-beside-a-cut-line', {
    says: 'Of a bundle that can not be read, nobody can say that it was not asked for.',
    attacks: ['A-52', 'A-104'],
    outcome: 'error',
    codes: ['verify/bundle-malformed', 'bundle/line', 'bundle/json', 'core/json-syntax'],
    twin: 'type-selected',
    ...lines(PROVENANCE, JSON.stringify(OTHERS[0]).slice(0, 100)),
  }),
  refused('type-selected-beside-a-broken-statement', {
    says: 'A payload that is no statement has no type, and is asked.',
    attacks: ['A-52'],
    outcome: 'error',
    codes: ['verify/statement-malformed', 'statement/json'],
    twin: 'type-selected',
    ...lines(PROVENANCE, signedBundle('[]')),
  }),
  refused('type-selected-beside-another-payload', {
    says: 'A payload that is not of the in-toto type has no predicate type, and is asked.',
    attacks: ['A-54'],
    codes: ['verify/payload-type'],
    twin: 'type-selected',
    ...lines(PROVENANCE, signedBundle(statement(), { payloadType: 'text/plain' })),
  }),
]
