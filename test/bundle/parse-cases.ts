// What parseBundle() refuses by its shape, part by part.

import { ENVELOPE, KEY, MEDIA_TYPE } from './bundles.ts'

export const V02 = 'application/vnd.dev.sigstore.bundle+json;version=0.2'
export const CHAIN = {
  x509CertificateChain: { certificates: [{ rawBytes: 'AQ==' }, { rawBytes: 'Ag==' }] },
}
const LEAF = { certificate: { rawBytes: 'AQ==' } }
/** 32 bytes. */
const HASH = `${'A'.repeat(43)}=`
export const ENTRY = {
  logIndex: '9223372036854775807',
  logId: { keyId: 'AQ==' },
  kindVersion: { kind: 'dsse', version: '0.0.1' },
  integratedTime: '0',
  inclusionProof: { logIndex: '1', rootHash: HASH, treeSize: '2', hashes: [HASH] },
  canonicalizedBody: 'AQ==',
}
export const material = (...parts: readonly object[]) => ({
  verificationMaterial: Object.assign({}, ...parts) as object,
})
const entry = (members: object) => material(KEY, { tlogEntries: [{ ...ENTRY, ...members }] })
const proof = (members: object) =>
  entry({ inclusionProof: { ...ENTRY.inclusionProof, ...members } })
export const envelope = (members: object) => ({ dsseEnvelope: { ...ENVELOPE, ...members } })
export const message = (members: object) => ({
  dsseEnvelope: undefined,
  messageSignature: { signature: 'AQID', ...members },
})
const stamps = (list: unknown) =>
  material(KEY, { timestampVerificationData: { rfc3161Timestamps: list } })
const times = (count: number, value: unknown) => Array.from({ length: count }, () => value)

