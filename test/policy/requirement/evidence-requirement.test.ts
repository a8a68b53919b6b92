import { describe, expect, it } from 'vitest'
import {
  type Evidence,
  evaluateRequirement,
  indexEvidence,
  placeRequirements,
  type Requirement,
} from '../../../src/policy/index.ts'
import { shippedRegistry } from '../shipped.ts'
import {
  codesOf,
  COMMIT,
  DAY,
  find,
  NOW,
  outcomeOf,
  piece,
  RELEASE,
  sha256Of,
  without,
} from './evidence.ts'

const SMOKE = { select: { family: 'smoke' } }
const REFUSED = piece(1, { computed: { outcome: 'rejected', status: 'failed' } })

describe('a requirement of evidence', () => {
  it('is accepted with one accepted piece, and names it, its signer and its own place', () => {
    expect(find(SMOKE, [piece()])).toMatchObject({
      id: 'policy.mine#one',
      policy: 'policy.mine',
      position: 'mine.json, line 13, column 5',
      outcome: 'accepted',
      selected: [sha256Of(0)],
      supporting: [sha256Of(0)],
      against: [],
      check: {
        name: 'one',
        outcome: 'accepted',
        message: 'Requirement policy.mine#one (mine.json, line 13, column 5): "One"',
        expected: 'one accepted: smoke about the set',
        found: '1 piece, 1 supporting',
        checks: [
          {
            name: 'evidence',
            outcome: 'accepted',
            message: `smoke ${sha256Of(0)} at entry 0, signed by "ci" (automation)`,
            found: 'verified',
          },
        ],
      },
    })
  })

  it('counts a piece once, where it stands first, and as refused where one copy of it is', () => {
    const copy = { ...piece(0), index: 5 }
    const refused = { ...REFUSED, sha256: copy.sha256 }
    for (const index of [0, 5]) {
      for (const other of [copy, { ...copy, index: 0 }]) {
        const copies = [other, { ...refused, index }]
        for (const evidence of [copies, copies.toReversed()]) {
          const found = find(SMOKE, evidence)
          expect(found).toMatchObject({ outcome: 'rejected', selected: [copy.sha256] })
        }
      }
    }
    expect(find(SMOKE, [copy, piece(0)])).toMatchObject({
      outcome: 'accepted',
      selected: [copy.sha256],
    })
    const [first, second] = indexEvidence([copy, piece(3), piece(0)]).select(
      { family: 'smoke' },
      { release: RELEASE, now: NOW },
    )
    expect([first?.index, second?.index]).toEqual([0, 3])
  })

  it('is about approvals of its scope alone', () => {
    const members = { select: { family: 'approval', scope: 'rollout' } }
    const word = (index: number, scope: string, outcome: 'accepted' | 'rejected' = 'accepted') =>
      piece(index, { family: 'approval', predicate: { scope }, computed: { outcome } })
    expect(outcomeOf(members, word(1, 'rollout'), word(2, 'launch', 'rejected'))).toBe('accepted')
    expect(outcomeOf(members, word(2, 'launch'))).toBe('missing')
    expect(outcomeOf(members, piece(1, { family: 'approval', predicate: 'rollout' }))).toBe(
      'missing',
    )
    expect(outcomeOf({ select: { family: 'smoke', scope: 'rollout' } }, piece(1))).toBe('missing')
  })

  it('loses nothing by what can not count and stands aside', () => {
    const aside = piece(1, { isAside: true, computed: { outcome: 'rejected' } })
    expect(outcomeOf(SMOKE, piece(), aside)).toBe('accepted')
    expect(outcomeOf(SMOKE, piece(), REFUSED)).toBe('rejected')
    expect(outcomeOf(SMOKE, piece(2, { isAside: true }))).toBe('accepted')
    expect(outcomeOf(SMOKE, aside)).toBe('missing')
  })

  it('is missing with nothing, and never accepted', () => {
    const finding = find({ ...SMOKE, clears: 'Run the smoke checks' }, [])
    expect(finding).toMatchObject({
      outcome: 'missing',
      check: {
        code: 'policy/evidence-missing',
        found: 'nothing',
        hint: 'The policy says: "Run the smoke checks"',
      },
    })
    expect(finding.check).not.toHaveProperty('checks')
  })

  it('says in full what it asks for', () => {
    const select = {
      ...{ predicateType: 'https://example.org/x', phase: 'pre-deploy-candidate' },
      ...{ stage: 'staging', role: 'release', signerKind: 'person', origin: 'local-proof' },
      ...{ about: 'gate', policy: 'policy.mine' },
    }
    const members = { select, least: 2, distinct: 'principals', fresh: '30d', status: ['a', 'b'] }
    expect(find(members, []).check.expected).toBe(
      '2 accepted: "https://example.org/x" about a release of the gate, under policy.mine, in the phase pre-deploy-candidate, ' +
        'in the stage staging, signed in the role "release", signed by a person, of the origin local-proof, ' +
        'each signed by another principal, with the status a or b, no older than 30d',
    )
    expect(
      find({ select: { family: 'smoke', signerKind: 'automation', about: 'commit' } }, []).check
        .expected,
    ).toBe('one accepted: smoke about the commit, signed by automation')
  })

  it('is rejected by what was refused, however much else supports it', () => {
    const finding = find(SMOKE, [piece(), REFUSED])
    expect(finding).toMatchObject({
      outcome: 'rejected',
      supporting: [sha256Of(0)],
      against: [sha256Of(1)],
      check: { code: 'policy/evidence-against', found: '2 pieces, 1 supporting, 1 against' },
    })
    expect(finding.check.checks).toHaveLength(1)
    expect(finding.check.checks?.[0]?.checks?.[0]).toMatchObject({
      name: 'view',
      code: 'policy/evidence-refused',
      expected: 'evidence that is accepted',
      found: 'failed: rejected',
      checks: [{ message: 'The smoke checks' }],
    })
    expect(outcomeOf(SMOKE, piece(), { ...REFUSED, overtakenBy: sha256Of(0) })).toBe('accepted')
  })

  it('is an error where evidence could not be judged', () => {
    expect(outcomeOf(SMOKE, piece(), piece(1, { computed: { outcome: 'error' } }))).toBe('error')
  })

  it('holds what was made up for against it, when that which made up for it is gone or refused', () => {
    const refused = { ...REFUSED, overtakenBy: sha256Of(2) }
    expect(outcomeOf(SMOKE, piece(), refused)).toBe('rejected')
    expect(outcomeOf(SMOKE, piece(), refused, piece(2))).toBe('accepted')
    const stale = piece(2, { computed: { outcome: 'stale' } })
    expect(outcomeOf(SMOKE, piece(), refused, stale)).toBe('rejected')
  })

  it.each(['missing', 'stale', 'unverified'] as const)(
    'is not supported by evidence that is %s itself, which does not speak against it',
    (outcome) => {
      const other = piece(1, { computed: { outcome } })
      expect(outcomeOf(SMOKE, other)).toBe(outcome === 'unverified' ? 'rejected' : outcome)
      expect(outcomeOf(SMOKE, piece(), other)).toBe('accepted')
    },
  )

  it('tells of each piece why it does not support it', () => {
    const members = { ...SMOKE, status: ['verified'], fresh: '30d' }
    const pieces = [
      piece(0, { computed: { status: 'incomplete' } }),
      piece(1, { signedAt: NOW - 31 * DAY }),
      without(piece(2), 'signedAt'),
    ]
    expect(codesOf(members, ...pieces)).toEqual([
      'policy/status',
      'policy/evidence-stale',
      'policy/evidence-undated',
    ])
    expect(find(members, pieces).check.code).toBe('policy/evidence-unfit')
    expect(find(members, pieces).check.found).toBe('3 pieces, 0 supporting')
  })

  it('shows fifty pieces at the most', () => {
    const many = Array.from({ length: 60 }, (_, index) => piece(index))
    const finding = find(SMOKE, many)
    expect(finding.supporting).toHaveLength(60)
    expect(finding.check.checks).toHaveLength(50)
  })

  it('counts one piece once, and by its worse side', () => {
    expect(outcomeOf({ ...SMOKE, least: 2 }, piece(), piece())).toBe('missing')
    const worse = piece(0, { computed: { outcome: 'rejected' } })
    expect(outcomeOf(SMOKE, piece(), worse)).toBe('rejected')
    expect(outcomeOf(SMOKE, worse, piece())).toBe('rejected')
  })

  it('finds nothing where there is no release and no commit', () => {
    const both = piece(0, { commit: COMMIT })
    for (const about of ['set', 'commit', 'gate']) {
      const members = { select: { family: 'smoke', about } }
      expect(find(members, [both]).outcome).toBe('accepted')
      expect(find(members, [both], { about: 'nothing' }).outcome).toBe('missing')
    }
  })

  it('finds evidence of no family by its type alone', () => {
    const other = without(piece(), 'family')
    expect(outcomeOf(SMOKE, other)).toBe('missing')
    const finding = find({ select: { predicateType: other.predicateType } }, [other])
    expect(finding.outcome).toBe('accepted')
    expect(finding.check.checks?.[0]?.message).toBe(
      `"${other.predicateType}" ${sha256Of(0)} at entry 0, signed by "ci" (automation)`,
    )
    const asks = { holds: [{ at: '/predicate/nothing', present: true }] }
    const unfit = find({ select: { predicateType: other.predicateType }, ...asks }, [other])
    expect(unfit).toMatchObject({ unfit: [{ kind: other.predicateType }] })
  })

  it('finds the evidence of a definition, and no other', () => {
    const registry = shippedRegistry()
    const evidence = 'evidence.staging.web_edge_smoke'
    const requirement = { id: 'x', title: 'X', select: { family: 'smoke', evidence } }
    const [placed] = placeRequirements(
      { id: 'gate.release_target.render_staging_rollout' },
      'deploy',
      [requirement as unknown as Requirement],
    )
    if (placed === undefined) throw new Error('There is one')
    const judge = (found: Evidence) =>
      evaluateRequirement(placed, indexEvidence([found]), { registry, release: RELEASE, now: NOW })
    expect(judge(piece(0, { evidence })).outcome).toBe('accepted')
    expect(judge(piece(0, { evidence: `${evidence}_path` })).outcome).toBe('missing')
    expect(judge(piece())).toMatchObject({
      outcome: 'missing',
      check: { expected: `one accepted: smoke about the set, for ${evidence}` },
    })
  })
})

describe('what lies outside of the project', () => {
  const external = { ...SMOKE, external: true, least: 2 }

  it('is unverified without evidence, and as long as there is too little of it', () => {
    expect(find(external, [])).toMatchObject({
      outcome: 'unverified',
      check: { code: 'policy/evidence-external' },
    })
    expect(outcomeOf(external, piece())).toBe('unverified')
    expect(outcomeOf(external, piece(), piece(1))).toBe('accepted')
  })

  it('is judged like all else once there is evidence', () => {
    expect(outcomeOf(external, REFUSED)).toBe('rejected')
    expect(find({ ...external, status: ['x'] }, [piece()])).toMatchObject({
      outcome: 'rejected',
      against: [sha256Of(0)],
      check: { code: 'policy/evidence-unfit' },
    })
    expect(outcomeOf({ ...external, fresh: '1h' }, piece())).toBe('stale')
  })

  it('is missing without evidence where it is not said to lie outside', () => {
    expect(find({ ...SMOKE, least: 2 }, [piece()])).toMatchObject({
      outcome: 'missing',
      check: { code: 'policy/evidence-short', found: '1 piece, 1 supporting' },
    })
  })
})
