// The snapshot of what a release was made from, as its tracking records name it.

import { TRACKING } from '../families/tracking.ts'
import { newestOf } from '../time/order.ts'
import type { ReleaseEvidence } from './evidence.ts'
import { latestOf, recordsOf } from './records-of.ts'

/**
 * SHA-256 of the snapshot that the last tracking record names. Absent too where a newer one names another snapshot, and was adopted by what
 * does not hold: an adoption that falls with something it needs takes no contradiction back.
 */
export function snapshotOf({
  records,
  fallen = [],
}: Pick<ReleaseEvidence, 'records' | 'fallen'>): string | undefined {
  const counted = latestOf({ records }, TRACKING)
  if (counted === undefined) return undefined
  const { snapshot } = counted.members
  const told = [counted, ...recordsOf({ records: fallen }, TRACKING)]
  const newest = newestOf(told.toSorted((a, b) => a.index - b.index))
  return newest?.members.snapshot === snapshot ? snapshot : undefined
}
