import { describe, expect, it } from 'vitest'
import { lintPolicies } from '../../../src/policy/index.ts'
import { shippedRegistry } from '../shipped.ts'
import { draft, POLICY, registryOf } from '../requirement/documents.ts'

const smoke = { family: 'smoke' }

/** What lint says of one requirement, each as its code and message. */
function lint(members: object): readonly string[] {
  return lintPolicies(registryOf(draft(members))).map(({ code, message }) => `${code} ${message}`)
}

const neverHolds = (reason: string) =>
  `policy/never-holds policy.mine: The requirement can never hold: ${reason}`
const neverFails = (reason: string) =>
  `policy/never-fails policy.mine: The requirement can never fail: ${reason}`
describe('lint', () => {
  it('finds nothing in the shipped policies', () => {
    expect(lintPolicies(shippedRegistry())).toEqual([])
  })

  it('says where', () => {
    const registry = registryOf(draft({ select: smoke, fresh: '0d' }))
    expect(lintPolicies(registry)).toEqual([
      {
        code: 'policy/never-holds',
        message:
          'policy.mine: The requirement can never hold: nothing was signed at the very instant of a judgement',
        at: 'mine.json, line 19, column 7',
      },
    ])
  })

  it.each<readonly [string, object, readonly string[], object]>([
    [
      'no time at all',
      { select: smoke, fresh: '0h' },
      [neverHolds('nothing was signed at the very instant of a judgement')],
      { select: smoke, fresh: '1m' },
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
