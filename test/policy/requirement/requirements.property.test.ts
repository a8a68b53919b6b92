// Over generated evidence: taking support away never helps, order never matters, and nothing is accepted that rests on nothing.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/core/index.ts'
import type { Evidence, RequirementFinding } from '../../../src/policy/index.ts'
import { DAY, find, NOW, piece, RELEASE, sha256Of } from './evidence.ts'

const FAMILIES = ['smoke', 'review', 'test-result', 'incident'] as const
const OUTCOMES = [
  'accepted',
  'accepted',
  'accepted',
  'missing',
  'stale',
  'rejected',
  'error',
] as const

const PIECE = fc
  .record({
    family: fc.constantFrom(...FAMILIES),
    outcome: fc.constantFrom<Outcome>(...OUTCOMES),
    status: fc.constantFrom('good', 'open'),
    principal: fc.constantFrom('ann', 'bob'),
    age: fc.option(fc.integer({ min: -1, max: 5 })),
    count: fc.nat(3),
    isOther: fc.boolean(),
    overtakenBy: fc.option(fc.nat(7)),
  })
  .map((drawn) => (index: number): Evidence => {
    const { family, outcome, status, principal, age, count, isOther, overtakenBy } = drawn
    const { signedAt: _, ...made } = piece(index, {
      family,
      signer: { name: principal, principal, kind: 'person', roles: ['release'] },
      predicate: { count },
      computed: { status, outcome },
    })
    return {
      ...made,
      ...(age !== null && { signedAt: NOW - age * DAY }),
      ...(isOther && { release: { ...RELEASE, id: 'production__web__v1.1.0__6' } }),
      ...(overtakenBy !== null && { overtakenBy: sha256Of(overtakenBy) }),
    }
  })

const EVIDENCE = fc
  .array(PIECE, { maxLength: 8 })
  .map((makers) => makers.map((make, index) => make(index)))

/** Members of a requirement; ids are given where it stands. */
type Members = Readonly<Record<string, unknown>>

const LEAF: fc.Arbitrary<Members> = fc
  .record(
    {
      family: fc.constantFrom(...FAMILIES.slice(0, 3)),
      about: fc.constantFrom('set', 'gate'),
      least: fc.integer({ min: 1, max: 3 }),
      distinct: fc.constant('principals'),
      apart: fc.constantFrom('1d', '36h'),
      fresh: fc.constantFrom('1d', '2d'),
      status: fc.constant(['good']),
      holds: fc.constantFrom(
        [{ at: '/predicate/count', atLeast: 1 }],
        [
          { at: '/predicate/count', atMost: 2 },
          { at: '/signer/principal', equals: 'ann' },
        ],
      ),
      external: fc.constant(true),
    },
    { requiredKeys: ['family'] },
  )
  .map(({ family, about, apart, ...rest }) => ({
    select: { family, ...(about !== undefined && { about }) },
    ...rest,
    // Occasions are several, of whomever.
    ...(apart !== undefined &&
      rest.distinct === undefined && { apart, least: Math.max(rest.least ?? 0, 2) }),
  }))

const NONE: fc.Arbitrary<Members> = fc
  .record(
    { least: fc.integer({ min: 1, max: 2 }), status: fc.constant(['open']) },
    { requiredKeys: [] },
  )
  .map((members) => ({ none: [{ select: { family: 'incident' }, ...members }] }))

const { requirement: REQUIREMENT } = fc.letrec<{ requirement: Members; parts: Members[] }>(
  (tie) => ({
    parts: fc.array(tie('requirement'), { minLength: 1, maxLength: 3 }),
    requirement: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      { weight: 4, arbitrary: LEAF },
      { weight: 1, arbitrary: NONE },
      { weight: 1, arbitrary: tie('parts').map((all) => ({ all })) },
      { weight: 1, arbitrary: tie('parts').map((any) => ({ any })) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(tie('parts'), fc.integer({ min: 1, max: 3 }))
          .map(([of, least]) => ({ quorum: { least: Math.min(least, of.length), of } })),
      },
    ),
  }),
)

/** The same with an id and a title at each requirement. */
function named(members: Members, id = 'one'): Members {
  const place = (parts: unknown) =>
    (parts as readonly Members[]).map((part, index) => named(part, `${id}-${index}`))
  const { all, any, none, quorum } = members
  return {
    ...{ title: 'T', ...members, id },
    ...(all !== undefined && { all: place(all) }),
    ...(any !== undefined && { any: place(any) }),
    ...(none !== undefined && { none: place(none) }),
    ...(quorum !== undefined && {
      quorum: { ...(quorum as Members), of: place((quorum as Members)['of']) },
    }),
  }
}

