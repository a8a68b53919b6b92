import { describe, expect, it } from 'vitest'
import { ENVELOPE } from '../bundles.ts'
import {
  codesOfOnly,
  COSIGN,
  type Members,
  PAYLOAD,
  PEM,
  readDocument,
  toBase64,
} from './documents.ts'

const cosign = (members: Members) => ({ ...COSIGN, ...members })
const log = (members: Members) => cosign({ rekorBundle: { ...COSIGN.rekorBundle, ...members } })
const payload = (members: Members) => log({ Payload: { ...PAYLOAD, ...members } })
const body = (text: string) => payload({ body: toBase64(text) })
const BYTES = Uint8Array.of(1, 2, 3)
/** As older versions wrote it where a key signed. */
const KEY = PEM.replaceAll('CERTIFICATE', 'PUBLIC KEY')

/** Each refusal with its code and place, and the nearest thing that is accepted. */
const CASES: readonly (readonly [string, string, unknown, unknown])[] = [
  ['another member', 'bundle/member-unknown', cosign({ keyid: 'x' }), cosign({ cert: undefined })],
  ['no signature', 'bundle/member /base64Signature', cosign({ base64Signature: '' }), COSIGN],
  [
    'a signature in no base64',
    'bundle/base64 /base64Signature',
    cosign({ base64Signature: 'AQI' }),
    COSIGN,
  ],
  [
    'a private key for a certificate',
    'bundle/certificate /cert',
    cosign({ cert: toBase64(KEY.replaceAll('PUBLIC', 'PRIVATE')) }),
    cosign({ cert: toBase64(KEY) }),
  ],
  [
    'two keys for a certificate',
    'bundle/certificate /cert',
    cosign({ cert: KEY + KEY }),
    cosign({ cert: KEY }),
  ],
  [
    'a key beside the certificate',
    'bundle/certificate /cert',
    cosign({ cert: PEM + KEY }),
    cosign({ cert: PEM }),
  ],
  [
    'a certificate of no bytes',
    'bundle/certificate /cert',
    cosign({ cert: PEM.replace('AQID', '\n') }),
    cosign({ cert: PEM.replace('AQID', 'AQ==') }),
  ],
  [
    'a certificate of too many bytes',
    'bundle/certificate /cert',
    cosign({ cert: PEM.replace('AQID', 'AAAA'.repeat(2 ** 18 / 3 + 1)) }),
    cosign({ cert: PEM.replace('AQID', 'AAAA'.repeat(2 ** 18 / 3)) }),
  ],
  [
    'text beside the certificate',
    'bundle/certificate /cert',
    cosign({ cert: `${PEM}x` }),
    cosign({ cert: PEM + PEM }),
  ],
  [
    'a certificate without an end',
    'bundle/certificate /cert',
    cosign({ cert: PEM.slice(0, -8) }),
    cosign({ cert: PEM.trim() }),
  ],
  [
    'a certificate of stray bits',
    'bundle/certificate /cert',
    cosign({ cert: PEM.replace('AQID', 'AQI=\nAQ==') }),
    cosign({ cert: PEM.replace('AQID', 'AQ\nID') }),
  ],
  [
    '11 certificates',
    'bundle/limit /cert',
    cosign({ cert: PEM.repeat(11) }),
    cosign({ cert: PEM.repeat(10) }),
  ],
  [
    'no promise',
    'bundle/member /rekorBundle/SignedEntryTimestamp',
    log({ SignedEntryTimestamp: null }),
    COSIGN,
  ],
  [
    'another member of the log',
    'bundle/member-unknown /rekorBundle',
    log({ inclusionProof: {} }),
    cosign({ rekorBundle: null }),
  ],
  [
    'another member of the entry',
    'bundle/member-unknown /rekorBundle/Payload',
    payload({ uuid: 'x' }),
    COSIGN,
  ],
  [
    'a text for a number',
    'bundle/member /rekorBundle/Payload/logIndex',
    payload({ logIndex: '7' }),
    payload({ logIndex: 0 }),
  ],
  [
    'a negative time',
    'bundle/member /rekorBundle/Payload/integratedTime',
    payload({ integratedTime: -1 }),
    payload({ integratedTime: 0 }),
  ],
  [
    'a fraction',
    'bundle/member /rekorBundle/Payload/logIndex',
    payload({ logIndex: 7.5 }),
    payload({ logIndex: 2 ** 53 - 1 }),
  ],
  [
    'a time that is no date',
    'bundle/member /rekorBundle/Payload/integratedTime',
    payload({ integratedTime: 8_640_000_000_001 }),
    payload({ integratedTime: 8_640_000_000_000 }),
  ],
  [
    'an upper-case log id',
    'bundle/member /rekorBundle/Payload/logID',
    payload({ logID: 'C0D2' }),
    payload({ logID: 'c0' }),
  ],
  ['an odd log id', 'bundle/member /rekorBundle/Payload/logID', payload({ logID: 'c0d' }), COSIGN],
  [
    'a body that is no JSON',
    'bundle/log-body /rekorBundle/Payload/body',
    body('x'),
    body('{"kind":"a","apiVersion":"b"}'),
  ],
  [
    'a body of no kind',
    'bundle/log-body /rekorBundle/Payload/body',
    body('{"apiVersion":"0.0.1"}'),
    COSIGN,
  ],
  [
    'a body of another kind',
    'bundle/log-body /rekorBundle/Payload/body',
    body('{"kind":1,"apiVersion":"0.0.1"}'),
    COSIGN,
  ],
  ['a body that is no object', 'bundle/log-body /rekorBundle/Payload/body', body('[]'), COSIGN],
  ['no body', 'bundle/member /rekorBundle/Payload/body', payload({ body: null }), COSIGN],
  [
    'an envelope of two signatures',
    'bundle/signatures /base64Signature/signatures',
    cosign({
      base64Signature: toBase64(
        JSON.stringify({ ...ENVELOPE, signatures: [{ sig: 'AQID' }, { sig: 'AQID' }] }),
      ),
    }),
    cosign({ base64Signature: toBase64(JSON.stringify(ENVELOPE)) }),
  ],
]

