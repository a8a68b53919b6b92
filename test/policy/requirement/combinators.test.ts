import { describe, expect, it } from 'vitest'
import {
  evaluateRequirement,
  indexEvidence,
  placeRequirements,
  requirementsOf,
} from '../../../src/policy/index.ts'
import { parsePolicies } from '../../../src/policy/index.ts'
import { draft, POLICY, registryOf } from './documents.ts'
import { DAY, find, NOW, outcomeOf, piece, RELEASE, sha256Of, without } from './evidence.ts'

const smoke = draft({ select: { family: 'smoke' } }, 'smoke')
const review = draft({ select: { family: 'review' } }, 'review')
const outside = draft({ select: { family: 'review' }, external: true }, 'outside')
const SMOKE = piece(0)
const REVIEW = piece(1, { family: 'review' })
const REFUSED = piece(2, { family: 'review', computed: { outcome: 'rejected' } })

describe('all', () => {
  it('takes every part, and tells the gravest outcome', () => {
    expect(outcomeOf({ all: [smoke, review] }, SMOKE, REVIEW)).toBe('accepted')
    expect(outcomeOf({ all: [smoke, review] }, SMOKE)).toBe('missing')
    expect(outcomeOf({ all: [smoke, review] }, REFUSED)).toBe('rejected')
    expect(outcomeOf({ all: [smoke, outside] }, SMOKE)).toBe('unverified')
    expect(outcomeOf({ all: [smoke, outside] })).toBe('missing')
  })

  it('counts the parts that are accepted', () => {
    const parts = { all: [smoke, draft({ select: { family: 'smoke' } }, 'again'), review] }
    const foundIn = (...evidence: Parameters<typeof find>[1]) => find(parts, evidence).check.found
    expect(foundIn(SMOKE)).toMatch(/^2 of 3 /)
    expect(foundIn(REVIEW)).toMatch(/^1 of 3 /)
    expect(foundIn()).toMatch(/^0 of 3 /)
  })

  it('tells its parts, and what they rest on', () => {
    expect(find({ all: [smoke, review] }, [SMOKE, REFUSED])).toMatchObject({
      id: 'policy.mine#one',
      outcome: 'rejected',
      selected: [sha256Of(0), sha256Of(2)],
      supporting: [sha256Of(0)],
      against: [sha256Of(2)],
      check: {
        code: 'policy/part',
        expected: 'all of the requirements',
        found: '1 of 2 requirements accepted',
      },
      parts: [
        { id: 'policy.mine#smoke', outcome: 'accepted', position: 'mine.json, line 17, column 9' },
        { id: 'policy.mine#review', outcome: 'rejected' },
      ],
    })
  })
})

describe('any', () => {
  it('takes one part', () => {
    expect(outcomeOf({ any: [smoke, review] }, SMOKE)).toBe('accepted')
    expect(outcomeOf({ any: [smoke, review] }, SMOKE, REFUSED)).toBe('accepted')
    expect(find({ any: [smoke, review] }, [REFUSED])).toMatchObject({
      outcome: 'rejected',
      check: { code: 'policy/alternatives', expected: 'one of the requirements' },
    })
  })

  it('is unverified only where nothing worse is', () => {
    expect(outcomeOf({ any: [smoke, outside] })).toBe('missing')
    expect(outcomeOf({ any: [outside] })).toBe('unverified')
  })
})

describe('quorum', () => {
  it('takes so many parts', () => {
    const quorum = { least: 2, of: [smoke, review, outside] }
    expect(outcomeOf({ quorum }, SMOKE, REVIEW)).toBe('accepted')
    expect(find({ quorum }, [SMOKE])).toMatchObject({
      outcome: 'missing',
      check: { code: 'policy/alternatives', expected: '2 of the requirements' },
    })
  })
})

