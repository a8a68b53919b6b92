import { describe, expect, it } from 'vitest'
import {
  ATTESTATION,
  codesOf,
  codesOfOnly,
  type Members,
  PROVENANCE,
  PUBLISHER,
  readDocument,
} from './documents.ts'

const attestation = (members: Members) => ({ ...ATTESTATION, ...members })
const { verification_material: MATERIAL, envelope: ENVELOPE } = ATTESTATION
const material = (members: Members) =>
  attestation({ verification_material: { ...MATERIAL, ...members } })
const envelope = (members: Members) => attestation({ envelope: { ...ENVELOPE, ...members } })
const [ENTRY] = MATERIAL.transparency_entries

/** Each refusal with its code and place; the document without the change is accepted. */
const CASES: readonly (readonly [string, string, unknown])[] = [
  ['version 2', 'bundle/version /version', attestation({ version: 2 })],
  ['version "1"', 'bundle/version /version', attestation({ version: '1' })],
  ['no version', 'bundle/version /version', attestation({ version: undefined })],
  ['another member', 'bundle/member-unknown', attestation({ extra: 1 })],
  [
    'no certificate',
    'bundle/member /verification_material/certificate',
    material({ certificate: null }),
  ],
  [
    'no base64',
    'bundle/base64 /verification_material/certificate',
    material({ certificate: 'AQI' }),
  ],
  [
    'a certificate chain',
    'bundle/member-unknown /verification_material',
    material({ certificates: [] }),
  ],
  [
    'no log entry',
    'bundle/member /verification_material/transparency_entries',
    material({ transparency_entries: [] }),
  ],
  [
    '33 log entries',
    'bundle/limit /verification_material/transparency_entries',
    material({ transparency_entries: Array.from({ length: 33 }, () => ENTRY) }),
  ],
  [
    'a log entry with another member',
    'bundle/member-unknown /verification_material/transparency_entries/0',
    material({ transparency_entries: [{ ...ENTRY, log_index: '1' }] }),
  ],
  ['no statement', 'bundle/member /envelope/statement', envelope({ statement: '' })],
  ['no signature', 'bundle/member /envelope/signature', envelope({ signature: undefined })],
  ['a payload type', 'bundle/member-unknown /envelope', envelope({ payloadType: 'text/plain' })],
  ['an envelope that is none', 'bundle/member /envelope', attestation({ envelope: 'x' })],
]

describe('an attestation of a Python package', () => {
  it('becomes a bundle of an envelope with in-toto in it, to be judged by PEP 740', () => {
    const file = readDocument(ATTESTATION)
    expect(file).toMatchObject({
      ok: true,
      value: {
        form: 'attestation of a Python package',
        bundles: [
          {
            bundle: {
              ok: true,
              value: {
                version: '0.3',
                profile: 'pep740',
                keyMaterial: { kind: 'certificate', certificate: Uint8Array.of(1, 2, 3) },
                logEntries: [{ kind: 'dsse' }],
                content: {
                  kind: 'dsse',
                  envelope: {
                    payloadType: 'application/vnd.in-toto+json',
                    payload: Uint8Array.from(Buffer.from('{}')),
                    signature: Uint8Array.of(1, 2, 3),
                  },
                },
              },
            },
          },
        ],
      },
    })
  })

  it.each(CASES)('with %s is refused: %s', (_, code, document) => {
    const codes = codesOfOnly(document)
    if (code.startsWith('bundle/limit')) expect(codes).toContain(code)
    else expect(codes).toEqual([code])
    expect(codesOfOnly(ATTESTATION)).toBe('accepted')
  })
})

describe('the attestations that an index serves', () => {
  const group = (members: Members) => ({
    ...PROVENANCE,
    attestation_bundles: [{ ...PROVENANCE.attestation_bundles[0], ...members }],
  })

  it('are bundles, each with its place and what the index says of its publisher', () => {
    const file = readDocument({
      ...PROVENANCE,
      attestation_bundles: [
        ...PROVENANCE.attestation_bundles,
        { publisher: { kind: 'Google', claims: { email: 'e' } }, attestations: [ATTESTATION] },
      ],
    })
    expect(file.ok && file.value.bundles).toMatchObject([
      {
        at: '/attestation_bundles/0/attestations/0',
        beside: 'publisher GitHub, repository o/r, workflow release.yml',
        bundle: { ok: true },
      },
      {
        at: '/attestation_bundles/1/attestations/0',
        beside: 'publisher Google, email e',
        bundle: { ok: true },
      },
    ])
  })

  it('are each read by itself: one that is malformed does not harm the others', () => {
    const file = readDocument(group({ attestations: [{}, ATTESTATION] }))
    expect(file.ok && file.value.bundles.map(({ bundle }) => bundle.ok)).toEqual([false, true])
  })

  it.each([
    ['of version 2', 'bundle/version /version', { ...PROVENANCE, version: 2 }],
    ['with another member', 'bundle/member-unknown', { ...PROVENANCE, url: 'x' }],
    ['that are none', 'bundle/empty', { ...PROVENANCE, attestation_bundles: [] }],
    ['of a publisher without any', 'bundle/empty', group({ attestations: [] })],
    [
      'without a publisher',
      'bundle/member /attestation_bundles/0/publisher',
      group({ publisher: null }),
    ],
    [
      'of a publisher of no kind',
      'bundle/member /attestation_bundles/0/publisher/kind',
      group({ publisher: { ...PUBLISHER, kind: 1 } }),
    ],
    [
      'in no list',
      'bundle/member /attestation_bundles',
      { ...PROVENANCE, attestation_bundles: {} },
    ],
  ])('%s are refused: %s', (_, code, document) => {
    expect(codesOf(readDocument(document))).toEqual([code])
    expect(codesOf(readDocument(PROVENANCE))).toBe('accepted')
  })
})
