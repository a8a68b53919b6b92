// Lint of what nothing can support: statuses of no piece of the family, and families that need a policy which is not there.

import { describe, expect, it } from 'vitest'
import { lintPolicies, parsePolicies, type Registry } from '../../../src/policy/index.ts'
import { documentOf, draft, registryOf as registryAlone } from '../requirement/documents.ts'
import { filesOf, shippedDrafts } from '../shipped.ts'
import { registryOf } from './registry.ts'

/** What lint says of requirements, each as its code and message without the policy. */
function lintOf(registry: Registry): readonly string[] {
  return lintPolicies(registry).map(
    ({ code, message }) => `${code} ${message.replace('policy.mine: ', '')}`,
  )
}

const lint = (members: object) => lintOf(registryOf(draft(members)))
const neverHolds = (reason: string) =>
  `policy/never-holds The requirement can never hold: ${reason}`
const contradict = (pointer: string) =>
  neverHolds(`its conditions on "${pointer}" contradict each other or what it selects`)

const approval = { family: 'approval' }

describe('lint of statuses', () => {
  it.each<readonly [string, object, readonly string[], object]>([
    [
      'one that nothing has',
      { select: { family: 'smoke' }, status: ['smoke-verified', 'verified'] },
      [
        'policy/status-unknown No smoke has the status "verified", but smoke-verified, failed, incomplete, other-set, not-after-deployment, out-of-place',
      ],
      { select: { family: 'sbom' }, status: ['verified'] },
    ],
    [
      'one of another family',
      { select: { family: 'provenance' }, status: ['granted'] },
      [
        'policy/status-unknown No provenance has the status "granted", but signed-with-key, externally-attested, unsigned',
      ],
      { select: { family: 'provenance' }, status: ['signed-with-key'] },
    ],
    [
      'of a waiver what only a gate knows of it',
      { select: { family: 'waiver' }, status: ['unused'] },
      [
        'policy/status-unknown No waiver has the status "unused", but in-force, not-person, replaced, expired',
      ],
      { select: { family: 'waiver' }, status: ['in-force'] },
    ],
    [
      'one with which nothing is accepted',
      { select: approval, status: ['expired', 'rejected'] },
      [neverHolds('no approval is accepted with the status "expired" or "rejected"')],
      { select: approval, status: ['expired', 'granted'] },
    ],
    [
      'a family of which nothing is accepted',
      { select: { family: 'withdrawal' } },
      [neverHolds('no withdrawal is ever accepted')],
      { none: [draft({ select: { family: 'withdrawal' } }, 'two')] },
    ],
    [
      'one that is forbidden and that nothing has',
      { none: [draft({ select: { family: 'incident' }, status: ['opened'] }, 'two')] },
      ['policy/status-unknown No incident has the status "opened", but closed, open, out-of-place'],
      { none: [draft({ select: { family: 'incident' }, status: ['open'] }, 'two')] },
    ],
    [
      'one that a condition asks for',
      { select: approval, holds: [{ at: '/computed/status', equals: 'approved' }] },
      [contradict('/computed/status')],
      { select: approval, holds: [{ at: '/computed/status', equals: 'granted' }] },
    ],
    [
      'one that is as no condition has it',
      { select: approval, holds: [{ at: '/computed/status', matches: '*ed-by-two' }] },
      [contradict('/computed/status')],
      { select: approval, holds: [{ at: '/computed/status', matches: 'gr*ed' }] },
    ],
    [
      'no status of a type that is of no family',
      { select: approval, status: ['approved'] },
      [expect.stringContaining('No approval has the status "approved", but granted') as string],
      { select: { predicateType: 'https://example.org/x' }, status: ['approved'] },
    ],
  ])('finds %s', (_, wrong, said, right) => {
    expect(lint(wrong)).toEqual(said)
    expect(lint(right)).toEqual([])
  })
})

describe('lint of families that need a policy', () => {
  const alone = (members: object) => lintOf(registryAlone(draft(members)))

  it.each([
    ['tracking', 'tracking'],
    ['linkage', 'linkage'],
    ['adoption', 'adoption'],
    ['attestation', 'attestation-artifact'],
    ['approval', 'approval'],
    ['authority', 'authority'],
    ['promotion', 'promotion'],
    ['rollback', 'rollback'],
    ['smoke', 'smoke'],
    ['canary', 'canary'],
    ['deployment', 'linkage'],
  ])('finds %s in a folder without a policy of the kind %s', (family, kind) => {
    const reason = `it takes a gate with a policy of the kind ${kind} in the folder, found none`
    expect(alone({ select: { family } })).toEqual([
      neverHolds(`no ${family} is accepted: ${reason}`),
    ])
    expect(lint({ select: { family } })).toEqual([])
  })

  it.each(['review', 'certification', 'command', 'test-result', 'waiver', 'provenance', 'sbom'])(
    'lets %s be, which needs none',
    (family) => expect(alone({ select: { family } })).toEqual([]),
  )

  it('lets be what is forbidden: it speaks against a release without any policy', () => {
    const rejection = draft({ select: approval, status: ['rejected'] }, 'two')
    expect(alone({ none: [rejection] })).toEqual([])
  })

  it('goes by the targets of the policy that asks', () => {
    const judge = (...targets: readonly string[]) => {
      const mine = documentOf(draft({ select: approval })) as { readonly scope: object }
      const document = { ...mine, scope: { ...mine.scope, targets } }
      const files = [...filesOf(shippedDrafts()), fileOf(document)]
      const registry = parsePolicies(files)
      if (!registry.ok) throw new Error(JSON.stringify(registry.problems))
      return lintOf(registry.value)
    }
    expect(judge('shop')).toEqual([
      neverHolds(
        'no approval is accepted: it takes a gate with a policy of the kind approval for "shop", found 2 policies for other targets',
      ),
    ])
    expect(judge('shop', 'render_staging_rollout')).toEqual([])
  })
})

function fileOf(document: object) {
  return { name: 'mine.json', bytes: Buffer.from(JSON.stringify(document)) }
}
