// Which records decide: history stays in the ledger, and what a later record of the same check made up for decides nothing any more.

import type { RecordFamily } from '../../policy/index.ts'
import type { Family } from '../family.ts'
import { onceFor } from '../once.ts'
import type { FamilyView, ViewContext } from '../view.ts'
import type { FoldedRecord } from './evidence.ts'

/** A record, and what is computed of it. */
export interface ViewedRecord<M = unknown> {
  readonly record: FoldedRecord<M>
  readonly view: FamilyView
  /** The later record that made up for it: so it decides nothing, whatever its view is. */
  readonly overtakenBy?: FoldedRecord<M>
}

/**
 * The accepted record that makes up for one that is not accepted; the last of them.
 *
 * @param others the records of the release, viewed; those of other families are passed over
 */
export function findOvertaking<M>(
  { record, view }: ViewedRecord<M>,
  others: readonly ViewedRecord<M>[],
  { findMakingUp }: Pick<Family, 'findMakingUp'>,
): FoldedRecord<M> | undefined {
  if (isAccepted(view)) return undefined
  const accepted = acceptedOf(others).get(record.family) ?? []
  // Of the family of the record, so with its members.
  return findMakingUp(record, accepted) as FoldedRecord<M> | undefined
}

/** Found once, for whichever of them is asked about. */
const acceptedOf = onceFor((viewed: readonly ViewedRecord[]) =>
  Map.groupBy(
    viewed.filter(({ view }) => isAccepted(view)).map(({ record }) => record),
    ({ family }) => family,
  ),
)

/** The records of a family that decide, each with its view. */
export function decidingRecords<M>(
  family: Family<RecordFamily, M>,
  records: readonly FoldedRecord<M>[],
  context: ViewContext,
): readonly ViewedRecord<M>[] {
  const viewed = records.map((record) => ({ record, view: family.view(record, context) }))
  return viewed.filter((one) => findOvertaking(one, viewed, family) === undefined)
}

/** True where one of them is accepted, and none rejected. */
export function areGood(viewed: readonly ViewedRecord[]): boolean {
  const outcomes = new Set(viewed.map(({ view }) => view.check.outcome))
  return outcomes.has('accepted') && !outcomes.has('rejected') && !outcomes.has('error')
}

function isAccepted({ check }: FamilyView): boolean {
  return check.outcome === 'accepted'
}
