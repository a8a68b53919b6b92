// The same words said again, with a key whose signatures of the same bytes are the same bytes.

import { beforeAll, expect, it } from 'vitest'
import { createRecordWorld, FIRST, type RecordWorld, SIGNED } from './record-world.ts'

const PASSED = 'TAP version 14\n1..1\nok 1 - edge\n'
const FAILED = 'TAP version 14\n1..1\nnot ok 1 - edge\n'
const NOON = Date.UTC(2026, 3, 10, 12)
const PLACE = [...SIGNED.with(1, 'ed.key.pem')]

let world: RecordWorld
beforeAll(async () => {
  world = await createRecordWorld()
  world.write('tests.yaml', 'tests: all\n')
  world.write('passed.tap', PASSED)
  world.write('failed.tap', FAILED)
  const key = ['key', 'generate', '--out', 'ed', '--type', 'ed25519', '--unsafe-unencrypted']
  expect((await world.run(key)).exitCode).toBe(0)
  const trusted = ['ed.pub.pem', '--name', 'ed', '--role', 'release']
  expect((await world.run(['trust', 'add-key', ...trusted])).exitCode).toBe(0)
})

const record = async (report: string, now: number) =>
  world.ask(
    [
      ...['record', 'test-result', ...FIRST, '--from', report],
      ...['--digest-of', 'configuration=tests.yaml', ...PLACE],
    ],
    { now },
  )

it('A test that passes, fails and passes again is three records, and the third makes up for the failure', async () => {
  const first = await record('passed.tap', NOON)
  const second = await record('failed.tap', NOON + 60_000)
  const third = await record('passed.tap', NOON + 120_000)
  expect([first, second, third].map(({ document }) => document.view.status)).toEqual([
    'passed',
    'failed',
    'passed',
  ])
  expect(third.document.bundleSha256).not.toBe(first.document.bundleSha256)
  const audit = ['audit', 'ledger', '--trust', 'trust.json', '--run', '--unsafe-unsigned']
  const { document } = await world.ask(audit, { now: NOON + 180_000 })
  const [release] = (document as unknown as Audit).releases
  expect(
    release?.records.map(({ sha256, outcome, overtakenBy }) => [sha256, outcome, overtakenBy]),
  ).toEqual([
    [first.document.bundleSha256, 'accepted', undefined],
    [second.document.bundleSha256, 'rejected', third.document.bundleSha256],
    [third.document.bundleSha256, 'accepted', undefined],
  ])
})

interface Audit {
  readonly releases: readonly {
    readonly records: readonly {
      readonly sha256: string
      readonly outcome: string
      readonly overtakenBy?: string
    }[]
  }[]
}

it('What is said in the same instant is one record', async () => {
  const [one, other] = [await record('failed.tap', NOON), await record('failed.tap', NOON)]
  expect(other.document.bundleSha256).toBe(one.document.bundleSha256)
})

it('The time of a record is that of the document where it has one', async () => {
  const incident = async (members: object) => {
    const known = { incident: 'INC-1', trigger: 'An alarm', openedAt: '2026-04-10T11:00:00Z' }
    world.write('incident.yaml', JSON.stringify({ ...members, ...known }))
    const args = ['record', 'incident', ...FIRST, '--from', 'incident.yaml', '--dry-run']
    return world.ask(args, { now: NOON })
  }
  const timeOf = async (members: object) =>
    (await incident(members)).document.statement.predicate['reportedAt']
  expect(await timeOf({})).toBe('2026-04-10T12:00:00Z')
  expect(await timeOf({ reportedAt: '2026-04-10T11:30:00Z' })).toBe('2026-04-10T11:30:00Z')
  const { exitCode, document } = await incident({ reportedAt: 'yesterday' })
  expect([exitCode, document.problems]).toMatchObject([
    2,
    [{ code: 'record/member', at: '"incident.yaml", line 1, column 2' }],
  ])
})
