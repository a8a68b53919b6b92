// What a Sigstore bundle holds (sigstore_bundle.proto): one signature with what is needed to check
// it. Nothing in it is believed yet.

import type { LogEntry } from './log-entry.ts'

/**
 * DSSE envelope with its one signature (SB-2).
 *
 * @example { payloadType: 'application/vnd.in-toto+json', payload: Uint8Array, signature: Uint8Array }
 */
export interface Envelope {
  /** Opaque and case-sensitive (DSSE-5). */
  readonly payloadType: string
  readonly payload: Uint8Array
  readonly signature: Uint8Array
  /** Unauthenticated: it narrows the candidates and decides nothing (DSSE-2). Absent where it is empty. */
  readonly keyid?: string
}

/** What the bundle says about who signed. */
export type BundleKeyMaterial =
  /** `hint` is unauthenticated, and may be empty. */
  | { readonly kind: 'public-key'; readonly hint: string }
  /** DER of the leaf (v0.3). */
  | { readonly kind: 'certificate'; readonly certificate: Uint8Array }
  /** DER, leaf first (v0.1, v0.2); all but the leaf are untrusted (SB-4). */
  | {
      readonly kind: 'certificate-chain'
      readonly certificates: readonly [Uint8Array, ...Uint8Array[]]
    }

/** What was signed: a typed payload, or an artifact that is not in the bundle. */
export type BundleContent =
  | { readonly kind: 'dsse'; readonly envelope: Envelope }
  | {
      readonly kind: 'message'
      /** SB-8: never verified against; the artifact is always hashed. */
      readonly digestHint?: { readonly algorithm: string; readonly digest: Uint8Array }
      readonly signature: Uint8Array
    }

/** Versions of the format that are read; 0.3 is written. */
export type BundleVersion = '0.1' | '0.2' | '0.3'

/**
 * A bundle that was read.
 *
 * @example { version: '0.3', keyMaterial: { kind: 'public-key', hint: 'NzbL…' }, logEntries: [], timestamps: [],
 *   content: { kind: 'dsse', envelope } }
 */
export interface Bundle {
  readonly version: BundleVersion
  /** Where it came in a form of others that asks for more: its rules hold beside those of bundles. */
  readonly profile?: 'pep740'
  readonly keyMaterial: BundleKeyMaterial
  readonly logEntries: readonly LogEntry[]
  /** RFC 3161 time-stamp responses, DER. */
  readonly timestamps: readonly Uint8Array[]
  readonly content: BundleContent
}