describe('a bundle of an older cosign', () => {
  it('becomes a bundle of version 0.1: a chain, and an entry with a promise and no proof', () => {
    const file = readDocument(COSIGN)
    expect(file).toMatchObject({ ok: true, value: { form: 'bundle of an older cosign' } })
    const [only] = file.ok ? file.value.bundles : []
    expect(only?.bundle).toEqual({
      ok: true,
      value: {
        version: '0.1',
        keyMaterial: { kind: 'certificate-chain', certificates: [BYTES] },
        logEntries: [
          {
            logIndex: 7n,
            logId: Uint8Array.of(0xc0, 0xd2),
            kind: 'hashedrekord',
            version: '0.0.1',
            integratedTime: 1700000000000,
            inclusionPromise: Uint8Array.of(4, 5, 6),
            canonicalizedBody: Uint8Array.from(Buffer.from(PAYLOAD.body, 'base64')),
          },
        ],
        timestamps: [],
        content: { kind: 'message', signature: BYTES },
      },
    })
  })

  it('has no certificate where a key signed, and perhaps that key', () => {
    const keyMaterial = { kind: 'public-key', hint: '' }
    for (const cert of [
      undefined,
      '',
      KEY,
      toBase64(KEY),
      toBase64(KEY.replaceAll('\n', '\r\n')),
    ]) {
      const [only] = readBundles({ base64Signature: 'AQID', cert })
      expect(only?.bundle).toMatchObject({ value: { keyMaterial, logEntries: [] } })
    }
  })

  it('has an envelope for a signature where it attests', () => {
    const [only] = readBundles(cosign({ base64Signature: toBase64(JSON.stringify(ENVELOPE)) }))
    expect(only?.bundle).toMatchObject({
      value: { content: { kind: 'dsse', envelope: { signature: BYTES } } },
    })
  })

  it.each(CASES)('with %s is refused: %s', (_, code, document, twin) => {
    expect(codesOfOnly(document)).toContain(code)
    expect(codesOfOnly(twin)).toBe('accepted')
  })
})

function readBundles(document: unknown) {
  const file = readDocument(document)
  return file.ok ? file.value.bundles : []
}
