// A certificate authority of two levels, a certificate log and the trusted root that names both. Everything in it can be made wrong.

import { createHash, sign } from 'node:crypto'
import type {
  CertificateAuthority,
  NamedRoot,
  TransparencyLog,
  ValidityPeriod,
} from '../../../src/trust/index.ts'
import { octets } from './der-writer.ts'
import {
  encodeCertificate,
  encodeSigned,
  extension,
  generalName,
  IDS,
  makeKey,
  spkiOf,
  type TestAlgorithm,
  type TestCertificate,
  type TestExtension,
  type TestKey,
} from './test-certificate.ts'

/** When the leaves of these tests are made; their ten minutes begin here. */
export const SIGNED_AT = Date.UTC(2026, 0, 10, 12)
const MINUTE = 60_000
export const YEAR = 365 * 24 * 60 * MINUTE

export const WORKFLOW = 'https://github.com/o/r/.github/workflows/release.yml@refs/tags/v1'
export const ISSUER = 'https://token.actions.githubusercontent.com'

/** Changes to one certificate of the authority. */
export type CertificateChange = (certificate: TestCertificate) => TestCertificate
const unchanged: CertificateChange = (certificate) => certificate

/** What of an authority can be made another way. */
export interface AuthorityOptions {
  readonly name?: string
  readonly changeRoot?: CertificateChange
  readonly changeIntermediate?: CertificateChange
  readonly validFor?: ValidityPeriod
  /** The root issues the leaves itself. */
  readonly isFlat?: boolean
}

/** An authority that issues leaves. */
export interface TestAuthority {
  readonly authority: CertificateAuthority
  readonly issuer: { readonly name: string; readonly key: TestKey }
  readonly rootCertificate: Buffer
  readonly intermediate: Buffer
}

export const ROOT_KEY = makeKey('P-384')
export const INTERMEDIATE_KEY = makeKey('P-384')

/** P-384, like Fulcio's; with `changeRoot` and `changeIntermediate` made wrong. */
export function makeAuthority(options: AuthorityOptions = {}): TestAuthority {
  const { name = 'test', changeRoot = unchanged, changeIntermediate = unchanged } = options
  const { isFlat = false, validFor = { start: SIGNED_AT - YEAR } } = options
  const common = {
    issuer: `${name} root`,
    issuerKey: ROOT_KEY,
    notBefore: SIGNED_AT - YEAR,
    notAfter: SIGNED_AT + YEAR,
    algorithm: 'ecdsa-sha384',
  } as const
  const rootCertificate = encodeCertificate(
    changeRoot({
      ...common,
      subject: `${name} root`,
      key: ROOT_KEY,
      extensions: [
        extension.authority(1),
        extension.keyUsage(5, 6),
        extension.subjectKeyId(ROOT_KEY),
      ],
    }),
  )
  const intermediate = encodeCertificate(
    changeIntermediate({
      ...common,
      subject: `${name} intermediate`,
      key: INTERMEDIATE_KEY,
      extensions: [
        extension.authority(0),
        extension.keyUsage(5, 6),
        extension.purposes([IDS.codeSigning]),
        extension.subjectKeyId(INTERMEDIATE_KEY),
        extension.authorityKeyId(ROOT_KEY),
      ],
    }),
  )
  return {
    authority: {
      uri: `https://${name}.example`,
      certificates: isFlat ? [rootCertificate] : [intermediate, rootCertificate],
      validFor,
    },
    issuer: isFlat
      ? { name: `${name} root`, key: ROOT_KEY }
      : { name: `${name} intermediate`, key: INTERMEDIATE_KEY },
    rootCertificate,
    intermediate,
  }
}

/** What of a leaf can be made another way. */
export interface LeafOptions {
  readonly by?: TestAuthority
  readonly key?: TestKey
  /** In place of the extension with the same identifier, or after all of them. */
  readonly extensions?: readonly TestExtension[]
  /** Identifiers of extensions that are left out. */
  readonly without?: readonly string[]
  readonly change?: CertificateChange
  /** What the extension of certificate timestamps holds; by default one good promise. */
  readonly scts?: (request: SctRequest) => readonly Uint8Array[]
}

/** What a log is asked to promise. */
export interface SctRequest {
  /** The part of the certificate that is signed, before the promises are in it. */
  readonly precertificate: Uint8Array
  readonly issuerSpki: Uint8Array
}

export const LEAF_KEY = makeKey('P-256')
const AUTHORITY = makeAuthority()

