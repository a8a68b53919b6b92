import { describe, expect, it } from 'vitest'
import { parseBundle } from '../../src/bundle/index.ts'
import { encodeUtf8 } from '../../src/core/index.ts'
import { bundleWith, codesOf } from './bundles.ts'
import { ENTRY, LOG_ENTRY_CASES } from './log-entry-cases.ts'
import { CASES, CHAIN, envelope, material, message, V02 } from './parse-cases.ts'

describe('parseBundle()', () => {
  it('reads an envelope that a key signed', () => {
    expect(parseBundle(encodeUtf8(bundleWith()))).toEqual({
      ok: true,
      value: {
        version: '0.3',
        keyMaterial: { kind: 'public-key', hint: 'key-1' },
        logEntries: [],
        timestamps: [],
        content: {
          kind: 'dsse',
          envelope: {
            payloadType: 'application/vnd.in-toto+json',
            payload: encodeUtf8('{}'),
            signature: Uint8Array.of(1, 2, 3),
          },
        },
      },
    })
  })

  it('reads the signature of a bare artifact, with a chain, a log entry and a timestamp', () => {
    const text = bundleWith({
      mediaType: V02,
      ...message({ messageDigest: { algorithm: 'SHA2_256', digest: 'BAU=' } }),
      ...material(CHAIN, {
        tlogEntries: [ENTRY],
        timestampVerificationData: { rfc3161Timestamps: [{ signedTimestamp: 'Bg==' }] },
      }),
    })
    expect(parseBundle(encodeUtf8(text))).toEqual({
      ok: true,
      value: {
        version: '0.2',
        keyMaterial: {
          kind: 'certificate-chain',
          certificates: [Uint8Array.of(1), Uint8Array.of(2)],
        },
        logEntries: [
          {
            logIndex: 9223372036854775807n,
            logId: Uint8Array.of(1),
            kind: 'dsse',
            version: '0.0.1',
            inclusionProof: {
              logIndex: 1n,
              rootHash: new Uint8Array(32),
              treeSize: 2n,
              hashes: [new Uint8Array(32)],
            },
            canonicalizedBody: Uint8Array.of(1),
          },
        ],
        timestamps: [Uint8Array.of(6)],
        content: {
          kind: 'message',
          digestHint: { algorithm: 'SHA2_256', digest: Uint8Array.of(4, 5) },
          signature: Uint8Array.of(1, 2, 3),
        },
      },
    })
  })

  it('shares no memory with what it was given', () => {
    const bytes = encodeUtf8(bundleWith())
    const before = parseBundle(bytes)
    const copy = structuredClone(before)
    bytes.fill(0)
    expect(before).toEqual(copy)
  })

  it('tells every problem, not only the first', () => {
    expect(
      codesOf(
        bundleWith({ ...envelope({ payload: '!', signatures: [] }), extra: 1, ...material() }),
      ),
    ).toEqual([
      'bundle/member-unknown',
      'bundle/key-material /verificationMaterial',
      'bundle/base64 /dsseEnvelope/payload',
      'bundle/signatures /dsseEnvelope/signatures',
    ])
  })

  it.each([
    ['a byte that is no JSON', 'bundle/json', '{'],
    ['two members of one name', 'bundle/json', bundleWith().replace('{', '{"mediaType":"x",')],
    ['a list', 'bundle/json', '[]'],
    ['nothing', 'bundle/json', ''],
  ])('refuses %s', (_, code, text) => expect(codesOf(text)).toEqual([code]))

  it.each([...CASES, ...LOG_ENTRY_CASES])('refuses %s (%s)', (_, code, refused, accepted) => {
    expect(codesOf(bundleWith({ ...refused }))).toContainEqual(code)
    expect(codesOf(bundleWith({ ...accepted }))).toBe('accepted')
  })

  it('refuses a bundle without content', () => {
    expect(codesOf(bundleWith({ dsseEnvelope: undefined }))).toContainEqual('bundle/content')
  })

  it('refuses a payload that is larger than the limit', () => {
    const payload = Buffer.alloc(8 * 1024 * 1024 + 1).toString('base64')
    expect(codesOf(bundleWith(envelope({ payload })))).toEqual([
      'bundle/limit /dsseEnvelope/payload',
    ])
  })
})
