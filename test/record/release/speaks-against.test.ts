// What speaks against a release whatever else the ledger holds.

import { expect, it } from 'vitest'
import { REVIEW } from '../../../src/record/families/review.ts'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import { WITHDRAWAL } from '../../../src/record/families/withdrawal.ts'
import { type LedgerItem, speaksAgainstAlone } from '../../../src/record/index.ts'
import { COMMIT_SUBJECT, foldedProvenance, foldedRecord, NOW } from '../folded.ts'
import { shippedRegistry } from '../registry.ts'
import { TRACKING_HEADER, TRACKING_MEMBERS } from '../signed.ts'
import { members } from './judged-release.ts'

const asked = { registry: shippedRegistry(), now: NOW, holdersOf: () => new Set<string>() }
const reviewed = (findings: readonly object[]) =>
  foldedRecord(REVIEW, { ...members(REVIEW), findings }, { about: COMMIT_SUBJECT, header: {} })

it.each<readonly [string, LedgerItem, boolean]>([
  ['a withdrawal', foldedRecord(WITHDRAWAL, members(WITHDRAWAL), {}), true],
  [
    'a tracking record',
    foldedRecord(TRACKING, TRACKING_MEMBERS, { header: TRACKING_HEADER }),
    false,
  ],
  ['provenance', foldedProvenance({ index: 0 }), false],
  ['a review of a commit that found nothing', reviewed([]), false],
])('of %s', (_, item, isAgainst) => {
  expect(speaksAgainstAlone(item, asked)).toBe(isAgainst)
})
