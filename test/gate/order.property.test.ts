// Over generated ledgers of really signed records: the order that a ledger leaves open changes nothing.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { betterIn, toldOf } from './told.ts'
import { judgeWorld, nameOf, openWorld, type Piece } from './worlds.ts'

const live = await openWorld('live')
const signed = await openWorld('signed')

/** What others rest on, or that has to come before or after others: it stays where it is among what is about the same. */
const FIXED = [
  'linkage',
  'adoption-review',
  'adoption',
  'deployment',
  'smoke',
  'canary',
  'provenance',
]

/** Runs of pieces, of which those of one run may stand in any order. */
function stepsOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const steps: Piece[][] = []
  for (const piece of pieces) {
    const isFixed = FIXED.includes(nameOf(piece))
    const last = steps.at(-1)
    const isOpen = last !== undefined && !FIXED.includes(nameOf(last[0] ?? piece))
    if (isFixed || !isOpen) steps.push([piece])
    else last.push(piece)
  }
  return steps
}

/** Lanes that know nothing of each other: what is about staging, and what is about production. */
function lanesOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const isOf = (place: string) => (piece: Piece) => piece.entry.release.startsWith(place)
  return ['staging', 'production'].map((place) => pieces.filter(isOf(place)))
}

/** Two lanes as one, each in its order. */
function merge([a, b]: readonly (readonly Piece[])[], turns: readonly boolean[]): readonly Piece[] {
  const [left, right] = [[...(a ?? [])], [...(b ?? [])]]
  const merged = turns.flatMap((isLeft) => (isLeft ? left.shift() : right.shift()) ?? [])
  return [...merged, ...left, ...right]
}

const shuffled = (pieces: readonly Piece[]) =>
  fc
    .tuple(
      ...stepsOf(pieces).map((step) => fc.shuffledSubarray([...step], { minLength: step.length })),
    )
    .map((steps) => steps.flat())

describe.each([
  ['live', live, 20],
  ['signed', signed, 40],
] as const)('a ledger like %s', (_, world, numRuns) => {
  const { pieces } = world
  const commits = pieces.filter(({ entry }) => entry.release.startsWith('git:'))

  it('comes to the same in every order that it leaves open', async () => {
    const before = toldOf(await judgeWorld(world, pieces))
    const drawn = fc.tuple(
      shuffled(commits),
      fc.tuple(...lanesOf(pieces).map(shuffled)),
      fc.array(fc.boolean(), { minLength: pieces.length, maxLength: pieces.length }),
    )
    const property = fc.asyncProperty(drawn, async ([first, lanes, turns]) => {
      const order = [...first, ...merge(lanes, turns)]
      expect(order).toHaveLength(pieces.length)
      expect(toldOf(await judgeWorld(world, order))).toEqual(before)
    })
    await fc.assert(property, { numRuns })
  })
})

it('does not come to the same where a deployment stands before what it had to come after', async () => {
  const { pieces } = live
  const deployment = pieces.findLast((piece) => nameOf(piece) === 'deployment')
  if (deployment === undefined) throw new Error('Expected a deployment')
  const early = [deployment, ...pieces.filter((piece) => piece !== deployment)]
  const [before, after] = [await judgeWorld(live, pieces), await judgeWorld(live, early)]
  expect(betterIn(after, before)).toEqual([])
  expect(betterIn(before, after)).not.toEqual([])
})
