// Over generated ledgers of really signed records: a waiver never turns into a pass, and an exception is never more than that.

import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Judgement, decidingLists } from '../../src/gate/index.ts'
import { parsePolicies, type Registry } from '../../src/policy/index.ts'
import { type Draft, filesOf, shippedDrafts } from '../policy/shipped.ts'
import { PRODUCTION, STAGING } from './states.ts'
import { outcomesOf } from './told.ts'
import { judgeWorld, nameOf, openWorld, type Piece, recordLike } from './worlds.ts'

const live = await openWorld('live')
const GATES = [STAGING, PRODUCTION]

/** Every requirement that decides. */
const CHECKS = GATES.flatMap((id) => {
  const gate = live.registry.of('gate').get(id)
  return [...(gate?.deploy ?? []), ...(gate?.launch ?? [])].map((one) => `${id}#${one.id}`)
})

/** The policies, where some of what they require lies outside of the project. */
function withExternal(checks: readonly string[]): Registry {
  const drafts = shippedDrafts()
  for (const gate of GATES) {
    const draft = drafts.get(gate)
    const lists = [draft?.['deploy'], draft?.['launch']].flatMap((list) => (list ?? []) as Draft[])
    for (const one of lists) {
      if ('select' in one && checks.includes(`${gate}#${one.id}`)) one['external'] = true
    }
  }
  const registry = parsePolicies(filesOf(drafts))
  if (!registry.ok) throw new Error(JSON.stringify(registry.problems))
  return registry.value
}

const EXTERNAL = withExternal(CHECKS)

/** Waivers of every requirement, and of what nothing requires: over, in force in the place of that one, and by a program. */
let waivers: readonly Piece[] = []
beforeAll(async () => {
  const made = [...CHECKS, `${STAGING}#nothing`].flatMap((check) => {
    const place = check.startsWith(STAGING) ? 'staging' : 'production'
    const like = live.pieces.findLast(
      (piece) => nameOf(piece) === 'tracking' && piece.entry.release.startsWith(place),
    )
    if (like === undefined) throw new Error(`Expected a release to ${place}`)
    const waive = (by: 'operator' | 'builder', expires: string) =>
      recordLike(live, like, {
        ...{ family: 'waiver', by },
        members: { check, owner: 'op', reason: `known (${by})`, expires },
      })
    return [
      waive('operator', '2026-04-11T00:00:00Z'),
      waive('operator', '2120-01-01T00:00:00Z'),
      waive('builder', '2120-01-01T00:00:00Z'),
    ]
  })
  waivers = await Promise.all(made)
})

/** Where the records about the commit of the newest releases stand. */
const COMMIT = live.pieces.findLast(({ entry }) => entry.release.startsWith('git:'))?.entry.release
const COMMIT_PIECES = live.pieces.flatMap(({ entry }, at) => (entry.release === COMMIT ? [at] : []))

/** What is left out of the ledger, which waivers are in it, and whether some of what is required lies outside. */
const drawn = fc.tuple(
  fc.oneof(
    fc.constantFrom(...COMMIT_PIECES).map((at) => [at]),
    fc.array(fc.nat(live.pieces.length - 1), { maxLength: 4 }),
  ),
  fc.oneof(
    fc.constant([...Array(CHECKS.length * 3).keys()]),
    fc.array(fc.nat(CHECKS.length * 3), { minLength: 1 }),
  ),
  fc.boolean(),
)

describe('a waiver', () => {
  it('changes the outcome of nothing, and no counter; at most it is an exception, and none under --strict', async () => {
    const decisions = new Set<string>()
    const property = fc.asyncProperty(drawn, async ([left, chosen, isOutside]) => {
      const held = live.pieces.filter((_, at) => !left.includes(at))
      const pieces = [...held, ...chosen.flatMap((at) => waivers[at] ?? [])]
      const registry = isOutside ? EXTERNAL : live.registry
      const before = await judgeWorld(live, held, { registry })
      const after = await judgeWorld(live, pieces, { registry })
      expect(outcomesOf(after)).toEqual(outcomesOf(before))
      expect(after.counters).toEqual(before.counters)
      const without = new Map(before.gates.map((finding) => [finding.gate.id, finding]))
      for (const finding of after.gates) {
        expectException(finding, without.get(finding.gate.id)?.decision)
        decisions.add(finding.decision)
      }
      const strict = await judgeWorld(live, pieces, { registry, isStrict: true })
      for (const { gate, decision } of strict.gates) {
        expect(decision).toBe(without.get(gate.id)?.decision)
      }
    })
    await fc.assert(property, { numRuns: 15 })
    expect([...decisions].toSorted()).toEqual(['go', 'go-by-exception', 'no-go'])
  })
})

/** Ruling 9: every requirement was accepted, or is unverified under an exception that is named. */
function expectException(finding: Judgement, before: string | undefined): void {
  const open = decidingLists(finding).flatMap(({ findings }) =>
    findings.filter(({ outcome }) => outcome !== 'accepted'),
  )
  if (finding.decision === 'no-go') {
    expect(before).toBe('no-go')
    return
  }
  expect(finding.decision).toBe(open.length === 0 ? 'go' : 'go-by-exception')
  expect(before).toBe(open.length === 0 ? 'go' : 'no-go')
  for (const { id, outcome } of open) {
    expect(outcome).toBe('unverified')
    const named = finding.exceptions.filter(({ check }) => check === id)
    expect(named.map(({ owner }) => owner)).toContain('op')
    for (const { reason, expires } of named) {
      expect([reason, expires]).toEqual(['known (operator)', '2120-01-01T00:00:00Z'])
    }
  }
}
