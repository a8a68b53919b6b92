// The decision to promote (seed ruling 43): the release owner, and somebody else.

import { describe, expect, it } from 'vitest'
import { type ControlFinding, summarizePlaybook } from '../../../src/gate/index.ts'
import type { Evidence } from '../../../src/policy/index.ts'
import { APPROVER, approvalOf, judge, OWNER, SIGNED } from './playbook-world.ts'

const [CI] = SIGNED
const decide = (...approvals: readonly Evidence[]) => judge({ evidence: [CI, ...approvals] })
const decisionIn = (found: ReturnType<typeof judge>): ControlFinding =>
  found.controls.find(({ id }) => id === 'promotion_decision')!

/** An approval that does not count, for that reason. */
function refusedApproval(
  signer: Evidence['signer'],
  status: string,
  outcome: 'rejected' | 'stale' | 'missing',
) {
  const reason = { name: 'approval', outcome, message: status }
  return approvalOf(signer, { computed: { status, outcome, facts: {}, reason } })
}

it('what to do first is told with the decision, where anything is', () => {
  const first = { fired: ['runtime-canary-failed'], open: [], actions: [] }
  expect(judge({ rest: { first } }).first).toEqual(first)
  expect(judge()).not.toHaveProperty('first')
})

describe('the decision', () => {
  it('is that of the release owner and of somebody else', () => {
    const found = decide(approvalOf(OWNER), approvalOf(APPROVER))
    expect(found.decision).toBe('go')
    expect(decisionIn(found)).toMatchObject({
      word: 'passed',
      check: { found: '"alice" and "bob"' },
    })
    expect(found.decided).toMatchObject({ owner: 'alice', approver: 'bob' })
  })

  it('may be that of two release owners', () => {
    const other = { ...OWNER, name: 'dora', principal: 'dora' }
    expect(decide(approvalOf(OWNER), approvalOf(other)).decision).toBe('go')
  })

  it.each<readonly [string, readonly Evidence[], string]>([
    ['nobody', [], 'missing'],
    ['the release owner alone', [approvalOf(OWNER)], 'missing'],
    ['the release owner twice', [approvalOf(OWNER), approvalOf(OWNER)], 'missing'],
    ['an approver alone', [approvalOf(APPROVER)], 'missing'],
    [
      'two approvers',
      [approvalOf(APPROVER), approvalOf({ ...APPROVER, principal: 'eve' })],
      'missing',
    ],
    [
      'one principal in both roles',
      [approvalOf({ ...OWNER, roles: ['release-owner', 'approver'] })],
      'missing',
    ],
    [
      'one principal under two names',
      [approvalOf(OWNER), approvalOf({ ...APPROVER, principal: 'alice' })],
      'missing',
    ],
    [
      'somebody else in no role',
      [approvalOf(OWNER), approvalOf({ ...APPROVER, roles: ['reviewer'] })],
      'missing',
    ],
    [
      'approvals of another scope',
      [approvalOf(OWNER, { scope: 'canary' }), approvalOf(APPROVER, { scope: 'canary' })],
      'missing',
    ],
    [
      'approvals of no scope',
      [approvalOf(OWNER, { predicate: null }), approvalOf(APPROVER)],
      'missing',
    ],
    [
      'approvals of another release',
      [
        approvalOf(OWNER),
        approvalOf(APPROVER, {
          release: { id: 'staging__a__v1__1', target: 'a', channel: 'staging', version: 'v1' },
        }),
      ],
      'missing',
    ],
    [
      'one that is expired',
      [approvalOf(OWNER), refusedApproval(APPROVER, 'expired', 'stale')],
      'failed',
    ],
    [
      'one of who built it',
      [refusedApproval(OWNER, 'not-independent', 'rejected'), approvalOf(APPROVER)],
      'failed',
    ],
    [
      'one that somebody contests',
      [
        refusedApproval(OWNER, 'contested', 'rejected'),
        refusedApproval(APPROVER, 'contested', 'rejected'),
      ],
      'failed',
    ],
    [
      'one that waits for others',
      [approvalOf(OWNER), refusedApproval(APPROVER, 'awaiting-quorum', 'missing')],
      'missing',
    ],
  ])('is not that of %s', (_, approvals, word) => {
    const found = decide(...approvals)
    expect([found.decision, decisionIn(found).word]).toEqual(['no-go', word])
    expect(decisionIn(found).check.code).toBe('gate/playbook-decision')
    expect(summarizePlaybook(found)).toMatchObject({
      status: 'failed',
      firstFailing: { id: 'promotion_decision', owner: 'release-owner' },
      decision: { roles: ['release-owner'] },
    })
  })

  it('is not held back by what its signer decided before', () => {
    const again = approvalOf(APPROVER)
    const before = { ...refusedApproval(APPROVER, 'expired', 'stale'), overtakenBy: again.sha256 }
    const found = decide(approvalOf(OWNER), before, again)
    expect(found.decision).toBe('go')
    const alone = decide(before, again)
    expect(decisionIn(alone).word).toBe('missing')
  })

  it('tells who decided so far', () => {
    expect(summarizePlaybook(decide(approvalOf(OWNER))).decision).toEqual({
      ownerClass: 'release-owner',
      roles: ['release-owner'],
      owner: 'alice',
    })
    expect(decisionIn(decide(approvalOf(OWNER))).check.found).toBe('"alice" as release-owner: told')
  })
})
