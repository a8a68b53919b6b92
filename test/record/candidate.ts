// The records that a candidate has before it is deployed, for tests of what comes after.

import type { LedgerItem, LedgerRecord } from '../../src/record/index.ts'
import { TRACKING } from '../../src/record/families/tracking.ts'
import { type FoldedOptions, foldedRecord } from './folded.ts'
import { SET, TRACKING_HEADER, TRACKING_MEMBERS } from './signed.ts'
import { digestOf } from '../verify/release.ts'

/** What the linkage policy wants of a candidate. */
export const CANDIDATE_FAMILIES = [
  'tracking',
  'attestation',
  'authority',
  'promotion',
  'rollback',
] as const

/** One record of each family, from the entry `index` on: only that they are there matters, so each is a tracking by another name. */
export function candidateRecords(
  { index = 0, ...options }: FoldedOptions = {},
  families: readonly (typeof CANDIDATE_FAMILIES)[number][] = CANDIDATE_FAMILIES,
): readonly (LedgerItem & LedgerRecord)[] {
  return families.map((family, place) => {
    const record = foldedRecord(TRACKING, TRACKING_MEMBERS, {
      about: SET,
      header: TRACKING_HEADER,
      ...options,
      index: index + place,
    })
    const sha256 = digestOf(`${family} at ${index + place}`)
    return { ...record, family, sha256, id: `${family}-${record.release?.phase}` }
  })
}
