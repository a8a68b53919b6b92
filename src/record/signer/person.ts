// Whether a decision is one of a person: a fact of the trust document, which is the only one to say who is whom.

import { type Check, quote } from '../../core/index.ts'
import type { LedgerRecord } from '../ledger-record.ts'
import { failed, passed } from '../view.ts'

/** What the trust document says of a signer; `unknown` counts neither as a person nor as automation. */
export type SignerKind = 'person' | 'automation' | 'unknown'

type Signed = Pick<LedgerRecord, 'signer'>

/** Of the signer of a record. */
export function signerKindOf({ signer }: Signed): SignerKind {
  return signer.kind ?? 'unknown'
}

/** True where the trust document says that a person signed. */
export function isByPerson(record: Signed): boolean {
  return signerKindOf(record) === 'person'
}

/** Automation decides nothing, and of an unknown signer it is not shown that a person did. */
export function checkPerson(record: Signed): Check {
  const found = `${quote(record.signer.principal)}: ${signerKindOf(record)}`
  const facts = { expected: 'a person, by the trust document', found }
  if (isByPerson(record)) return passed('person', 'A person decided', facts)
  const outcome = signerKindOf(record) === 'automation' ? 'rejected' : 'missing'
  const message = 'It is not shown that a person decided'
  const hint = 'Set the kind of the signer in the trust document, or let a person sign'
  return failed('person', outcome, 'record/not-person', message, { ...facts, hint })
}
