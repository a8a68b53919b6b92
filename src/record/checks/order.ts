// What stood before what: by the places in the ledger, and by the times that others vouch for.

import type { Instant } from '../../core/index.ts'
import type { FoldedRecord } from '../release/evidence.ts'

type Placed = Pick<FoldedRecord, 'index' | 'judged'>

/** The earliest time by which somebody else saw the signature; the verifier's own clock says nothing of it. */
export function vouchedTimeOf({ judged }: Pick<FoldedRecord, 'judged'>): Instant | undefined {
  return judged.source === 'timestamp' || judged.source === 'log' ? judged.at : undefined
}

/** True where the ledger has the first before the second, and no vouched times say otherwise. */
export function standsBefore(first: Placed, second: Placed): boolean {
  const early = vouchedTimeOf(first)
  const late = vouchedTimeOf(second)
  const isTimely = early === undefined || late === undefined || early <= late
  return first.index < second.index && isTimely
}
