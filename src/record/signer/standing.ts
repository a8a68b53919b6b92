// Whose word can take back whose: two signers who disagree stay two, unless the later one stands where the earlier one did.

import { quote } from '../../core/index.ts'
import type { LedgerRecord } from '../ledger-record.ts'
import { isDecidedInRole } from './decisions.ts'
import { isByPerson, signerKindOf } from './person.ts'

type Signed = Pick<LedgerRecord, 'signer'>

/** A word, and of what. */
type Said = Pick<LedgerRecord, 'family' | 'predicateType' | 'signer'>

/**
 * True for a word of the same signer, or of one who may say all that the other might have said it as: in each role of theirs, and where a
 * person spoke, a person. What automation found a person may look at again, and never the other way round. A word that counts in no role is
 * heard for what it is against, and answers nobody; its signer is answered by those whose decision it is.
 */
export function standsAs(word: Said, other: Signed): boolean {
  const kind = signerKindOf(word)
  if (kind !== 'person' && kind !== signerKindOf(other)) return false
  if (word.signer.roles.length === 0) return false
  if (word.signer.principal === other.signer.principal) return true
  if (other.signer.roles.length === 0) return isDecidedInRole(word)
  const roles = new Set(word.signer.roles.map(({ name }) => name))
  return other.signer.roles.every(({ name }) => roles.has(name))
}

/** Who would stand as that one, for people. */
export function describeStanding(other: Signed): string {
  const who = isByPerson(other) ? 'a person' : 'somebody'
  const roles = other.signer.roles.map(({ name }) => quote(name)).join(' and ')
  return `${who} in ${roles === '' ? 'a role that is for such decisions' : `the role ${roles}`}`
}
