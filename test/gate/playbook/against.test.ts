// What speaks against a release, or against the playbook itself, whatever the controls come to.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../../.ci/checkout.ts'
import { encodeTimestamp, encodeUtf8 } from '../../../src/core/index.ts'
import { outcomeOfPlaybook, summarizePlaybook } from '../../../src/gate/index.ts'
import { type Evidence, parsePolicies } from '../../../src/policy/index.ts'
import { valueOf } from '../../trust/keys.ts'
import { COMMIT, NOW, piece } from '../evidence.ts'
import { approvalOf, judge, POLICY, SIGNED } from './playbook-world.ts'

const FILE = join(ROOT, 'policies/production-readiness/playbook.yaml')

const codesOf = (found: ReturnType<typeof judge>) => {
  return found.subject.against.flatMap(({ code }) => code ?? [])
}
const computed = (status: string): Evidence['computed'] => {
  const reason = { name: 'told', outcome: 'rejected', message: 'Told' } as const
  return { status, outcome: 'rejected', facts: {}, reason }
}
const SUE = { name: 'sue', principal: 'sue', kind: 'person', roles: ['approver'] } as const

describe('a playbook', () => {
  const until = (expires: string) => {
    const text = readFileSync(FILE, 'utf8').replace(
      /^version: 1$/m,
      `version: 1\nexpires: ${expires}`,
    )
    const registry = valueOf(parsePolicies([{ name: 'playbook.yaml', bytes: encodeUtf8(text) }]))
    return judge({ rest: { policy: registry.of('playbook').get(POLICY.id)!, registry } })
  }

  it('is no-go when its time is over, and go at the last instant of it', () => {
    expect(until(encodeTimestamp(NOW)).decision).toBe('go')
    const over = until('2020-01-01T00:00:00Z')
    expect([over.decision, codesOf(over)]).toEqual(['no-go', ['policy/policy-expired']])
    expect(outcomeOfPlaybook(over)).toBe('stale')
    expect(summarizePlaybook(over).status).toBe('failed')
  })
})

describe('a release', () => {
  it.each<readonly [string, Evidence, boolean]>([
    [
      'another set was found deployed',
      piece({ family: 'deployment', computed: computed('drift') }),
      true,
    ],
    [
      'another approver decided against it',
      approvalOf(SUE, { computed: computed('rejected') }),
      true,
    ],
    [
      'an approval of another kind is not yet complete',
      approvalOf(SUE, { computed: computed('pending') }),
      false,
    ],
  ])('where %s', (_, against, isAgainst) => {
    const found = judge({ more: [against] })
    expect([found.decision, codesOf(found)]).toEqual(
      isAgainst ? ['no-go', ['gate/release-opposed']] : ['go', []],
    )
    const made = judge({ more: [{ ...against, overtakenBy: SIGNED[0].sha256 }] })
    expect(made.decision).toBe('go')
  })

  it('has an open incident of its commit, whether or not the playbook has controls for that', () => {
    const open = piece({ family: 'incident', commit: COMMIT, computed: computed('open') })
    const { incidents: _, ...policy } = POLICY
    const found = judge({ more: [open], rest: { policy } })
    expect([found.decision, codesOf(found)]).toEqual(['no-go', ['gate/release-opposed']])
    // With controls of its own, it is one of those that tell of it.
    expect(judge({ more: [open] }).subject.against).toEqual([])
  })
})
