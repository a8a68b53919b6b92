// Whether a record is of a phase that its policy has.

import type { Check } from '../../core/index.ts'
import type { Phase } from '../../policy/index.ts'
import type { LedgerRecord } from '../ledger-record.ts'
import { failed, passed } from '../view.ts'

/** Accepted for a record of one of these phases. */
export function checkPhase(
  { release }: Pick<LedgerRecord, 'release'>,
  phases: readonly Phase[],
): Check {
  const facts = { expected: phases.join(' or '), found: release?.phase ?? 'none' }
  return release !== undefined && phases.includes(release.phase)
    ? passed('phase', `The policy has the phase ${release.phase}`, facts)
    : failed('phase', 'rejected', 'record/phase', 'The policy does not have the phase', facts)
}
