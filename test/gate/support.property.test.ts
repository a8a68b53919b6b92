// Over generated ledgers of really signed records: what supports a release never helps by being taken away, and what speaks against one
// never helps by being there. Gates, each requirement, each counter.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listNearMisses, readAdded, readNearMiss } from './fixtures/near-misses/case.ts'
import { askedOf, compose, composeBase } from './fixtures/near-misses/compose.ts'
import { readLiveEntries } from './fixtures/near-misses/live-entries.ts'
import type { Party } from './fixtures/parties.ts'
import { betterIn, subjectsOf } from './told.ts'
import { digestOf } from '../verify/release.ts'
import {
  composeWorld,
  type JudgedWorld,
  judgeWorld,
  nameOf,
  openWorld,
  type Piece,
  recordLike,
  recordOf,
  type World,
} from './worlds.ts'

const live = await openWorld('live')
const ofLive = await readLiveEntries()
const base = await composeBase(ofLive)
const signed = await openWorld('signed')

/** The last record of a family about the target. */
function lastOf({ pieces }: World, family: string, place: string): Piece {
  const found = pieces.findLast(
    (piece) => nameOf(piece) === family && piece.entry.release.startsWith(`${place}__`),
  )
  if (found === undefined) throw new Error(`Expected ${family} of ${place}`)
  return found
}

/** What speaks against the releases of a world; it stands behind all that it is about. */
async function makeAgainst(world: World): Promise<readonly Piece[]> {
  const tests = world.pieces.findLast(
    (piece) => nameOf(piece) === 'test-result' && piece.entry.release.startsWith('git:'),
  )
  if (tests === undefined) throw new Error('Expected tests of a commit')
  const made = (like: Piece, family: 'withdrawal' | 'incident' | 'test-result', members: object) =>
    recordLike(world, like, {
      ...{ family, members: members as never, by: 'operator' satisfies Party },
      header: { ...(family === 'test-result' && { evidence: recordOf(like)?.evidence ?? '' }) },
    })
  const [staging, production] = ['staging', 'production'].map((place) =>
    lastOf(world, 'tracking', place),
  ) as [Piece, Piece]
  const reason = { reason: 'It loses data', urgency: 'immediate' }
  const incident = { incident: 'INC-1', trigger: 'It fell', openedAt: '2026-04-10T15:00:00Z' }
  const failed = {
    result: 'FAILED',
    configuration: [{ digest: { sha256: '7'.repeat(64) } }],
    failedTests: ['monorepo-validation'],
  }
  const { finding, ...piece } = await made(production, 'withdrawal', {
    action: 'withdraw',
    ...reason,
  })
  const verdict = {
    name: 'record',
    outcome: 'rejected',
    message: 'Nobody knows who signed',
  } as const
  if ('verdict' in finding) throw new Error(JSON.stringify(finding))
  return [
    await made(staging, 'withdrawal', { action: 'withdraw', ...reason }),
    await made(production, 'incident', incident),
    await made(tests, 'test-result', failed),
    { ...piece, finding: { verdict } },
  ]
}

/** A record that stands in the place of an earlier one, and is not accepted, is no support: the earlier one was better. */
function isSupport(piece: Piece, held: readonly Piece[], { accepted }: JudgedWorld): boolean {
  const id = recordOf(piece)?.id
  const earlier = held.slice(0, held.indexOf(piece))
  const isLater = id !== undefined && earlier.some((one) => recordOf(one)?.id === id)
  return !isLater || accepted.has(piece.entry.sha256)
}

describe.each([
  ['live', live, 25],
  ['signed', signed, 50],
] as const)('a ledger like %s', (_, world, numRuns) => {
  const { pieces } = world

  /** Most of it, or any part of it, in its order. */
  const some = fc.oneof(
    fc.subarray([...pieces], { minLength: pieces.length - 3 }),
    fc.subarray([...pieces], { minLength: 1 }),
  )

  it('never comes to more by support that is taken away', async () => {
    const against = await makeAgainst(world)
    const drawn = fc.tuple(some, fc.subarray([...against]), fc.nat())
    let compared = 0
    const property = fc.asyncProperty(drawn, async ([held, behind, place]) => {
      const more = await judgeWorld(world, [...held, ...behind])
      const left = held[place % held.length]
      fc.pre(left !== undefined && isSupport(left, held, more))
      const less = await judgeWorld(world, [...held.filter((one) => one !== left), ...behind])
      const [subjects, others] = [subjectsOf(more), subjectsOf(less)]
      compared += [...subjects].filter(([id, about]) => others.get(id) === about).length
      expect(betterIn(less, more)).toEqual([])
    })
    await fc.assert(property, { numRuns })
    expect(compared).toBeGreaterThan(numRuns)
  })

  it('never comes to more by what speaks against it', async () => {
    const against = await makeAgainst(world)
    const drawn = fc.tuple(some, fc.subarray([...against], { minLength: 1 }))
    const property = fc.asyncProperty(drawn, async ([held, behind]) => {
      const before = await judgeWorld(world, held)
      const after = await judgeWorld(world, [...held, ...behind])
      // It shows at least that there is a release: what was recorded about its commit is of one.
      const better = betterIn(after, before).filter((word) => !word.startsWith('recorded evidence'))
      expect(better).toEqual([])
    })
    await fc.assert(property, { numRuns: Math.floor(numRuns / 2) })
  })
})

/** A near miss, and what of it was in `live` already: that supports, or at least does not hurt. */
async function openNearMiss(name: string): Promise<{ world: World; support: readonly Piece[] }> {
  const nearMiss = readNearMiss(name)
  const content = await compose(nearMiss, base, ofLive)
  const world = await composeWorld(content, Date.parse(askedOf(nearMiss).at))
  const added = new Set(readAdded(nearMiss).map((bytes) => digestOf(bytes)))
  const isOwn = (piece: Piece) => added.has(piece.entry.sha256) || nameOf(piece) === 'refused'
  return { world, support: world.pieces.filter((piece) => !isOwn(piece)) }
}

describe('a near miss', () => {
  const NUM_RUNS = 60

  it('never comes to more by what is taken away of the rest', async () => {
    const drawn = fc.tuple(fc.constantFrom(...listNearMisses()), fc.nat())
    const property = fc.asyncProperty(drawn, async ([name, place]) => {
      const { world, support } = await openNearMiss(name)
      const left = support[place % support.length]
      const more = await judgeWorld(world, world.pieces)
      const rest = world.pieces.filter((piece) => piece !== left)
      expect(betterIn(await judgeWorld(world, rest), more)).toEqual([])
    })
    await fc.assert(property, { numRuns: NUM_RUNS })
  })

  it('keeps what an adoption said of its snapshot, whichever part of that adoption is taken away', async () => {
    const { world, support } = await openNearMiss('snapshot-changed')
    const more = await judgeWorld(world, world.pieces)
    const adopted = support.filter((piece) => {
      const { release } = recordOf(piece) ?? {}
      return (
        release?.phase === 'post-deploy-smoke-verified' &&
        release.artifactVersion === 'v1.0.0' &&
        release.deploymentStage === 'production'
      )
    })
    const families = new Set(adopted.map(nameOf))
    expect([...families]).toEqual(
      expect.arrayContaining(['smoke', 'rollback', 'authority', 'attestation']),
    )
    for (const left of adopted) {
      const rest = world.pieces.filter((piece) => piece !== left)
      expect(betterIn(await judgeWorld(world, rest), more)).toEqual([])
    }
  })
})
