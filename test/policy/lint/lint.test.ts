import { describe, expect, it } from 'vitest'
import { lintPolicies } from '../../../src/policy/index.ts'
import { shippedRegistry } from '../shipped.ts'
import { draft, POLICY } from '../requirement/documents.ts'
import { registryOf } from './registry.ts'

const smoke = { family: 'smoke' }

/** What lint says of one requirement, each as its code and message. */
function lint(members: object): readonly string[] {
  return lintPolicies(registryOf(draft(members))).map(({ code, message }) => `${code} ${message}`)
}

const neverHolds = (reason: string) =>
  `policy/never-holds policy.mine: The requirement can never hold: ${reason}`
const neverFails = (reason: string) =>
  `policy/never-fails policy.mine: The requirement can never fail: ${reason}`
const ALIKE =
  'policy/requirements-alike policy.mine: What satisfies "two" satisfies "three" as well, and counts twice'
const COUNT = { at: '/predicate/count', atLeast: 1 }

/** A smoke or a review, put together in one of the ways. */
function either(form: 'all' | 'any' | 'quorum', id: string, least = 1): object {
  const of = ['smoke', 'review'].map((family) => draft({ select: { family } }, `${id}-${family}`))
  return draft({ [form]: form === 'quorum' ? { least, of } : of }, id)
}

