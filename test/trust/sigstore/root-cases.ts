// What parseTrustedRoot() refuses, part by part.

import { generateKeyPairSync } from 'node:crypto'
import {
  foreignLog,
  type Json,
  PUBLIC,
  rootWith,
  START,
  withAuthority,
  withKey,
  withLog,
  withLogKey,
} from './roots.ts'

const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey
const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' }).publicKey
const ed25519 = generateKeyPairSync('ed25519').publicKey
const ed448 = generateKeyPairSync('ed448').publicKey
export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey
export const pkcs1 = rsa.export({ type: 'pkcs1', format: 'der' }).toString('base64')
const times = (count: number, value: unknown) => Array.from({ length: count }, () => value)
const [LOG] = PUBLIC.tlogs
const [AUTHORITY] = PUBLIC.certificateAuthorities
const chain = AUTHORITY['certChain'] as { certificates: [{ rawBytes: string }] }
const certificate = chain.certificates[0].rawBytes
const joined = Buffer.concat([Buffer.from(certificate, 'base64'), Buffer.of(0)]).toString('base64')
const P256 = 'PKIX_ECDSA_P256_SHA_256'
const FOREIGN = foreignLog()
const id = (keyId: unknown): Json => withLog({ logId: { keyId } })
const ctlog = (member: Json): Json => rootWith({ ctlogs: [{ ...PUBLIC.ctlogs[0], ...member }] })
const chainOf = (certificates: unknown) => withAuthority({ certChain: { certificates } })

