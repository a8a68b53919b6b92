// The snapshot of a release: an adoption that falls takes back nothing of what its tracking record says against the one before it.

import { expect, it } from 'vitest'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import { foldRelease } from '../../../src/record/index.ts'
import { snapshotOf } from '../../../src/record/release/snapshot.ts'
import { digestOf } from '../../verify/release.ts'
import { foldedRecord } from '../folded.ts'
import { RELEASE, TRACKING_HEADER, TRACKING_MEMBERS } from '../signed.ts'

const tracking = (index: number, snapshot: string) =>
  foldedRecord(
    TRACKING,
    { ...TRACKING_MEMBERS, snapshot: digestOf(snapshot) },
    { index, header: TRACKING_HEADER },
  )

const FIRST = tracking(1, 'one')
const SAME = tracking(2, 'one')
const OTHER = tracking(3, 'another')
const LAST = tracking(4, 'one')

type Tracked = readonly (typeof FIRST)[]
const names = (records: Tracked) => new Set(records.map(({ sha256 }) => sha256))

const [ONE, ANOTHER] = [digestOf('one'), digestOf('another')]

it.each<readonly [string, Tracked, Tracked, string | undefined]>([
  ['of the last that is adopted', [FIRST, OTHER], [FIRST, OTHER], ANOTHER],
  ['of none, where a newer one that fell names another', [FIRST], [FIRST, OTHER], undefined],
  ['that one which fell names as well', [FIRST], [FIRST, SAME], ONE],
  ['of what is adopted after one that fell', [LAST], [OTHER, LAST], ONE],
  ['of none, where only what fell makes good what fell', [FIRST], [FIRST, OTHER, LAST], undefined],
  ['of what is adopted, though that fell as well before', [LAST], [SAME, OTHER, LAST], ONE],
  ['whatever nobody adopted says', [FIRST], [FIRST], ONE],
  ['of none, where none is adopted', [], [OTHER], undefined],
  ['of none, also where what nobody named is newer', [FIRST], [FIRST, SAME, OTHER], undefined],
])('a release is of the snapshot %s', (_, adopted, named, snapshot) => {
  const { evidence } = foldRelease({
    id: RELEASE.artifactSetId,
    items: [FIRST, SAME, OTHER, LAST],
    commitItems: () => [],
    adopted: names(adopted),
    named: names(named),
  })
  expect(snapshotOf(evidence)).toBe(snapshot)
})

it('a release of a run, where all records count, is of the snapshot of its last tracking record', () => {
  const items = [FIRST, OTHER]
  const { evidence } = foldRelease({ id: RELEASE.artifactSetId, items, commitItems: () => [] })
  expect(snapshotOf(evidence)).toBe(ANOTHER)
  expect(snapshotOf({ records: evidence.records })).toBe(ANOTHER)
})
