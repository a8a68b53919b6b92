// What somebody reports to have seen: nothing of it was seen here, and every verdict about it says whose word it is.

import { quote } from '../../core/index.ts'
import type { LedgerRecord } from '../ledger-record.ts'

/** The verdict about an observation, with who made it. */
export function asReported(about: string, { signer }: Pick<LedgerRecord, 'signer'>): string {
  return `${about}, as reported by ${quote(signer.principal)}`
}
