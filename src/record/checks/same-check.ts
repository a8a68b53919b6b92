// Records of the same check: a later failure takes an earlier success away, and a later success makes up for an earlier failure.

import type { Check } from '../../core/index.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, passed } from '../view.ts'
import { standsBefore } from './order.ts'
import type { NamedResult } from './results.ts'

/** What a record says of its check: `nothing` where it is empty or incomplete, which neither helps nor hurts another one. */
export type Word = 'passed' | 'failed' | 'nothing'

/** The word of a list of results. */
export function wordOf(results: readonly { readonly result: NamedResult }[]): Word {
  if (results.length === 0) return 'nothing'
  return results.some(({ result }) => result === 'failed') ? 'failed' : 'passed'
}

/** How a family knows that two of its records are of the same check. */
export interface SameCheck<M> {
  readonly isSame: (one: FoldedRecord<M>, other: FoldedRecord<M>) => boolean
  /** What the check consists of, where it has parts: what failed in one record has to pass by the same name in a later one. */
  readonly resultsOf?: (record: FoldedRecord<M>) => ReadonlyMap<string, NamedResult>
}

/** True for a later record of the same check in which everything passed that failed in the earlier one. */
export function makesUpFor<M>(
  { isSame, resultsOf = () => new Map() }: SameCheck<M>,
  earlier: FoldedRecord<M>,
  later: FoldedRecord<M>,
): boolean {
  if (!standsBefore(earlier, later) || !isSame(earlier, later)) return false
  const results = resultsOf(later)
  return [...resultsOf(earlier)]
    .filter(([, result]) => result === 'failed')
    .every(([name]) => (results.get(name) ?? 'failed') !== 'failed')
}

/**
 * Accepted unless a later record of the same check failed, and none after that makes up for it.
 *
 * @param records of the family that may be of the same check
 */
export function checkLaterFailure<M>(
  record: FoldedRecord<M>,
  records: readonly FoldedRecord<M>[],
  sameCheck: SameCheck<M>,
  wordOf: (record: FoldedRecord<M>) => Word,
): Check {
  const later = records.filter(
    (other) => other.index > record.index && sameCheck.isSame(record, other),
  )
  const successes = later.filter((other) => wordOf(other) === 'passed')
  const last = later.findLast(
    (other) =>
      wordOf(other) === 'failed' && !successes.some((one) => makesUpFor(sameCheck, other, one)),
  )
  if (last === undefined) {
    return passed('later-result', 'No later result of the same check speaks against it')
  }
  const message = `Record ${last.sha256} at entry ${last.index} is a later result of the same check, and failed`
  return failed('later-result', 'rejected', 'record/later-failure', message)
}