describe('lint', () => {
  it('finds nothing in the shipped policies', () => {
    expect(lintPolicies(shippedRegistry())).toEqual([])
  })

  it('says where', () => {
    const registry = registryOf(draft({ select: smoke, least: 2, apart: '2d', fresh: '1d' }))
    expect(lintPolicies(registry)).toEqual([
      {
        code: 'policy/never-holds',
        message:
          'policy.mine: The requirement can never hold: 2 that lie 2d apart are never all within 1d',
        at: 'mine.json, line 20, column 7',
      },
    ])
  })

  it.each<readonly [string, object, readonly string[], object]>([
    [
      'more occasions than there is time for',
      { select: smoke, least: 4, apart: '10d', fresh: '29d' },
      [neverHolds('4 that lie 10d apart are never all within 29d')],
      { select: smoke, least: 4, apart: '10d', fresh: '30d' },
    ],
    [
      'more occasions than there is time for by a minute, and none that fit to the instant',
      { select: smoke, least: 2, apart: '7d', fresh: '10079m' },
      [neverHolds('2 that lie 7d apart are never all within 10079m')],
      { select: smoke, least: 2, apart: '7d', fresh: '7d' },
    ],
    [
      'occasions of which nobody may know the time',
      { select: smoke, least: 2, apart: '1d', holds: [{ at: '/signedAt', absent: true }] },
      [neverHolds('its conditions on "/signedAt" contradict each other or what it selects')],
      { select: smoke, least: 2, apart: '1d', holds: [{ at: '/signedAt', present: true }] },
    ],
    [
      'a quorum in which one piece counts twice',
      {
        quorum: {
          least: 2,
          of: [
            draft({ select: smoke, holds: [{ at: '/phase', present: true }, COUNT] }, 'two'),
            draft({ holds: [COUNT, { present: true, at: '/phase' }], select: smoke }, 'three'),
          ],
        },
      },
      [ALIKE],
      {
        quorum: {
          least: 2,
          of: [
            draft({ select: smoke, holds: [{ at: '/phase', present: true }, COUNT] }, 'two'),
            draft({ select: smoke, holds: [{ at: '/phase', present: true }] }, 'three'),
          ],
        },
      },
    ],
    [
      'a quorum of two that are put together alike',
      { quorum: { least: 1, of: [either('any', 'two'), either('any', 'three')] } },
      [ALIKE],
      { quorum: { least: 1, of: [either('any', 'two'), either('all', 'three')] } },
    ],
    [
      'a quorum of two that are quorums alike',
      { quorum: { least: 1, of: [either('quorum', 'two', 1), either('quorum', 'three', 1)] } },
      [ALIKE],
      { quorum: { least: 1, of: [either('quorum', 'two', 1), either('quorum', 'three', 2)] } },
    ],
    [
      'a commit for a family that is about sets',
      { select: { ...smoke, about: 'commit' } },
      [neverHolds('no smoke is about a commit')],
      { select: { family: 'review', about: 'commit' } },
    ],
    [
      'a phase of a commit',
      { select: { family: 'review', about: 'commit', phase: 'pre-deploy-candidate' } },
      [neverHolds('a commit has no phase')],
      { select: { family: 'review', phase: 'pre-deploy-candidate' } },
    ],
    [
      'a policy under which no such record is made',
      { select: { ...smoke, policy: POLICY } },
      [neverHolds('records of smoke are made under policies of the kind smoke alone')],
      { select: { predicateType: 'https://example.org/x', policy: POLICY } },
    ],
    [
      'a policy of a family that has none',
      { select: { family: 'review', policy: POLICY } },
      [neverHolds('records of review are made under no policy')],
      { select: { family: 'review' } },
    ],
    [
      'a scope of what is no approval',
      { select: { family: 'review', scope: 'launch' } },
      [neverHolds('no review has a scope of approvals')],
      { select: { family: 'approval', scope: 'launch' } },
    ],
    [
      'a stage that the policy is not for',
      { select: { ...smoke, stage: 'staging' } },
      [neverHolds('the policy is not for the stage staging')],
      { select: { ...smoke, stage: 'production' } },
    ],
    [
      'an alternative that always holds',
      { any: [draft({ select: smoke }, 'two'), draft({ policies: [POLICY] }, 'three')] },
      [neverFails('one of its alternatives always holds')],
      { all: [draft({ select: smoke }, 'two'), draft({ policies: [POLICY] }, 'three')] },
    ],
    [
      'an alternative whose parts always hold',
      {
        quorum: {
          least: 1,
          of: [
            draft({ select: smoke }, 'two'),
            draft(
              {
                all: [
                  draft({ policies: [POLICY] }, 'four'),
                  draft(
                    { none: [draft({ select: { family: 'incident', policy: POLICY } }, 'six')] },
                    'five',
                  ),
                ],
              },
              'three',
            ),
          ],
        },
      },
      [
        neverFails('what it forbids can not be'),
        neverFails('one of its alternatives always holds'),
      ],
      {
        quorum: {
          least: 1,
          of: [
            draft(
              { all: [draft({ policies: [POLICY] }, 'three'), draft({ select: smoke }, 'four')] },
              'two',
            ),
          ],
        },
      },
    ],
    [
      'a quorum of which enough always hold',
      {
        any: [
          draft(
            {
              quorum: {
                least: 1,
                of: [draft({ policies: [POLICY] }, 'three'), draft({ select: smoke }, 'four')],
              },
            },
            'two',
          ),
        ],
      },
      [
        neverFails('one of its alternatives always holds'),
        neverFails('one of its alternatives always holds'),
      ],
      { any: [draft({ any: [draft({ select: smoke }, 'three')] }, 'two')] },
    ],
    [
      'a prohibition of what can not be',
      { none: [draft({ select: { family: 'withdrawal', about: 'commit' } }, 'two')] },
      [neverFails('what it forbids can not be')],
      {
        none: [
          draft(
            {
              select: { family: 'incident', about: 'commit' },
              holds: [{ at: '/computed/outcome', equals: 'missing' }],
            },
            'two',
          ),
        ],
      },
    ],
  ])('finds %s', (_, wrong, said, right) => {
    expect(lint(wrong)).toEqual(said)
    expect(lint(right)).toEqual([])
  })

  it('does not take policies that have an end for always there', () => {
    const registry = registryOf(
      draft({ any: [draft({ select: smoke }, 'two'), draft({ policies: [POLICY] }, 'three')] }),
    )
    const policy = registry.policies.get(POLICY)
    if (policy === undefined) throw new Error('There is one')
    const ending = new Map([[POLICY, { ...policy, expires: '2100-01-01T00:00:00Z' }]])
    expect(lintPolicies({ ...registry, policies: ending })).toEqual([])
    expect(lintPolicies(registry)).toHaveLength(1)
  })
})
