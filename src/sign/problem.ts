import type { Problem } from '../core/index.ts'
import type { TrustProblem } from '../trust/index.ts'

export type SignProblem =
  | TrustProblem
  | Problem<
      | 'sign/kdf-cost'
      | 'sign/key-damaged'
      | 'sign/key-encryption'
      | 'sign/key-format'
      | 'sign/key-mismatch'
      | 'sign/passphrase-empty'
      | 'sign/passphrase-missing'
      | 'sign/passphrase-wrong'
      | 'sign/signer-response'
      | 'sign/signature-wrong'
    >
