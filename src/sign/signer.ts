// The port that every kind of signer fits: a key in a file, a command that reaches a KMS or an HSM.

import type { PublicKey } from '../trust/index.ts'

/** Makes signatures with one key, which may be anywhere. */
export interface Signer {
  /** The key id (RFC 7638 thumbprint); a bundle carries it as `publicKey.hint`. */
  readonly hint: string
  readonly publicKey: PublicKey
  /**
   * Signs the bytes themselves, not a digest of them.
   *
   * @returns ECDSA: a DER `Ecdsa-Sig-Value`; Ed25519: 64 bytes; RSA: PKCS#1 v1.5. Checked against {@link publicKey}.
   */
  sign(bytes: Uint8Array): Promise<Uint8Array>
}
