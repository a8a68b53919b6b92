import type { Problem } from '../core/index.ts'
import type { TrustProblem } from '../trust/index.ts'

/** Why a private key can not be used, or a signer's answer not be believed. */
export type SignProblem =
  | TrustProblem
  | Problem<
      /** A key file asks for more work or memory per passphrase than any tool's defaults. */
      | 'sign/kdf-cost'
      /** A private key whose bytes are damaged. */
      | 'sign/key-damaged'
      /** A key that is encrypted in a way that is not read here. */
      | 'sign/key-encryption'
      /** No private key in a form that is read here. */
      | 'sign/key-format'
      /** The public half beside a private key is another key's. */
      | 'sign/key-mismatch'
      /** A new key needs a passphrase that is not empty. */
      | 'sign/passphrase-empty'
      /** The key is encrypted, and there is no passphrase to open it. */
      | 'sign/passphrase-missing'
      /** The passphrase does not open the key, or two that should be the same differ. */
      | 'sign/passphrase-wrong'
      /** The signer's signature is by another key, or does not verify. */
      | 'sign/signature-wrong'
      /** The signer answered something else than the protocol has. */
      | 'sign/signer-response'
    >
