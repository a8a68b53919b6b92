// Whose word can take back whose: two signers who disagree stay two, unless the later one stands where the earlier one did.

import { quote } from '../../core/index.ts'
import { isByPerson, signerKindOf } from './person.ts'
import type { LedgerRecord } from '../ledger-record.ts'

type Signed = Pick<LedgerRecord, 'signer'>

/**
 * True for a word of the same signer, or of one who may say all that the other might have said it as: in each role of theirs, and where a
 * person spoke, a person. What automation found a person may look at again, and never the other way round.
 */
export function standsAs({ signer }: Signed, other: Signed): boolean {
  const kind = signerKindOf({ signer })
  if (kind !== 'person' && kind !== signerKindOf(other)) return false
  if (signer.principal === other.signer.principal) return true
  const roles = new Set(signer.roles.map(({ name }) => name))
  return other.signer.roles.every(({ name }) => roles.has(name))
}

/** Who would stand as that one, for people. */
export function describeStanding(other: Signed): string {
  const who = isByPerson(other) ? 'a person' : 'somebody'
  const roles = other.signer.roles.map(({ name }) => quote(name)).join(' and ')
  return roles === '' ? who : `${who} in the role ${roles}`
}
