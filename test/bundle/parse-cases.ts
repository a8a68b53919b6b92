// What parseBundle() refuses by its shape, part by part.

import { ENVELOPE, KEY, MEDIA_TYPE } from './bundles.ts'

export const V02 = 'application/vnd.dev.sigstore.bundle+json;version=0.2'
export const CHAIN = {
  x509CertificateChain: { certificates: [{ rawBytes: 'AQ==' }, { rawBytes: 'Ag==' }] },
}
const LEAF = { certificate: { rawBytes: 'AQ==' } }
export const material = (...parts: readonly object[]) => ({
  verificationMaterial: Object.assign({}, ...parts) as object,
})
export const envelope = (members: object) => ({ dsseEnvelope: { ...ENVELOPE, ...members } })
export const message = (members: object) => ({
  dsseEnvelope: undefined,
  messageSignature: { signature: 'AQID', ...members },
})
const stamps = (list: unknown) =>
  material(KEY, { timestampVerificationData: { rfc3161Timestamps: list } })
export const times = (count: number, value: unknown) => Array.from({ length: count }, () => value)

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
