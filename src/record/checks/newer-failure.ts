// What a later record of the same check does to an earlier one: a failure takes the earlier success away, until a later success.

import type { Check } from '../../core/index.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, passed } from '../view.ts'

/** What a record says of its check: `nothing` where it is empty or incomplete, which neither helps nor hurts another one. */
export type Word = 'passed' | 'failed' | 'nothing'

/**
 * Accepted unless the last later record that says anything says `failed`.
 *
 * @param peers every record of the same check, about the same thing, in ledger order
 */
export function checkNewerFailure<M>(
  { index }: Pick<FoldedRecord<M>, 'index'>,
  peers: readonly FoldedRecord<M>[],
  wordOf: (record: FoldedRecord<M>) => Word,
): Check {
  const later = peers.filter((peer) => peer.index > index)
  const last = later.findLast((peer) => wordOf(peer) !== 'nothing')
  if (last === undefined || wordOf(last) === 'passed') {
    return passed('newer-result', 'No later result of the same check speaks against it')
  }
  const message = `Record ${last.sha256} at entry ${last.index} is a later result of the same check, and failed`
  return failed('newer-result', 'rejected', 'record/newer-failure', message)
}
