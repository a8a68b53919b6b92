// Releases beside the one that is asked about: what can not be read of them is heard as long as they may be newer.

import { expect, it } from 'vitest'
import { INCIDENT } from '../../src/record/families/incident.ts'
import { foldedRecord } from '../record/folded.ts'
import { goldenRecord } from '../record/golden-record.ts'
import { SET } from '../record/signed.ts'
import { askedOf, type Item, STAGED } from './asked-project.ts'
import { headerOf, trackedAt } from './judged-view.ts'
import { STAGING } from './states.ts'

const [BEFORE, ASKED] = [STAGED(1), STAGED(2)]
const OTHER_WAY = BEFORE.replace('staging__', 'preview__')

/** It came into use, and nobody tracks it. */
const seenAt = (index: number, id: string): Item =>
  foldedRecord(INCIDENT, goldenRecord(INCIDENT).members, {
    ...{ index, about: { ...SET, id }, header: headerOf(id) },
  })

const codeWith = (id: string, ...items: Item[]) => {
  const releases = { [ASKED]: [trackedAt(20, ASKED)], [id]: items }
  const { subject } = askedOf(STAGING, releases, { refused: { [id]: 1 } })
  expect(subject.release?.id).toBe(ASKED)
  return subject.against[0]?.code
}

it('a release that nobody tracks may be newer, wherever it was seen first', () => {
  expect(codeWith(BEFORE, seenAt(10, BEFORE))).toBe('gate/records-refused')
  expect(codeWith(BEFORE, trackedAt(10, BEFORE))).toBeUndefined()
})

it('a release that went another way is not beside it', () => {
  expect(codeWith(OTHER_WAY, seenAt(30, OTHER_WAY))).toBeUndefined()
})