// Each refusal with its code and place, and the nearest thing that is accepted.
export const CASES: readonly (readonly [string, string, object, object])[] = [
  ['another version', 'bundle/media-type /mediaType', { mediaType: V02.replace('2', '4') }, {}],
  ['no media type', 'bundle/media-type /mediaType', { mediaType: undefined }, {}],
  [
    'a media type with a blank',
    'bundle/media-type /mediaType',
    { mediaType: `${MEDIA_TYPE} ` },
    { mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.3' },
  ],
  ['a member of its own', 'bundle/member-unknown', { extra: null }, {}],
  ['a second name of a member', 'bundle/member-unknown', { dsse_envelope: ENVELOPE }, {}],
  [
    'a second name inside the envelope',
    'bundle/member-unknown /dsseEnvelope',
    envelope({ payload_type: 'text/plain' }),
    envelope({ extension: 'text/plain' }),
  ],
  [
    'both contents',
    'bundle/content',
    { messageSignature: { signature: 'AQID' } },
    { messageSignature: null },
  ],
  [
    'two signatures',
    'bundle/signatures /dsseEnvelope/signatures',
    envelope({ signatures: times(2, { sig: 'AQID' }) }),
    envelope({ signatures: [{ sig: 'AQID', cert: 'x' }] }),
  ],
  [
    '33 signatures',
    'bundle/limit /dsseEnvelope/signatures',
    envelope({ signatures: times(33, { sig: 'AQID' }) }),
    {},
  ],
  [
    'a signature of no bytes',
    'bundle/member /dsseEnvelope/signatures/0/sig',
    envelope({ signatures: [{}] }),
    envelope({ signatures: [{ sig: '_-8' }] }),
  ],
  [
    'signatures that are no list',
    'bundle/member /dsseEnvelope/signatures',
    envelope({ signatures: {} }),
    {},
  ],
  [
    'no payload type',
    'bundle/payload-type /dsseEnvelope/payloadType',
    envelope({ payloadType: '' }),
    envelope({ payloadType: 'text/plain' }),
  ],
  [
    'base64 with a blank',
    'bundle/base64 /dsseEnvelope/payload',
    envelope({ payload: 'e3 0=' }),
    envelope({ payload: 'e30' }),
  ],
  [
    'base64 with stray bits',
    'bundle/base64 /dsseEnvelope/payload',
    envelope({ payload: 'e31=' }),
    {},
  ],
  [
    'a payload that is no text',
    'bundle/member /dsseEnvelope/payload',
    envelope({ payload: 1 }),
    {},
  ],
  ['an envelope that is no object', 'bundle/member /dsseEnvelope', { dsseEnvelope: [] }, {}],
  [
    'a key id other than the hint',
    'bundle/hint',
    envelope({ signatures: [{ sig: 'AQID', keyid: 'key-2' }] }),
    envelope({ signatures: [{ sig: 'AQID', keyid: 'key-1' }] }),
  ],
  ['no material', 'bundle/member /verificationMaterial', { verificationMaterial: undefined }, {}],
  [
    'a key and a certificate',
    'bundle/key-material /verificationMaterial',
    material(KEY, LEAF),
    material(LEAF),
  ],
  [
    'a chain in 0.3',
    'bundle/key-material /verificationMaterial',
    material(CHAIN),
    { mediaType: V02, ...material(CHAIN) },
  ],
  [
    'an empty chain',
    'bundle/key-material /verificationMaterial',
    { mediaType: V02, ...material({ x509CertificateChain: {} }) },
    { mediaType: V02, ...material(KEY) },
  ],
  [
    'a leaf alone in 0.2',
    'bundle/key-material /verificationMaterial',
    { mediaType: V02, ...material(LEAF) },
    material(LEAF),
  ],
  [
    'a hint that is no text',
    'bundle/member /verificationMaterial/publicKey/hint',
    material({ publicKey: { hint: 1 } }),
    material({ publicKey: {} }),
  ],
  [
    'a raw key',
    'bundle/member-unknown /verificationMaterial/publicKey',
    material({ publicKey: { rawBytes: 'AQ==' } }),
    material({ publicKey: { hint: '' } }),
  ],
  [
    '33 log entries',
    'bundle/limit /verificationMaterial/tlogEntries',
    material(KEY, { tlogEntries: times(33, ENTRY) }),
    material(KEY, { tlogEntries: times(32, ENTRY) }),
  ],
  [
    'a log entry that is no object',
    'bundle/member /verificationMaterial/tlogEntries/0',
    material(KEY, { tlogEntries: ['x'] }),
    entry({ inclusionProof: null }),
  ],
  [
    'a number in place of an int64',
    'bundle/member /verificationMaterial/tlogEntries/0/logIndex',
    entry({ logIndex: 1 }),
    entry({ logIndex: null }),
  ],
  [
    'a negative index',
    'bundle/member /verificationMaterial/tlogEntries/0/logIndex',
    entry({ logIndex: '-1' }),
    entry({ logIndex: '0' }),
  ],
  [
    'more than an int64',
    'bundle/member /verificationMaterial/tlogEntries/0/inclusionProof/treeSize',
    proof({ treeSize: '9223372036854775808' }),
    proof({ treeSize: '9223372036854775807' }),
  ],
  [
    'hexadecimal',
    'bundle/member /verificationMaterial/tlogEntries/0/inclusionProof/logIndex',
    proof({ logIndex: '0x10' }),
    proof({ logIndex: '16' }),
  ],
  [
    'a second name in a log entry',
    'bundle/member-unknown /verificationMaterial/tlogEntries/0',
    entry({ integrated_time: '1' }),
    entry({ integratedTime: '1' }),
  ],
  [
    'a log entry without its body',
    'bundle/member /verificationMaterial/tlogEntries/0/canonicalizedBody',
    entry({ canonicalizedBody: undefined }),
    entry({ canonicalizedBody: 'AAAA' }),
  ],
  [
    'a log entry without its kind',
    'bundle/member /verificationMaterial/tlogEntries/0/kindVersion',
    entry({ kindVersion: undefined }),
    entry({ kindVersion: { kind: 'x', version: '9' } }),
  ],
  [
    'a log entry without a version',
    'bundle/member /verificationMaterial/tlogEntries/0/kindVersion/version',
    entry({ kindVersion: { kind: 'dsse' } }),
    {},
  ],
  [
    'a log entry of no log',
    'bundle/member /verificationMaterial/tlogEntries/0/logId',
    entry({ logId: undefined }),
    entry({ logId: { keyId: 'AAAA' } }),
  ],
  [
    'a time that no calendar has',
    'bundle/member /verificationMaterial/tlogEntries/0/integratedTime',
    entry({ integratedTime: '8640000000001' }),
    entry({ integratedTime: '8640000000000' }),
  ],
  [
    'an empty promise',
    'bundle/member /verificationMaterial/tlogEntries/0/inclusionPromise/signedEntryTimestamp',
    entry({ inclusionPromise: { signedEntryTimestamp: '' } }),
    entry({ inclusionPromise: { signedEntryTimestamp: 'AQ==' } }),
  ],
  [
    'a root hash of 31 bytes',
    'bundle/member /verificationMaterial/tlogEntries/0/inclusionProof/rootHash',
    proof({ rootHash: `${'A'.repeat(42)}==` }),
    proof({ rootHash: HASH }),
  ],
  [
    'a proof with a short hash',
    'bundle/member /verificationMaterial/tlogEntries/0/inclusionProof/hashes/1',
    proof({ hashes: [HASH, 'AQ=='] }),
    proof({ hashes: null }),
  ],
  [
    'a proof with a hash in loose base64',
    'bundle/base64 /verificationMaterial/tlogEntries/0/inclusionProof/hashes/0',
    proof({ hashes: [`${'A'.repeat(42)}B=`] }),
    {},
  ],
  [
    'a proof of 64 hashes',
    'bundle/limit /verificationMaterial/tlogEntries/0/inclusionProof/hashes',
    proof({ hashes: times(64, HASH) }),
    proof({ hashes: times(63, HASH) }),
  ],
  [
    'a checkpoint of more than 64 KiB',
    'bundle/limit /verificationMaterial/tlogEntries/0/inclusionProof/checkpoint/envelope',
    proof({ checkpoint: { envelope: 'é'.repeat(32 * 1024 + 1) } }),
    proof({ checkpoint: { envelope: 'é'.repeat(32 * 1024) } }),
  ],
  [
    'a checkpoint that is a text',
    'bundle/member /verificationMaterial/tlogEntries/0/inclusionProof/checkpoint',
    proof({ checkpoint: 'log.example' }),
    proof({ checkpoint: { envelope: 'log.example' } }),
  ],
  [
    '33 timestamps',
    'bundle/limit /verificationMaterial/timestampVerificationData/rfc3161Timestamps',
    stamps(times(33, { signedTimestamp: 'AQ==' })),
    stamps([]),
  ],
  [
    'an empty timestamp',
    'bundle/member /verificationMaterial/timestampVerificationData/rfc3161Timestamps/0/signedTimestamp',
    stamps([{}]),
    stamps(null),
  ],
  [
    'timestamps of another kind',
    'bundle/member-unknown /verificationMaterial/timestampVerificationData',
    material(KEY, { timestampVerificationData: { other: [] } }),
    material(KEY, { timestampVerificationData: null }),
  ],
  [
    'an eleventh certificate',
    'bundle/limit /verificationMaterial/x509CertificateChain/certificates',
    {
      mediaType: V02,
      ...material({ x509CertificateChain: { certificates: times(11, { rawBytes: 'AQ==' }) } }),
    },
    {
      mediaType: V02,
      ...material({ x509CertificateChain: { certificates: times(10, { rawBytes: 'AQ==' }) } }),
    },
  ],
  [
    'a digest without its algorithm',
    'bundle/member /messageSignature/messageDigest/algorithm',
    message({ messageDigest: { digest: 'AQ==' } }),
    message({}),
  ],
]
