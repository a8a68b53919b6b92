// An old release, with every signature valid, is served as if nobody had made another since.

import { expect, it } from 'vitest'
import { failedChecks } from '../../../src/core/index.ts'
import { WITHDRAWAL } from '../../../src/record/families/withdrawal.ts'
import { foldedRecord } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { judgeItems, SUPPORT } from '../properties/judged.ts'

const said = (action: 'withdraw' | 'supersede') =>
  foldedRecord(WITHDRAWAL, { ...goldenRecord(WITHDRAWAL).members, action }, { index: 60 })

const standing = (items: typeof SUPPORT) => {
  const check = judgeItems(items).check.checks?.at(-1)
  return { outcome: check?.outcome, codes: check && failedChecks(check).map(({ code }) => code) }
}

it('An old release is stale once another stands in its place, and was accepted until then (A-71)', () => {
  expect(standing(SUPPORT)).toEqual({ outcome: 'accepted', codes: [] })
  expect(standing([...SUPPORT, said('supersede')])).toEqual({
    outcome: 'stale',
    codes: ['record/superseded'],
  })
})

it('An old release that was withdrawn is rejected, whatever else is said of it (A-71)', () => {
  const withdrawn = { outcome: 'rejected', codes: ['record/withdrawn'] }
  expect(standing([...SUPPORT, said('withdraw')])).toEqual(withdrawn)
  const both = [
    ...SUPPORT,
    said('withdraw'),
    { ...said('supersede'), index: 61, sha256: 'a'.repeat(64) },
  ]
  expect(standing(both)).toEqual(withdrawn)
})
