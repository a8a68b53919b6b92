import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Bundle,
  encodeBundle,
  type LogEntry,
  parseBundle,
  parseBundleLines,
} from '../../src/bundle/index.ts'
import { encodeUtf8 } from '../../src/core/index.ts'
import { bundleWith } from './bundles.ts'

const bytes = fc.uint8Array({ minLength: 1, maxLength: 64 }).map((part) => Uint8Array.from(part))
const text = fc.string({ unit: 'grapheme', minLength: 1 })

const content: fc.Arbitrary<Bundle['content']> = fc.oneof(
  fc.record({
    kind: fc.constant('dsse' as const),
    envelope: fc.record({ payloadType: text, payload: bytes, signature: bytes }),
  }),
  fc.record(
    {
      kind: fc.constant('message' as const),
      digestHint: fc.record({ algorithm: text, digest: bytes }),
      signature: bytes,
    },
    { requiredKeys: ['kind', 'signature'] },
  ),
)

const int64 = fc.bigInt({ min: 0n, max: 2n ** 63n - 1n })
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((part) => Uint8Array.from(part))

const logEntry: fc.Arbitrary<LogEntry> = fc.record(
  {
    logIndex: int64,
    logId: bytes,
    kind: text,
    version: text,
    integratedTime: fc.integer({ min: 1, max: 4_000_000_000 }).map((seconds) => seconds * 1000),
    inclusionPromise: bytes,
    inclusionProof: fc.record(
      {
        logIndex: int64,
        rootHash: hash,
        treeSize: int64,
        hashes: fc.array(hash, { maxLength: 63 }),
        checkpoint: text,
      },
      { requiredKeys: ['logIndex', 'rootHash', 'treeSize', 'hashes'] },
    ),
    canonicalizedBody: bytes,
  },
  { requiredKeys: ['logIndex', 'logId', 'kind', 'version', 'canonicalizedBody'] },
)

const bundle: fc.Arbitrary<Bundle & { readonly version: '0.3' }> = fc.record({
  version: fc.constant('0.3' as const),
  keyMaterial: fc.oneof(
    fc.record({ kind: fc.constant('public-key' as const), hint: fc.string() }),
    fc.record({ kind: fc.constant('certificate' as const), certificate: bytes }),
  ),
  logEntries: fc.array(logEntry, { maxLength: 3 }),
  timestamps: fc.array(bytes, { maxLength: 3 }),
  content,
})

describe('encodeBundle()', () => {
  it('writes what parseBundle() reads back', () => {
    fc.assert(
      fc.property(bundle, (bundle) => {
        expect(parseBundle(encodeBundle(bundle))).toEqual({ ok: true, value: bundle })
      }),
    )
  })

  it('writes lines that can be joined', () => {
    fc.assert(
      fc.property(fc.array(bundle, { minLength: 1, maxLength: 5 }), (bundles) => {
        const read = parseBundleLines(Buffer.concat(bundles.map(encodeBundle)))
        expect(read.ok && read.value.map((line) => line.bundle)).toEqual(
          bundles.map((value) => ({ ok: true, value })),
        )
      }),
    )
  })

  it('keeps the key id of an envelope', () => {
    const text = bundleWith({
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: { certificate: { rawBytes: 'AQ==' } },
      dsseEnvelope: {
        payload: 'e30=',
        payloadType: 'text/plain',
        signatures: [{ sig: 'AQID', keyid: 'key-1' }],
      },
    })
    const read = parseBundle(encodeUtf8(text))
    if (!read.ok || read.value.version !== '0.3') throw new Error('no bundle of version 0.3')
    const written = Buffer.from(encodeBundle({ ...read.value, version: '0.3' })).toString()
    expect(JSON.parse(written)).toEqual({
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: { certificate: { rawBytes: 'AQ==' } },
      dsseEnvelope: {
        payload: 'e30=',
        payloadType: 'text/plain',
        signatures: [{ sig: 'AQID', keyid: 'key-1' }],
      },
    })
  })
})

describe('parseBundle()', () => {
  it('never throws, whatever the bytes', () => {
    const good = encodeUtf8(bundleWith())
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = Uint8Array.from(good)
        bytes[at] = (bytes[at] ?? 0) ^ change
        expect(typeof parseBundle(bytes).ok).toBe('boolean')
      }),
    )
  })

  it('writes the leaf of a certificate chain alone (SB-4)', () => {
    const written = encodeBundle({
      version: '0.3',
      keyMaterial: {
        kind: 'certificate-chain',
        certificates: [Uint8Array.of(1), Uint8Array.of(2)],
      },
      logEntries: [],
      timestamps: [],
      content: { kind: 'message', signature: Uint8Array.of(3) },
    })
    const read = parseBundle(written)
    expect(read.ok && read.value.keyMaterial).toEqual({
      kind: 'certificate',
      certificate: Uint8Array.of(1),
    })
  })
})
