// The origin of a record, and of what is made of several.

import type { Origin } from '../../verify/index.ts'
import type { Smoke } from '../families/smoke.ts'
import type { LedgerRecord } from '../ledger-record.ts'
import { policyOf } from '../policies/policy-of.ts'
import type { ViewContext } from '../view.ts'

/** That of its signer; a smoke is live only where the target is reached, as its policy has it (ruling 23). */
export function originOf(record: LedgerRecord, context: ViewContext): Origin {
  if (record.family !== 'smoke' || record.origin === 'local-proof') return record.origin
  return isAtTarget(record as LedgerRecord<Smoke>, context) ? record.origin : 'local-proof'
}

/** True for a smoke of the server that its policy names; without a policy, or one that names none, of no server. */
export function isAtTarget(record: LedgerRecord<Smoke>, context: ViewContext): boolean {
  const { policy } = policyOf('smoke', record, context)
  return policy?.publicOrigin === record.members.assay_smoke.publicOrigin
}

/** The lowest of them, whoever put them together; of nothing, nothing is live. */
export function lowestOrigin(records: readonly LedgerRecord[], context: ViewContext): Origin {
  const isLive =
    records.length > 0 && records.every((record) => originOf(record, context) === 'live-workflow')
  return isLive ? 'live-workflow' : 'local-proof'
}