/** A certificate like Fulcio's for a workflow of GitHub. */
export function makeLeaf(options: LeafOptions = {}): Buffer {
  const { by = AUTHORITY, key = LEAF_KEY, change = unchanged } = options
  const { scts = (request) => [encodeSct(request)] } = options
  const certificate = change({
    subject: '',
    issuer: by.issuer.name,
    key,
    issuerKey: by.issuer.key,
    algorithm: 'ecdsa-sha384',
    notBefore: SIGNED_AT,
    notAfter: SIGNED_AT + 10 * MINUTE,
    extensions: leafExtensions(key, by.issuer.key, options),
  })
  const list = scts({
    precertificate: encodeSigned(certificate),
    issuerSpki: spkiOf(by.issuer.key),
  })
  const { extensions, ...rest } = certificate
  const promises = list.length === 0 ? [] : [sctExtension(...list)]
  return encodeCertificate({ ...rest, extensions: [...extensions, ...promises] })
}

function leafExtensions(
  key: TestKey,
  issuerKey: TestKey,
  { extensions = [], without = [] }: LeafOptions,
): readonly TestExtension[] {
  const usual = [
    extension.keyUsage(0),
    extension.purposes([IDS.codeSigning]),
    extension.subjectKeyId(key),
    extension.authorityKeyId(issuerKey),
    extension.names(generalName.uri(WORKFLOW)),
    extension.claim(1, ISSUER),
    extension.claim(2, 'push'),
    extension.claim(8, ISSUER),
    extension.claim(11, 'github-hosted'),
    extension.claim(15, '123456'),
  ]
  const kept = usual.filter(({ id }) => !without.includes(id))
  const replaced = kept.map((one) => extensions.find(({ id }) => id === one.id) ?? one)
  return [...replaced, ...extensions.filter((one) => !replaced.includes(one))]
}

/** The extension with promises of these bytes. */
export function sctExtension(...scts: readonly Uint8Array[]): TestExtension {
  const list = Buffer.concat(scts.map((sct) => vector(sct)))
  return { id: IDS.scts, value: octets(vector(list)) }
}

/** A TLS vector with a length of two octets. */
export function vector(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}

const LOG_KEY = makeKey('P-256')

/** A certificate log as a trusted root names it. */
export function makeLog(
  key: TestKey = LOG_KEY,
  options: Partial<TransparencyLog> = {},
): TransparencyLog {
  const spki = spkiOf(key)
  return {
    baseUrl: 'https://ct.example',
    origin: 'ct.example',
    logId: createHash('sha256').update(spki).digest(),
    publicKey: {
      type: key.publicKey.asymmetricKeyType === 'rsa' ? 'rsa' : 'p256',
      key: key.publicKey,
      spki,
    },
    validFor: { start: SIGNED_AT - YEAR },
    ...options,
  }
}

/** What of a promise can be made another way. */
export interface SctOptions {
  readonly key?: TestKey
  readonly timestamp?: number
  readonly extensions?: Uint8Array
  readonly version?: number
  readonly algorithm?: readonly [number, number]
  readonly digest?: string
  readonly logId?: Uint8Array
}

/** A promise as RFC 6962 section 3.2 has it. */
export function encodeSct(
  { precertificate, issuerSpki }: SctRequest,
  options: SctOptions = {},
): Buffer {
  const {
    key = LOG_KEY,
    timestamp = SIGNED_AT,
    extensions = Buffer.alloc(0),
    version = 0,
  } = options
  const { algorithm = [4, 3], digest = 'sha256' } = options
  const { logId = createHash('sha256').update(spkiOf(key)).digest() } = options
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(timestamp))
  const length = Buffer.alloc(3)
  length.writeUIntBE(precertificate.length, 0, 3)
  const signed = Buffer.concat([
    Buffer.from([0, 0]),
    time,
    Buffer.from([0, 1]),
    createHash('sha256').update(issuerSpki).digest(),
    length,
    precertificate,
    vector(extensions),
  ])
  const signature = sign(digest, signed, key.privateKey)
  return Buffer.concat([
    Buffer.from([version]),
    logId,
    time,
    vector(extensions),
    Buffer.from(algorithm),
    vector(signature),
  ])
}

/** A trusted root with these authorities and logs. */
export function makeRoot(parts: Partial<NamedRoot['root']> = {}, name = 'test'): NamedRoot {
  const root = {
    transparencyLogs: [],
    certificateLogs: [makeLog()],
    unusableLogs: [],
    certificateAuthorities: [AUTHORITY.authority],
    timestampAuthorities: [],
    ...parts,
  }
  return { name, mark: 'rehearsal', root, digest: '0'.repeat(64), isPublicGood: false } as NamedRoot
}

export type { TestAlgorithm }