describe('none', () => {
  const open = { select: { family: 'incident' }, status: ['open'] }
  const incident = (index: number, changes: Parameters<typeof piece>[1] = {}) =>
    piece(index, {
      family: 'incident',
      ...changes,
      computed: { status: 'open', outcome: 'missing', ...changes.computed },
    })
  const none = (members: object) => ({ none: [draft(members, 'incident')] })

  it('is accepted without what it forbids, and rejected with it, whatever it comes to itself', () => {
    expect(outcomeOf(none(open), SMOKE)).toBe('accepted')
    for (const outcome of ['accepted', 'rejected', 'missing', 'stale', 'error'] as const) {
      expect(outcomeOf(none(open), incident(3, { computed: { outcome } }))).toBe('rejected')
    }
    expect(outcomeOf(none(open), incident(3, { computed: { status: 'closed' } }))).toBe('accepted')
  })

  it('counts what somebody says was made up for', () => {
    expect(outcomeOf(none(open), SMOKE, incident(3, { overtakenBy: sha256Of(0) }))).toBe('rejected')
  })

  it('forbids what others come to only as long as nobody made it good', () => {
    const drift = { select: { family: 'deployment' }, status: ['drift'] }
    const found = {
      family: 'deployment',
      computed: { status: 'drift', outcome: 'rejected' },
    } as const
    expect(outcomeOf(none(drift), SMOKE, piece(3, found))).toBe('rejected')
    expect(outcomeOf(none(drift), SMOKE, piece(3, { ...found, overtakenBy: sha256Of(0) }))).toBe(
      'accepted',
    )
  })

  it('is missing about what nobody knows, so that nothing is hidden by taking away what says it', () => {
    const ofCommit = none({ ...open, select: { family: 'incident', about: 'commit' } })
    const about = (asked: 'all' | 'release' | 'commit' | 'nothing', members = ofCommit) =>
      find(members, [], { about: asked }).parts.map(({ check }) => [check.outcome, check.found])
    expect(about('all')).toEqual([['accepted', '0 of 0 pieces']])
    expect(about('commit')).toEqual([['accepted', '0 of 0 pieces']])
    expect(about('release')).toEqual([['missing', 'no commit that is known']])
    expect(about('nothing')).toEqual([['missing', 'no commit that is known']])
    expect(about('release', none(open))).toEqual([['accepted', '0 of 0 pieces']])
    expect(about('commit', none(open))).toEqual([['accepted', '0 of 0 pieces']])
    expect(about('nothing', none(open))).toEqual([['missing', 'neither a release nor a commit']])
    expect(find(ofCommit, [], { about: 'release' }).parts).toMatchObject([
      { check: { code: 'policy/evidence-missing' }, against: [] },
    ])
  })

  it('names what is there', () => {
    expect(find(none(open), [incident(3)])).toMatchObject({
      outcome: 'rejected',
      supporting: [],
      against: [sha256Of(3)],
      check: { code: 'policy/evidence-forbidden' },
      parts: [
        {
          check: {
            expected: 'fewer than 1: incident about the set, with the status open',
            found: '1 of 1 piece',
            checks: [{ outcome: 'rejected', code: 'policy/evidence-forbidden' }],
          },
        },
      ],
    })
  })

  it('can allow a few, within a time', () => {
    const breaches = none({ ...open, least: 3, fresh: '30d' })
    const [first, second, third] = [incident(3), incident(4), incident(5)]
    expect(outcomeOf(breaches, first, second)).toBe('accepted')
    expect(outcomeOf(breaches, first, second, third)).toBe('rejected')
    const old = { ...third, signedAt: NOW - 31 * DAY }
    expect(outcomeOf(breaches, first, second, old)).toBe('accepted')
  })

  it('is an error where it can not be judged whether it is there', () => {
    const fresh = none({ ...open, fresh: '30d' })
    expect(outcomeOf(fresh, without(incident(3), 'signedAt'))).toBe('error')
    const asked = none({ ...open, holds: [{ cel: 'false' }] })
    expect(find(asked, [incident(3)])).toMatchObject({
      outcome: 'error',
      parts: [
        { check: { checks: [{ outcome: 'error', checks: [{ code: 'policy/expression' }] }] } },
      ],
    })
    const answers = { find: () => ({ holds: false }) }
    expect(find(asked, [incident(3)], { answers }).outcome).toBe('accepted')
  })
})

describe('policies', () => {
  const expiring = (expires: string) => {
    const document = {
      ...{ schema: 'assay/policy/v1', kind: 'requirements', id: 'policy.theirs', version: 1 },
      ...{ title: 'Theirs', expires, scope: { stages: ['production'] }, requirements: [smoke] },
    }
    const mine = {
      ...{ schema: 'assay/policy/v1', kind: 'requirements', id: POLICY, version: 1 },
      ...{ title: 'Mine', scope: { stages: ['production'] } },
      requirements: [draft({ policies: ['policy.theirs'] })],
    }
    const registry = parsePolicies(
      [document, mine].map((value, index) => ({
        name: `${index}.json`,
        bytes: Buffer.from(JSON.stringify(value)),
      })),
    )
    if (!registry.ok) throw new Error(JSON.stringify(registry.problems))
    return registry.value
  }
  const judge = (expires: string, policy: string, evidence = [SMOKE]) => {
    const registry = expiring(expires)
    const found = registry.policies.get(policy)
    const [first] = found === undefined ? [] : requirementsOf(found)
    if (first === undefined) throw new Error('The policy has a requirement')
    return evaluateRequirement(first, indexEvidence(evidence), {
      registry,
      release: RELEASE,
      now: NOW,
    })
  }

  it('are in date up to their last instant', () => {
    expect(judge('2026-06-01T00:00:00Z', POLICY).outcome).toBe('accepted')
    expect(judge('2026-05-31T23:59:59Z', POLICY)).toMatchObject({
      outcome: 'stale',
      check: { checks: [{ code: 'policy/policy-expired', found: '2026-05-31T23:59:59Z' }] },
    })
  })

  it('accept nothing any more once their time is over', () => {
    expect(judge('2026-06-01T00:00:00Z', 'policy.theirs').outcome).toBe('accepted')
    expect(judge('2026-05-31T23:59:59Z', 'policy.theirs')).toMatchObject({
      outcome: 'stale',
      supporting: [sha256Of(0)],
      check: {
        outcome: 'stale',
        checks: [{ code: 'policy/policy-expired' }, { outcome: 'accepted' }],
      },
    })
    expect(judge('2026-05-31T23:59:59Z', 'policy.theirs', [])).toMatchObject({
      outcome: 'missing',
      check: { checks: [{ code: 'policy/policy-expired' }] },
    })
  })

  it('are missing where the registry does not have them', () => {
    const registry = registryOf(smoke)
    const [policy] = [...registry.policies.values()].flatMap(requirementsOf)
    if (policy === undefined) throw new Error('The policy has a requirement')
    const [stray] = placeRequirements({ id: 'policy.stray' }, 'requirements', [policy.requirement])
    if (stray === undefined) throw new Error('There is one')
    const context = { registry, release: RELEASE, now: NOW }
    expect(evaluateRequirement(stray, indexEvidence([SMOKE]), context)).toMatchObject({
      outcome: 'missing',
      position: 'nowhere',
      check: { checks: [{ code: 'policy/policy-missing' }, { outcome: 'accepted' }] },
    })
  })
})
