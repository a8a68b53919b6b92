import { describe, expect, it } from 'vitest'
import { type DetachedSignature, parseDetached } from '../../../src/bundle/index.ts'
import { encodeUtf8 } from '../../../src/core/index.ts'
import { ENVELOPE } from '../bundles.ts'
import { codesOf, PEM, toBase64 } from './documents.ts'

const BYTES = Uint8Array.of(1, 2, 3)

describe('parseDetached()', () => {
  const detached = (files: Partial<Record<keyof DetachedSignature, string>>) =>
    parseDetached({
      ...Object.fromEntries(
        Object.entries(files).map(([name, text]) => [name, encodeUtf8(text)] as const),
      ),
      signature: encodeUtf8(files.signature ?? 'AQID\n'),
    })

  it.each([
    ['a signature alone', {}, { kind: 'public-key', hint: '' }],
    ['a certificate', { certificate: PEM }, { kind: 'certificate-chain', certificates: [BYTES] }],
    [
      'a certificate in base64, and a chain',
      { certificate: toBase64(PEM), certificateChain: PEM.replace('AQID', 'BAUG') + PEM },
      { kind: 'certificate-chain', certificates: [BYTES, Uint8Array.of(4, 5, 6), BYTES] },
    ],
  ])('reads %s', (_, files, keyMaterial) => {
    expect(detached(files)).toEqual({
      ok: true,
      value: {
        version: '0.1',
        keyMaterial,
        logEntries: [],
        timestamps: [],
        content: { kind: 'message', signature: BYTES },
      },
    })
  })

  it('reads an envelope, and timestamps in both forms', () => {
    const signature = JSON.stringify(ENVELOPE)
    expect(detached({ signature, timestamp: '{"SignedRFC3161Timestamp":"AQID"}' })).toMatchObject({
      value: { content: { kind: 'dsse' }, timestamps: [BYTES] },
    })
    expect(detached({ signature, timestamp: '0\u0001' })).toMatchObject({
      value: { timestamps: [Uint8Array.of(0x30, 1)] },
    })
  })

  it('reads a bare signature, which no text is', () => {
    const signature = Uint8Array.of(0x30, 0x45, 0x02, 0x20, 0x0a)
    expect(parseDetached({ signature })).toMatchObject({
      value: { content: { kind: 'message', signature } },
    })
  })

  it.each([
    ['a signature that is no base64', 'bundle/base64 signature', { signature: '!' }, {}],
    ['a signature in loose base64', 'bundle/base64 signature', { signature: 'AQI' }, {}],
    ['an empty signature', 'bundle/base64 signature', { signature: '\n' }, { signature: 'AQID' }],
    [
      'an envelope that is none',
      'bundle/member signature/payload',
      { signature: '{"payloadType":"a","signatures":[{"sig":"AQID"}]}' },
      { signature: JSON.stringify(ENVELOPE) },
    ],
    [
      'a certificate that is none',
      'bundle/certificate certificate',
      { certificate: 'x' },
      { certificate: PEM },
    ],
    [
      'a chain that is none',
      'bundle/certificate certificate chain',
      { certificate: PEM, certificateChain: 'x' },
      { certificate: PEM, certificateChain: PEM },
    ],
    [
      'no text for a certificate',
      'bundle/certificate certificate',
      { certificate: 'é' },
      { certificate: `\n${PEM}\n` },
    ],
    ['an empty certificate', 'bundle/certificate certificate', { certificate: '' }, {}],
    [
      'a chain alone',
      'bundle/certificate certificate chain',
      { certificateChain: PEM },
      { certificate: PEM, certificateChain: PEM },
    ],
    [
      '11 certificates in both files',
      'bundle/limit certificate chain',
      { certificate: PEM, certificateChain: PEM.repeat(10) },
      { certificate: PEM, certificateChain: PEM.repeat(9) },
    ],
    [
      'a timestamp in loose base64',
      'bundle/base64 timestamp/SignedRFC3161Timestamp',
      { timestamp: '{"SignedRFC3161Timestamp":"AQI"}' },
      { timestamp: '{"SignedRFC3161Timestamp":"AQID"}' },
    ],
    [
      'a timestamp with another member',
      'bundle/member-unknown timestamp',
      { timestamp: '{"SignedRFC3161Timestamp":"AQID","a":1}' },
      { timestamp: '{"SignedRFC3161Timestamp":"AQID"}' },
    ],
  ])('refuses %s: %s', (_, code, files, twin) => {
    expect(codesOf(detached(files))).toEqual([code])
    expect(codesOf(detached(twin))).toBe('accepted')
  })
})