/** What is wrong, the code with its place, the root that is refused for it, and the nearest one that is accepted. */
export const CASES: readonly (readonly [string, string, unknown, unknown])[] = [
  ['no JSON', 'trust/root-format', '{', PUBLIC],
  ['a list', 'trust/root-format', [], PUBLIC],
  [
    'another version',
    'trust/root-format /mediaType',
    rootWith({ mediaType: PUBLIC.mediaType.replace('0.1', '0.3') }),
    rootWith({ mediaType: 'application/vnd.dev.sigstore.trustedroot.v0.2+json' }),
  ],
  ['no version', 'trust/root-format /mediaType', rootWith({ mediaType: undefined }), PUBLIC],
  ['a member of its own', 'trust/root-member-unknown', rootWith({ logs: [] }), PUBLIC],
  [
    'a second name of a member',
    'trust/root-member-unknown /tlogs/0',
    withLog({ base_url: 'x' }),
    withLog({ baseUrl: 'x' }),
  ],
  [
    'nothing to trust',
    'trust/root-empty',
    { mediaType: PUBLIC.mediaType },
    { mediaType: PUBLIC.mediaType, tlogs: [LOG] },
  ],
  ['logs that are no list', 'trust/root-member /tlogs', rootWith({ tlogs: {} }), PUBLIC],
  [
    '65 logs',
    'trust/root-member /tlogs',
    rootWith({ tlogs: times(65, LOG) }),
    rootWith({ tlogs: times(64, LOG) }),
  ],
  [
    'a log that is no object',
    'trust/root-member /tlogs/0',
    rootWith({ tlogs: ['x'] }),
    rootWith({ tlogs: null }),
  ],
  [
    'an address that is no text',
    'trust/root-member /tlogs/0/baseUrl',
    withLog({ baseUrl: 1 }),
    withLog({ baseUrl: null }),
  ],
  [
    'another tree',
    'trust/root-member /tlogs/0/hashAlgorithm',
    withLog({ hashAlgorithm: 'SHA2_512' }),
    withLog({ hashAlgorithm: null }),
  ],
  [
    'a log without a start',
    'trust/root-validity /tlogs/0/publicKey/validFor',
    withLogKey({ validFor: {} }),
    withLogKey({ validFor: { start: START } }),
  ],
  [
    'a log without a validity',
    'trust/root-validity /tlogs/0/publicKey',
    withLogKey({ validFor: undefined }),
    withLogKey({ validFor: { start: START, end: null } }),
  ],
  [
    'a log whose end is before its start',
    'trust/root-validity /tlogs/0/publicKey/validFor',
    withLogKey({ validFor: { start: START, end: '2025-12-31T23:59:59.999Z' } }),
    withLogKey({ validFor: { start: START, end: START } }),
  ],
  [
    'a day that does not exist',
    'trust/root-validity /tlogs/0/publicKey/validFor/start',
    withLogKey({ validFor: { start: '2026-02-30T00:00:00Z' } }),
    withLogKey({ validFor: { start: '2026-02-28T00:00:00.000Z' } }),
  ],
  [
    'an authority without a start',
    'trust/root-validity /certificateAuthorities/0/validFor',
    withAuthority({ validFor: { end: START } }),
    withAuthority({ validFor: { start: START } }),
  ],
  [
    'a timestamp authority without a validity',
    'trust/root-validity /timestampAuthorities/0',
    rootWith({ timestampAuthorities: [{ ...PUBLIC.timestampAuthorities[0], validFor: null }] }),
    PUBLIC,
  ],
  [
    'a log without a key',
    'trust/root-member /tlogs/0/publicKey',
    withLog({ publicKey: 1 }),
    PUBLIC,
  ],
  [
    'a key in loose base64',
    'trust/root-member /tlogs/0/publicKey/rawBytes',
    withLogKey({ rawBytes: ' MFkw' }),
    PUBLIC,
  ],
  [
    'a key of no kind',
    'trust/root-key /tlogs/0/publicKey',
    withLogKey({ keyDetails: 'UNSPECIFIED' }),
    PUBLIC,
  ],
  [
    'a log of a foreign kind alone (TR-7)',
    'trust/root-key /tlogs/0/publicKey',
    rootWith({ tlogs: [FOREIGN] }),
    rootWith({ tlogs: [FOREIGN, LOG] }),
  ],
  [
    'a certificate log of a foreign kind alone (TR-7)',
    'trust/root-key /ctlogs/0/publicKey',
    rootWith({ ctlogs: [FOREIGN] }),
    rootWith({ ctlogs: [FOREIGN, PUBLIC.ctlogs[0]] }),
  ],
  [
    'a kind that is no name, beside a log of a known one',
    'trust/root-key /tlogs/1/publicKey',
    rootWith({ tlogs: [LOG, foreignLog({ keyDetails: 'pkix_ml_dsa_65' })] }),
    rootWith({ tlogs: [LOG, FOREIGN] }),
  ],
  [
    'a damaged key of a known kind, beside another log',
    'trust/root-key /tlogs/1/publicKey',
    rootWith({ tlogs: [LOG, foreignLog({ keyDetails: P256 })] }),
    rootWith({ tlogs: [LOG, FOREIGN] }),
  ],
  [
    'a log of a foreign kind without a validity',
    'trust/root-validity /tlogs/1/publicKey',
    rootWith({ tlogs: [LOG, foreignLog({ validFor: undefined })] }),
    rootWith({ tlogs: [LOG, FOREIGN] }),
  ],
  [
    'an algorithm with a weaker digest',
    'trust/root-key /tlogs/0/publicKey',
    withKey(p384, 'PKIX_ECDSA_P384_SHA_256'),
    withKey(p384, 'PKIX_ECDSA_P384_SHA_384'),
  ],
  ['a key of another curve', 'trust/root-key /tlogs/0/publicKey', withKey(p521, P256), PUBLIC],
  [
    'a key that is none',
    'trust/root-key /tlogs/0/publicKey',
    withLogKey({ rawBytes: 'AAAA' }),
    withKey(p521, 'PKIX_ECDSA_P521_SHA_512'),
  ],
  [
    'a kind of key that we do not have',
    'trust/root-key /tlogs/0/publicKey',
    withKey(ed448, 'PKIX_ED25519'),
    withKey(ed25519, 'PKIX_ED25519'),
  ],
  [
    'RSA of 1024 bits',
    'trust/root-key /tlogs/0/publicKey',
    withKey(weak, 'PKIX_RSA_PKCS1V5'),
    withKey(rsa, 'PKIX_RSA_PKCS1V5'),
  ],
  [
    'RSA of other bits than it says',
    'trust/root-key /tlogs/0/publicKey',
    withKey(rsa, 'PKIX_RSA_PKCS1V15_3072_SHA256'),
    withKey(rsa, 'PKIX_RSA_PKCS1V15_2048_SHA256'),
  ],
  [
    'an SPKI that is called PKCS#1',
    'trust/root-key /tlogs/0/publicKey',
    withKey(rsa, 'PKCS1_RSA_PKCS1V5'),
    withKey(rsa, 'PKCS1_RSA_PKCS1V5', { rawBytes: pkcs1 }),
  ],
  [
    'bytes after the key',
    'trust/root-key /tlogs/0/publicKey',
    withKey(p256, P256, {
      rawBytes: Buffer.concat([
        p256.export({ type: 'spki', format: 'der' }),
        Buffer.of(0),
      ]).toString('base64'),
    }),
    withKey(p256, P256),
  ],
  ['the identifier of another log', 'trust/root-log-id /tlogs/0/logId', id('AAAA'), PUBLIC],
  ['no identifier', 'trust/root-member /tlogs/0/logId', withLog({ logId: undefined }), PUBLIC],
  [
    'an Ed25519 identifier of five bytes',
    'trust/root-log-id /tlogs/0/logId',
    { ...withLog({ ...PUBLIC.tlogs[1], logId: { keyId: 'AAAAAAA=' } }) },
    { ...withLog({ ...PUBLIC.tlogs[1], logId: { keyId: 'AAAAAA==' } }) },
  ],
  [
    'a certificate log under its short identifier',
    'trust/root-log-id /ctlogs/0/logId',
    ctlog({ logId: { keyId: 'AAAAAA==' } }),
    ctlog({}),
  ],
  [
    'an authority without certificates',
    'trust/root-certificate /certificateAuthorities/0/certChain/certificates',
    chainOf([]),
    chainOf([{ rawBytes: certificate }]),
  ],
  [
    'eleven certificates',
    'trust/root-member /certificateAuthorities/0/certChain/certificates',
    chainOf(times(11, { rawBytes: certificate })),
    chainOf(times(10, { rawBytes: certificate })),
  ],
  [
    'a certificate that is none',
    'trust/root-certificate /certificateAuthorities/0/certChain/certificates/0/rawBytes',
    chainOf([{ rawBytes: 'AAAA' }]),
    PUBLIC,
  ],
  [
    'a certificate without its bytes',
    'trust/root-member /certificateAuthorities/0/certChain/certificates/0/rawBytes',
    chainOf([{}]),
    chainOf([{ rawBytes: certificate }]),
  ],
  [
    'bytes after a certificate',
    'trust/root-certificate /certificateAuthorities/0/certChain/certificates/0/rawBytes',
    chainOf([{ rawBytes: joined }]),
    PUBLIC,
  ],
  [
    'a subject with more in it',
    'trust/root-member-unknown /certificateAuthorities/0/subject',
    withAuthority({ subject: { country: 'x' } }),
    withAuthority({ subject: null }),
  ],
]
