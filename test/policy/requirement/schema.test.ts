import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { listSchemas } from '../../../.ci/build/schemas.ts'
import { parsePolicies, requirementsOf } from '../../../src/policy/index.ts'
import { judgeDrafts, shippedDrafts, shippedRegistry } from '../shipped.ts'
import { documentOf, draft, POLICY, refusalsOf, registryOf } from './documents.ts'

const SMOKE = { family: 'smoke' }
const TESTS = [
  { equals: 'passed' },
  { equals: 1 },
  { equals: true },
  { oneOf: ['a', 2, false] },
  { present: true },
  { absent: true },
  { matches: 'v1.*' },
  { includes: 'release' },
  { includes: { name: 'plan', digest: { sha256: 'ab' } } },
  { atLeast: 0.5 },
  { atMost: 10 },
  { before: '2026-04-10T12:00:00Z' },
  { after: { at: '/predicate/from' } },
  { before: { now: '+7d' } },
]

const PUBLISHED = new Map(listSchemas()).get('policy-requirements.json') ?? false
const validate = new Ajv2020({ strict: false }).compile(PUBLISHED)

/** What JSON Schema has no words for. */
const UNSAID = /a day and a time that exist|of the families withdrawal|no more than there are/

function refusal(members: object): readonly string[] | 'accepted' {
  return refusalsOf(draft(members))
}

