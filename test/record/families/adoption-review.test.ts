import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../../src/core/index.ts'
import { ADOPTION_REVIEW } from '../../../src/record/families/adoption-review.ts'
import { digestOf } from '../../verify/release.ts'
import { CANDIDATE, reviewed } from '../adoption/released.ts'
import { digestCandidate } from '../../../src/record/index.ts'
import { describeMembers } from '../family-members.ts'
import { keySigner } from '../folded.ts'
import { viewOf } from '../release-items.ts'
import { RELEASE } from '../signed.ts'

const SHA = digestOf('a')

describeMembers({
  family: ADOPTION_REVIEW,
  header: { release: RELEASE },
  members: {
    decision: 'adopt',
    candidate: SHA,
    sourcePack: SHA,
    records: [SHA],
    policies: [{ id: 'gate.a', sha256: SHA }],
    note: 'Looked at in the meeting',
  },
  optional: ['note'],
  wrong: [
    ['decision', 'perhaps'],
    ['candidate', 'a'],
    ['sourcePack', 1],
    ['records', []],
    ['policies', [{ id: 'gate.a' }]],
    ['note', ''],
  ],
})

describe('The view of a review contract', () => {
  it('tells who would have the candidate adopted', () => {
    expect(viewOf(ADOPTION_REVIEW, reviewed({}, { note: 'Seen' }), [])).toMatchObject({
      status: 'adoption-reviewed',
      check: { outcome: 'accepted' },
      facts: { reviewer: 'reviewer', candidate: digestCandidate(CANDIDATE), note: 'Seen' },
    })
  })

  it('tells who refused it', () => {
    const view = viewOf(ADOPTION_REVIEW, reviewed({}, { decision: 'refuse' }), [])
    expect(view.status).toBe('adoption-refused')
    expect(view.facts).not.toHaveProperty('note')
    expect(failedChecks(view.check)).toMatchObject([{ code: 'record/rejection' }])
  })

  it('is not that of somebody of whom nobody knows whether it is a person', () => {
    const view = viewOf(ADOPTION_REVIEW, reviewed({ signer: keySigner('somebody') }), [])
    expect(view.status).toBe('reviewer-not-shown')
    expect(failedChecks(view.check)).toMatchObject([{ code: 'record/not-person' }])
  })
})
