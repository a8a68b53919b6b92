// The snapshot of what a release was made from, as its tracking records name it.

import { TRACKING } from '../families/tracking.ts'
import { newestOf } from '../time/order.ts'
import type { ReleaseEvidence } from './evidence.ts'
import { latestOf, recordsOf } from './records-of.ts'

/**
 * SHA-256 of the snapshot that the last tracking record names. Absent too where a newer one names another snapshot, and was adopted by what
 * does not hold: an adoption that falls with something it needs takes no contradiction back. One that does not hold makes none good either:
 * only a tracking record that counts, and is newer, does.
 *
 * It is not asked whether such an adoption ever held. One whose review was never written looks like one whose review was taken out of the
 * ledger, and what is taken out must not help. So whoever the trust document lets sign tracking records and adoptions can stop a release
 * by these two, as they can by a failed test; and they can start none.
 */
export function snapshotOf({
  records,
  fallen = [],
}: Pick<ReleaseEvidence, 'records' | 'fallen'>): string | undefined {
  const counted = latestOf({ records }, TRACKING)
  if (counted === undefined) return undefined
  const { snapshot } = counted.members
  const isContradicted = recordsOf({ records: fallen }, TRACKING).some((told) => {
    const newest = newestOf([counted, told].toSorted((a, b) => a.index - b.index))
    return newest === told && told.members.snapshot !== snapshot
  })
  return isContradicted ? undefined : snapshot
}