describe('a policy of requirements', () => {
  it('accepts each form of a requirement, and needs no gate', () => {
    const leaf = draft({ select: SMOKE }, 'two')
    for (const form of [
      { select: SMOKE },
      { select: { predicateType: 'https://example.org/x' } },
      {
        select: {
          ...SMOKE,
          phase: 'post-deploy-smoke-verified',
          stage: 'production',
          role: 'release',
          signerKind: 'person',
          origin: 'live-workflow',
          about: 'gate',
        },
        least: 2,
        distinct: 'principals',
        fresh: '30d',
        status: ['verified'],
        holds: TESTS.map((test) => ({ at: '/predicate/result', ...test })),
        external: true,
        clears: 'Run the smoke checks again',
      },
      { select: SMOKE, least: 3, apart: '7d', fresh: '30d' },
      { select: SMOKE, holds: [{ cel: 'predicate.result == "PASSED"' }] },
      { all: [leaf] },
      { any: [leaf] },
      { none: [draft({ select: { family: 'incident' }, status: ['open'], least: 3 }, 'two')] },
      { quorum: { least: 1, of: [leaf] } },
      { policies: [POLICY] },
    ]) {
      expect(refusal(form)).toBe('accepted')
      expect(validate(documentOf(draft(form)))).toBe(true)
    }
    const registry = registryOf(draft({ select: SMOKE }))
    expect(registry.of('requirements').get(POLICY)?.requirements).toHaveLength(1)
  })

  it.each([
    [{}, 'exactly one of "select", "all", "any", "none", "quorum", "policies", found none'],
    [
      { select: SMOKE, policies: [POLICY] },
      'exactly one of "select", "all", "any", "none", "quorum", "policies", found "select" and "policies"',
    ],
    [{ policies: [POLICY], fresh: '1d' }, '"fresh" only beside "select"'],
    [{ select: { origin: 'local-proof' } }, 'exactly one of "family", "predicateType", found none'],
    [{ select: { ...SMOKE, predicateType: 'x' } }, 'found "family" and "predicateType"'],
    [{ select: { family: 'smokes' } }, '"tracking" or "attestation"'],
    [{ select: { ...SMOKE, role: '' } }, 'a name of printable ASCII'],
    [{ select: { ...SMOKE, signer: 'x' } }, 'only known members, found "signer"'],
    [{ select: SMOKE, freshness: '1d' }, 'only known members, found "freshness"'],
    [{ select: SMOKE, fresh: '1y' }, 'a length of time such as "30d"'],
    [{ select: SMOKE, fresh: '-1d' }, 'a length of time such as "30d"'],
    [{ select: SMOKE, least: 0 }, 'at least 1'],
    [{ select: SMOKE, apart: '7d' }, 'beside "least" of 2 or more, and without "distinct"'],
    [{ select: SMOKE, least: 1, apart: '7d' }, 'beside "least" of 2 or more'],
    [{ select: SMOKE, least: 2, distinct: 'principals', apart: '7d' }, 'without "distinct"'],
    [{ select: SMOKE, least: 2, apart: '0d' }, 'longer than nothing'],
    [{ select: SMOKE, fresh: '0h' }, 'longer than nothing'],
    [{ select: SMOKE, least: 2, apart: '1w' }, 'a length of time such as "30d"'],
    [{ select: SMOKE, external: false }, '"true"'],
    [{ select: SMOKE, holds: [] }, 'at least 1'],
    [{ select: SMOKE, holds: [{}] }, 'exactly one of "at", "cel", found none'],
    [{ select: SMOKE, holds: [{ at: '/a' }] }, 'exactly one of "equals"'],
    [
      { select: SMOKE, holds: [{ at: '/a', present: true, absent: true }] },
      'found "present" and "absent"',
    ],
    [{ select: SMOKE, holds: [{ cel: 'true', equals: 1 }] }, '"equals" only beside "at"'],
    [{ select: SMOKE, holds: [{ at: '/a', cel: 'x' }] }, 'found "at" and "cel"'],
    [{ select: SMOKE, holds: [{ at: 'a', equals: 1 }] }, 'a JSON Pointer'],
    [{ select: SMOKE, holds: [{ at: '/~2', equals: 1 }] }, 'a JSON Pointer'],
    [{ select: SMOKE, holds: [{ at: '/a', equals: null }] }, 'a text, a number, true or false'],
    [{ select: SMOKE, holds: [{ at: '/a', includes: {} }] }, 'Expected one member at least'],
    [{ select: SMOKE, holds: [{ at: '/a', includes: { b: {} } }] }, 'Expected one member at least'],
    [{ select: SMOKE, holds: [{ at: '/a', equals: { b: 1 } }] }, 'a text, a number, true or false'],
    ...[null, [], { b: null }, { b: ['c'] }, { '': 'c' }].map((includes): [object, string] => [
      { select: SMOKE, holds: [{ at: '/a', includes }] },
      'a text, a number, true or false, or members of an object',
    ]),
    [
      { select: SMOKE, holds: [{ at: '/a', before: '2026-02-30T00:00:00Z' }] },
      'a day and a time that exist',
    ],
    [{ select: SMOKE, holds: [{ at: '/a', before: { now: '7' } }] }, 'such as "-30d" or "+7d"'],
    [{ select: SMOKE, holds: [{ at: '/a', before: 7 }] }, 'a time, { at: <pointer> } or'],
    [{ all: [] }, 'at least 1'],
    [{ quorum: { least: 2, of: [draft({ select: SMOKE }, 'two')] } }, 'no more than there are'],
    [{ none: [draft({ select: SMOKE }, 'two')] }, 'of the families withdrawal and incident alone'],
    [
      { none: [draft({ select: { family: 'deployment' } }, 'two')] },
      'of the families withdrawal and incident alone',
    ],
    [
      { none: [draft({ select: { family: 'approval' }, status: ['rejected', 'granted'] }, 'two')] },
      'of the families withdrawal and incident alone',
    ],
    [
      { none: [draft({ select: { predicateType: 'urn:any' } }, 'two')] },
      'of the families withdrawal and incident alone',
    ],
    [
      { none: [draft({ select: { family: 'incident' }, external: true }, 'two')] },
      'of the families withdrawal and incident alone',
    ],
    [
      { none: [draft({ select: { family: 'incident' }, distinct: 'principals' }, 'two')] },
      'of the families withdrawal and incident alone',
    ],
    [
      { none: [draft({ select: { family: 'incident' }, least: 2, apart: '1d' }, 'two')] },
      'of the families withdrawal and incident alone',
    ],
    [
      { none: [draft({ policies: [POLICY] }, 'two')] },
      'of the families withdrawal and incident alone',
    ],
  ])('refuses %j, and says where', (members, said) => {
    const problems = refusal(members)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(said)
    expect(validate(documentOf(draft(members)))).toBe(UNSAID.test(said))
    expect(problems[0]).toMatch(/^policy\/member Expected .*, mine\.json, line \d+, column \d+$/)
  })

  it('refuses a mistake at its own line, however deep', () => {
    expect(
      refusal({ all: [draft({ any: [draft({ select: SMOKE, least: 'x' }, 'three')] }, 'two')] }),
    ).toEqual([
      'policy/member Expected a value of type number at "/requirements/0/all/0/any/0/least", mine.json, line 27, column 15',
    ])
  })

  it('refuses an id twice, also inside of another requirement', () => {
    expect(refusal({ all: [draft({ select: SMOKE })] })).toEqual([
      'policy/repeated Expected the requirement "one" once, found it twice: first in mine.json, line 14, column 7, mine.json, line 18, column 11',
    ])
  })

  it('refuses ids that lead nowhere', () => {
    for (const members of [
      { policies: ['policy.theirs'] },
      { select: { ...SMOKE, policy: 'release_smoke_verification.web.edge' } },
      { all: [draft({ select: { ...SMOKE, evidence: 'evidence.web.smoke' } }, 'two')] },
    ]) {
      expect(refusal(members)).toEqual([
        expect.stringMatching(/^policy\/reference-dangling "policy\.mine" refers to "/),
      ])
    }
  })
})

describe('requirements of other kinds', () => {
  it('stand in gates, approval records and attestation policies, and are none where nothing is said', () => {
    const drafts = shippedDrafts()
    for (const policy of drafts.values()) {
      for (const list of ['deploy', 'launch', 'fulfilment']) delete policy[list]
    }
    const lists = [
      ['gate.release_target.render_staging_rollout', 'deploy'],
      ['gate.release_target.render_staging_rollout', 'launch'],
      ['release_approval.render_staging_rollout.bundle_backed_manual_staging', 'fulfilment'],
      ['attestation_policy.release_bundle_minimum_lineage', 'fulfilment'],
    ] as const
    for (const [id, list] of lists) {
      const policy = drafts.get(id)
      if (policy !== undefined) policy[list] = [draft({ select: SMOKE }, list)]
    }
    expect(judgeDrafts(drafts)).toBe('accepted')
    const files = [...drafts].map(([id, policy]) => ({
      name: `${id}.json`,
      bytes: Buffer.from(JSON.stringify(policy)),
    }))
    const registry = parsePolicies(files)
    const found = registry.ok
      ? [...registry.value.policies.values()].flatMap(requirementsOf)
      : registry.problems
    expect(found).toHaveLength(lists.length)
    expect(found).toEqual(
      expect.arrayContaining(
        lists.map(([policy, list]) => expect.objectContaining({ policy, at: [list, 0] })),
      ),
    )
    const shipped = shippedRegistry().gateOf('render_staging_rollout')
    expect(shipped?.deploy.every(({ id }) => id.length > 0)).toBe(true)
  })

  it('do not share an id within one policy', () => {
    const drafts = shippedDrafts()
    const gate = drafts.get('gate.release_target.render_staging_rollout')
    if (gate !== undefined) {
      gate['deploy'] = [draft({ select: SMOKE })]
      gate['launch'] = [draft({ select: SMOKE })]
    }
    expect(judgeDrafts(drafts)).toEqual([
      expect.stringMatching(/^policy\/repeated Expected the requirement "one" once/),
    ])
  })
})
