// Which of two pieces of evidence is the last word of its signer (ruling 10).

import type { Evidence } from '../../policy/index.ts'

/**
 * True where the other one comes later in the ledger. A-84: what was withheld and appended later is not newer than what was signed
 * after it, as far as somebody vouches for both times.
 */
export function isLaterWord(other: Evidence, one: Evidence): boolean {
  const isOlder =
    other.signedAt !== undefined && one.signedAt !== undefined && other.signedAt < one.signedAt
  return other.index > one.index && !isOlder
}