const judge = (members: Members, evidence: readonly Evidence[]): RequirementFinding =>
  find(named(members), evidence)

/** How near to passing: what is unverified passes under an exception, and nothing else does. */
function rankOf({ outcome }: RequirementFinding): number {
  return outcome === 'accepted' ? 2 : outcome === 'unverified' ? 1 : 0
}

function leavesOf(finding: RequirementFinding): readonly RequirementFinding[] {
  return finding.parts.length === 0 ? [finding] : finding.parts.flatMap(leavesOf)
}

describe('requirements over any evidence', () => {
  it('are never helped by taking away what supports them', () => {
    fc.assert(
      fc.property(
        REQUIREMENT,
        EVIDENCE,
        fc.infiniteStream(fc.boolean()),
        (members, evidence, drawn) => {
          const before = judge(members, evidence)
          const supporting = new Set(before.supporting).difference(new Set(before.against))
          const kept = evidence.filter(
            ({ sha256 }) => !supporting.has(sha256) || drawn.next().value === true,
          )
          expect(rankOf(judge(members, kept))).toBeLessThanOrEqual(rankOf(before))
        },
      ),
      { numRuns: 400 },
    )
  })

  it('are never helped by taking away anything accepted that does not speak against a release', () => {
    fc.assert(
      fc.property(LEAF, EVIDENCE, fc.nat(7), (members, evidence, gone) => {
        const { external: _, ...rest } = members
        const kept = evidence.filter(
          ({ index, computed }) => index !== gone || computed.outcome !== 'accepted',
        )
        expect(rankOf(judge(rest, kept))).toBeLessThanOrEqual(rankOf(judge(rest, evidence)))
      }),
      { numRuns: 300 },
    )
  })

  it('come to the same in any order', () => {
    fc.assert(
      fc.property(REQUIREMENT, EVIDENCE, fc.func(fc.integer()), (members, evidence, key) => {
        const shuffled = evidence.toSorted((a, b) => key(a.sha256) - key(b.sha256))
        expect(judge(members, shuffled)).toEqual(judge(members, evidence))
      }),
      { numRuns: 200 },
    )
  })

  it('come to the same when pieces come twice', () => {
    fc.assert(
      fc.property(REQUIREMENT, EVIDENCE, (members, evidence) => {
        expect(judge(members, [...evidence, ...evidence])).toEqual(judge(members, evidence))
      }),
      { numRuns: 100 },
    )
  })

  it('are missing, or unverified where that is said, with nothing selected', () => {
    fc.assert(
      fc.property(LEAF, EVIDENCE, (members, evidence) => {
        const finding = judge(members, evidence)
        if (finding.selected.length > 0) return
        expect(finding.outcome).toBe(members['external'] === true ? 'unverified' : 'missing')
      }),
      { numRuns: 200 },
    )
  })

  it('rest on accepted evidence wherever they are accepted, and name what they rest on', () => {
    fc.assert(
      fc.property(LEAF, EVIDENCE, (members, evidence) => {
        const { outcome, supporting, against, selected } = judge(members, evidence)
        const bySha256 = new Map(evidence.map((one) => [one.sha256, one]))
        for (const sha256 of supporting) {
          expect(bySha256.get(sha256)?.computed.outcome).toBe('accepted')
          expect(selected).toContain(sha256)
        }
        if (outcome !== 'accepted') return
        expect(supporting.length).toBeGreaterThanOrEqual(Number(members['least'] ?? 1))
        if (members['external'] !== true) expect(against).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('tell in their check what they came to, part by part', () => {
    fc.assert(
      fc.property(REQUIREMENT, EVIDENCE, (members, evidence) => {
        const finding = judge(members, evidence)
        expect(finding.check.outcome).toBe(finding.outcome)
        for (const leaf of leavesOf(finding)) {
          expect(leaf.check.outcome).toBe(leaf.outcome)
          expect(leaf.check.code === undefined).toBe(leaf.outcome === 'accepted')
        }
      }),
      { numRuns: 100 },
    )
  })

  it('are hurt by what speaks against a release, and never helped', () => {
    fc.assert(
      fc.property(REQUIREMENT, EVIDENCE, (members, evidence) => {
        const opposing = piece(20, {
          family: 'incident',
          computed: { status: 'open', outcome: 'missing' },
        })
        const before = rankOf(judge(members, evidence))
        expect(rankOf(judge(members, [...evidence, opposing]))).toBeLessThanOrEqual(before)
      }),
      { numRuns: 150 },
    )
  })
})
