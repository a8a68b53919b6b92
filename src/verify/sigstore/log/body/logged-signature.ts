// What a log entry says, whatever its kind: a signature, who made it, and over what. The three things that must be those of the
// bundle (CS-6).

/** The digests that entries name. */
export type LogDigest = 'sha256' | 'sha384' | 'sha512'

/** The certificate or key that the log knows the signature under, DER. */
export interface LoggedVerifier {
  readonly kind: 'certificate' | 'public-key'
  readonly der: Uint8Array
}

/** What the entry says was signed. */
export type LoggedContent =
  /** The bytes under the signature: an artifact, or the PAE of an envelope (CS-7). */
  | { readonly of: 'signed-bytes'; readonly algorithm: LogDigest; readonly digest: Uint8Array }
  /** The payload of an envelope, and its type where the entry has it. */
  | {
      readonly of: 'payload'
      readonly algorithm: LogDigest
      readonly digest: Uint8Array
      readonly payloadType?: string
    }

/** A log entry that was read. */
export interface LoggedSignature {
  readonly signature: Uint8Array
  readonly verifier: LoggedVerifier
  readonly content: LoggedContent
}
