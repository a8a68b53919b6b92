// The two answers of every encrypted form of a key.

import type { SignProblem } from './problem.ts'

/** The key is encrypted, and nobody gave a passphrase. */
export const PASSPHRASE_MISSING: SignProblem = {
  code: 'sign/passphrase-missing',
  message: 'Expected a passphrase for an encrypted key, found none',
  hint: 'Set ASSAY_KEY_PASSPHRASE, give --passphrase-file FILE, or run it on a terminal',
}

/** The passphrase did not open the key. */
export const PASSPHRASE_WRONG: SignProblem = {
  code: 'sign/passphrase-wrong',
  message: 'Cannot decrypt the key: the passphrase is wrong, or the file is damaged',
}
