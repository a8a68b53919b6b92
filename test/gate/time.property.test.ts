// Over generated ledgers: as of a time in the past a ledger comes to what it came to then, whatever was appended since.

import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { selectByWitness } from '../../src/cli/judging/time-selection.ts'
import { createHost } from '../../src/host/index.ts'
import { parsePolicies } from '../../src/policy/index.ts'
import { filesOf, shippedDrafts } from '../policy/shipped.ts'
import { copyOf, countIn, folderOf, readExpectation } from './fixtures/fixture.ts'
import { writeLedger } from './fixtures/fixture-folder.ts'
import { STAGING } from './states.ts'
import { toldOf } from './told.ts'
import { judgeWorld, nameOf, openWorld, type Piece, recordLike, recordOf } from './worlds.ts'

const live = await openWorld('live')
const signed = await openWorld('signed')

const START = Date.parse('2030-01-01T00:00:00Z')
const HOUR = 3_600_000

/** The piece, as if somebody vouched for the time at which it was signed. */
function witnessed({ entry, finding }: Piece, hours: number): Piece {
  if ('verdict' in finding) throw new Error('Expected a record that is accepted')
  const { record } = finding
  const at = START + hours * HOUR
  const time = { at, by: 'timestamp', name: 'tests' } as const
  const judged = { ...record.judged, at, source: 'timestamp', vouched: [time] } as const
  return { entry, finding: { record: { ...record, judged } } }
}

function hoursOf({ finding }: Piece): number {
  const [time] = 'record' in finding ? finding.record.judged.vouched : []
  return time === undefined ? Number.NaN : (time.at - START) / HOUR
}

describe.each([
  ['live', live, 12],
  ['signed', signed, 25],
] as const)('a ledger like %s', (_, world, numRuns) => {
  const { pieces } = world
  const hours = fc.array(fc.nat(100), { minLength: pieces.length, maxLength: pieces.length })

  it('comes to what stood in it then, by the times that others vouch for', async () => {
    const property = fc.asyncProperty(hours, fc.nat(100), async (drawn, then) => {
      // The order of a ledger is that of its times, or any other one.
      const sorted = then % 2 === 0 ? drawn.toSorted((a, b) => a - b) : drawn
      const all = pieces.map((piece, at) => witnessed(piece, sorted[at] ?? 0))
      const now = START + then * HOUR
      const { select } = selectByWitness(now)
      const looked = await judgeWorld(world, all, { now, select })
      const stood = all.filter((piece) => hoursOf(piece) <= then)
      expect(toldOf(looked)).toEqual(toldOf(await judgeWorld(world, stood, { now })))
    })
    await fc.assert(property, { numRuns })
  })

  it('does not change before its witness by a record that claims to be older', async () => {
    const like = pieces.findLast((piece) => nameOf(piece) === 'tracking')
    if (like === undefined) throw new Error('Expected a release')
    const withdrawal = await recordLike(world, like, {
      family: 'withdrawal',
      by: 'operator',
      members: { action: 'withdraw', reason: 'It loses data', urgency: 'immediate' },
      header: { reportedAt: '2020-01-01T00:00:00Z' },
    })
    const late = witnessed(withdrawal, 50)
    const all = pieces.map((piece) => witnessed(piece, 10))
    for (const [then, isSame] of [
      [49, true],
      [50, false],
    ] as const) {
      const now = START + then * HOUR
      const { select } = selectByWitness(now)
      const before = toldOf(await judgeWorld(world, all, { now, select }))
      const after = toldOf(await judgeWorld(world, [...all, late], { now, select }))
      if (isSame) expect(after).toEqual(before)
      else expect(after).not.toEqual(before)
    }
  })
})

describe('under a head that was kept', () => {
  let waiver: Piece
  beforeAll(async () => {
    const like = live.pieces.findLast(
      (piece) => nameOf(piece) === 'tracking' && piece.entry.release.startsWith('staging'),
    )
    if (like === undefined) throw new Error('Expected a release to staging')
    waiver = await recordLike(live, like, {
      family: 'waiver',
      by: 'operator',
      members: {
        ...{ check: `${STAGING}#ci-validation`, owner: 'op', reason: 'known' },
        expires: '2030-06-01T00:00:00Z',
      },
    })
  })

  it('nothing behind it counts, and waivers are in date as they were then', async () => {
    const tests = live.pieces.filter(
      (piece) => recordOf(piece)?.evidence !== 'evidence.repo.ci_monorepo_validation',
    )
    const status = async (now: number, end?: number) => {
      const { gates } = await judgeWorld(live, [...tests, waiver, ...live.pieces], { now, end })
      const found = gates.find(({ gate }) => gate.id === STAGING)?.waivers
      // What is missing is not made good; that somebody answers for it is told all the same.
      return [found?.ineffective.length, found?.idle.length, found?.unused.length]
    }
    const [then, later] = [START, Date.parse('2030-07-01T00:00:00Z')]
    const end = tests.length + 1
    expect(await status(then, end)).toEqual([1, 0, 0])
    expect(await status(later, end)).toEqual([0, 1, 0])
    expect(await status(then)).toEqual([0, 0, 1])
    expect(await status(then, end - 1)).toEqual([0, 0, 0])
  })

  it('policies are in date as they were then', async () => {
    const drafts = shippedDrafts()
    const draft = drafts.get(STAGING)
    if (draft !== undefined) draft['expires'] = '2030-06-01T00:00:00Z'
    const registry = parsePolicies(filesOf(drafts))
    if (!registry.ok) throw new Error(JSON.stringify(registry.problems))
    const decide = async (now: number) => {
      const { gates } = await judgeWorld(live, live.pieces, { now, registry: registry.value })
      return gates.find(({ gate }) => gate.id === STAGING)?.decision
    }
    expect(await decide(START)).toBe('go')
    expect(await decide(Date.parse('2030-07-01T00:00:00Z'))).toBe('no-go')
  })

  it('the ledger that has it all tells what it told when it had less', async () => {
    const store = await createHost(folderOf('live')).openLedger('ledger')
    const records = await Promise.all(live.pieces.map(({ entry }) => store.readRecord(entry)))
    const entries = records.flatMap((record) => (record.ok ? [record.value] : []))
    expect(entries).toHaveLength(live.pieces.length)
    const folder = copyOf('live')
    const write = async (count: number, signedAt: number) => {
      rmSync(join(folder, 'ledger'), { recursive: true })
      await writeLedger(folder, entries.slice(0, count), signedAt)
    }
    const { at } = readExpectation('signed')
    const then = Date.parse(at)
    const asked = { ...readExpectation('live'), at, now: then + 2 * HOUR }
    await write(signed.pieces.length, then)
    cpSync(join(folder, 'ledger/checkpoint'), join(folder, 'kept'))
    const before = await countIn(folder, asked)
    await write(entries.length, then + HOUR)
    expect(await countIn(folder, { ...asked, head: 'kept' })).toEqual(before)
    const { counters } = readExpectation('live')
    expect(before['signed-provenance']).not.toEqual(counters['signed-provenance'])
    // By START others had vouched for some of the rest, whenever a head was signed over it.
    await write(signed.pieces.length, then)
    await write(entries.length, START + HOUR)
    const years = { ...asked, at: new Date(START).toISOString(), now: START + 2 * HOUR }
    const vouched = await countIn(folder, { ...years, head: 'kept' })
    expect(vouched['evidence-records']?.['recorded']).toBeGreaterThan(
      before['evidence-records']?.['recorded'] ?? Number.NaN,
    )
  }, 120_000)
})
