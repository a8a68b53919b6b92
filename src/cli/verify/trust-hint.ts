// Hints of a verdict name the trust document that decided. The verification knows no files: its hints say `--trust FILE`.

import { type Check, shellWord } from '../../core/index.ts'

const PLACEHOLDER = '--trust FILE'

/**
 * The hint with the trust document as it was given. A path that can not be shown as it is, is left for the person to type.
 *
 * Only the first place: text of the evidence, such as the name in a certificate, stands after it and is not ours to change.
 */
export function nameTrustFile(hint: string, path: string): string {
  const word = shellWord(path)
  return word === undefined ? hint : hint.replace(PLACEHOLDER, () => `--trust ${word}`)
}

/** The same in every hint of the verdict. */
export function nameTrustFileIn(check: Check, path: string): Check {
  const { hint, checks } = check
  return {
    ...check,
    ...(hint !== undefined && { hint: nameTrustFile(hint, path) }),
    ...(checks !== undefined && { checks: checks.map((part) => nameTrustFileIn(part, path)) }),
  }
}
