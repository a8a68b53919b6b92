// A Sigstore trusted root (sigstore_trustroot.proto): which authorities and logs there are, and when each may be believed.

import type { KeyObject } from 'node:crypto'
import type { JsonObject } from '../../../core/index.ts'
import type { KeyType } from '../../key/public-key.ts'
import type { ValidityPeriod } from './validity-period.ts'

/** The public key of a log. */
export interface LogKey {
  readonly type: KeyType
  readonly key: KeyObject
  /** DER SubjectPublicKeyInfo; the older `PKCS1_RSA` form is rewritten to it. */
  readonly spki: Uint8Array
}

/** A transparency log, or a certificate log: both sign what they hold. */
export interface TransparencyLog {
  readonly baseUrl: string
  /** The name in the first line of its checkpoints: the host of {@link baseUrl}, with the path where it has one. */
  readonly origin: string
  /** `logId.keyId`: for a log of Rekor v1 and for a certificate log, SHA-256 of the key. */
  readonly logId: Uint8Array
  /** `checkpointKeyId.keyId`, where the root gives it. */
  readonly checkpointKeyId?: Uint8Array
  readonly publicKey: LogKey
  readonly validFor: ValidityPeriod
  /** Logs of one operator count once (TR-4). */
  readonly operator?: string
}

/** A log whose key is of a kind that nothing can be checked with here: it is shown, and its word counts for nothing (TR-7). */
export interface UnusableLog {
  readonly kind: 'log' | 'certificate log'
  /** As in {@link TransparencyLog}. */
  readonly origin: string
  /** The kind of the key, as the root calls it. */
  readonly keyDetails: string
  readonly keyBytes: Uint8Array
  readonly validFor: ValidityPeriod
}

/** An authority for signing certificates or for timestamps. */
export interface CertificateAuthority {
  readonly uri: string
  /** DER: the issuing certificate (for timestamps: the signing one) first, the root last. */
  readonly certificates: readonly [Uint8Array, ...Uint8Array[]]
  readonly validFor: ValidityPeriod
  readonly operator?: string
}

/** A trusted root that was read. Nothing says yet what it may be used for. */
export interface TrustedRoot {
  readonly transparencyLogs: readonly TransparencyLog[]
  readonly certificateLogs: readonly TransparencyLog[]
  readonly unusableLogs: readonly UnusableLog[]
  readonly certificateAuthorities: readonly CertificateAuthority[]
  readonly timestampAuthorities: readonly CertificateAuthority[]
}

/** `live`: its CI issuers vouch for real workflows; `rehearsal`: everything under it is practice. */
export type RootMark = 'live' | 'rehearsal'

/** A root of the trust document. */
export interface NamedRoot {
  readonly name: string
  readonly mark: RootMark
  readonly root: TrustedRoot
  /** The `trusted_root.json` itself, as the trust document holds it. */
  readonly document: JsonObject
  /** SHA-256 of the canonical form of the `trusted_root.json`, lower-case hex. */
  readonly digest: string
  /** True where {@link digest} is one of the public-good roots that are built in; any other root is live by declaration alone. */
  readonly isPublicGood: boolean
}
