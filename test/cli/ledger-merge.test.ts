// Two ledgers that grew apart, in two folders, become one again or are refused (A-80, A-81, A-85).

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { AssayError } from '../../src/core/index.ts'
import { createDisk, createLedgerStore } from '../../src/host/ledger/index.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { createTestHost } from '../host/test-host.ts'
import { atNthCall, CALLS } from '../host/ledger/test-store.ts'
import {
  attest,
  createLedger,
  createWorld,
  type LedgerWorld,
  NOW,
  signLedger,
} from './ledger-world.ts'

let world: LedgerWorld
const at = (...path: readonly string[]) => join(world.folder, ...path)
const append = (ledger: string, ...records: readonly number[]) =>
  world.done(
    `ledger append ${records.map((one) => `r${one}.json`).join(' ')} --trust trust.json --ledger ${ledger}`,
  )

let made = 0
/** Two copies of one ledger of two records, of which the first is ours; records are appended to each. */
async function fork(
  ours: readonly number[],
  theirs: readonly number[],
): Promise<readonly [string, string]> {
  made += 1
  const names = [`ours-${made}`, `theirs-${made}`] as const
  for (const [name, records] of [
    [names[0], ours],
    [names[1], theirs],
  ] as const) {
    world.copy('base', name)
    if (records.length > 0) await append(name, ...records)
  }
  return names
}

/** The records of a ledger, by the numbers of their releases. */
async function listed(ledger: string, where = world): Promise<readonly number[]> {
  const lines = (await where.done(`ledger list --ledger ${ledger}`)).trim().split('\n')
  return lines.map((line) => Number(/__v1\.(\d+)__/.exec(line)?.[1]))
}

const sound = (ledger: string, where = world) =>
  where.done(`ledger verify --ledger ${ledger} --log-key ${at('log.vkey')}`)

beforeAll(async () => {
  world = await createWorld(6)
  await createLedger(world, 'base', { records: [1, 2], isSigned: true })
}, 120_000)

describe('ledger merge', () => {
  it('keeps our order, appends what is missing, and says what it did', async () => {
    const [ours, theirs] = await fork([3, 4], [5, 3])
    const { exitCode, stderr } = await world.run(
      `ledger merge ${theirs} --ledger ${ours} --trust trust.json`,
    )
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining('appended 1 entry: 5 entries now'),
    ])
    expect(await listed(ours)).toEqual([1, 2, 3, 4, 5])
    await sound(ours)
    expect(
      await world.judge(`ledger merge ${theirs} --ledger ${ours} --trust trust.json`),
    ).toMatchObject({
      exitCode: 0,
    })
    expect(await listed(ours)).toEqual([1, 2, 3, 4, 5])
  })

  it('keeps the order of theirs where theirs alone is signed beyond what both have', async () => {
    const [ours, theirs] = await fork([3, 4], [5, 3])
    await signLedger(world, theirs)
    const line = `ledger merge ${theirs} --ledger ${ours} --trust trust.json`
    expect(await world.judge(line)).toMatchObject({
      exitCode: 2,
      codes: ['cli/ledger-key-missing'],
    })
    expect(await world.judge(`${line} --log-key log.vkey`)).toMatchObject({ exitCode: 0 })
    expect(await listed(ours)).toEqual([1, 2, 5, 3, 4])
    expect(readFileSync(at(ours, 'checkpoint'))).toEqual(readFileSync(at(theirs, 'checkpoint')))
    await sound(ours)
  })

  it('keeps ours where it is signed, whatever theirs has', async () => {
    const [ours, theirs] = await fork([3, 4], [5])
    await signLedger(world, ours)
    await world.done(
      `ledger merge ${theirs} --ledger ${ours} --trust trust.json --log-key log.vkey`,
    )
    expect(await listed(ours)).toEqual([1, 2, 3, 4, 5])
    await sound(ours)
  })

  it('refuses two heads that were both signed beyond what both have, and shows them (A-80)', async () => {
    const [ours, theirs] = await fork([3], [4])
    await signLedger(world, ours)
    await signLedger(world, theirs)
    const line = `ledger merge ${theirs} --ledger ${ours} --trust trust.json --log-key log.vkey`
    const judged = await world.judge(line)
    expect([judged.exitCode, judged.codes]).toEqual([1, ['ledger/split-view']])
    const { heads } = JSON.parse(judged.text) as { heads: readonly string[] }
    const notes = [ours, theirs].map((name) => readFileSync(at(name, 'checkpoint'), 'utf8'))
    expect(heads).toEqual(notes)
    expect((await world.run(line)).stdout).toContain(notes[1])
    expect(await listed(ours)).toEqual([1, 2, 3])
  })

  it('refuses two artifact sets for one version (A-85), and a ledger that was changed', async () => {
    const [ours, theirs] = await fork([3], [])
    await attest(world, 'again', { release: 'v1.3', key: 'release', run: '2' })
    await world.done(`ledger append again.json --trust trust.json --ledger ${theirs}`)
    const line = `ledger merge ${theirs} --ledger ${ours} --trust trust.json`
    expect(await world.judge(line)).toMatchObject({
      exitCode: 2,
      codes: ['ledger/release-conflict'],
    })
    const [mine, changed] = await fork([3], [4])
    writeFileSync(at(changed, 'tile/0/000.p/3'), Buffer.alloc(96))
    expect(
      (await world.judge(`ledger merge ${changed} --ledger ${mine} --trust trust.json`)).exitCode,
    ).toBe(2)
    await createLedger(world, 'rewritten', { records: [2, 1, 5] })
    writeFileSync(at('rewritten/checkpoint'), readFileSync(at('base/checkpoint')))
    expect(
      await world.judge(`ledger merge rewritten --ledger ${mine} --trust trust.json`),
    ).toMatchObject({
      exitCode: 2,
      codes: expect.arrayContaining([expect.stringMatching(/^ledger\//)]) as unknown,
    })
    expect(await listed(mine)).toEqual([1, 2, 3])
    expect(
      await world.judge(`ledger merge ${mine} --ledger ${mine} --trust trust.json`),
    ).toMatchObject({
      codes: ['cli/usage'],
    })
    expect(await world.judge(`ledger merge --ledger ${mine} --trust trust.json`)).toMatchObject({
      codes: ['host/ledger-no-conflict'],
    })
  })

  it('brings in no record that does not verify, unless that is called unsafe (A-81)', async () => {
    const [ours, theirs] = await fork([3], [4])
    const line = `ledger merge ${theirs} --ledger ${ours} --trust`
    await world.done('trust init --out nobody.json')
    expect(await world.judge(`${line} nobody.json`)).toMatchObject({
      exitCode: 1,
      codes: ['verify/key-unknown'],
    })
    expect(await listed(ours)).toEqual([1, 2, 3])
    expect(await world.judge(`${line} trust.json`)).toMatchObject({ exitCode: 0 })
    expect(await listed(ours)).toEqual([1, 2, 3, 4])

    const [mine, others] = await fork([3], [4])
    const words = `ledger merge ${others} --ledger ${mine}`
    for (const more of ['', ' --trust trust.json --unsafe-unverified']) {
      expect(await world.judge(`${words}${more}`)).toMatchObject({
        exitCode: 2,
        codes: ['cli/usage'],
      })
    }
    expect(await listed(mine)).toEqual([1, 2, 3])
    const unsafe = await world.run(`${words} --unsafe-unverified`)
    expect([unsafe.exitCode, unsafe.stderr]).toEqual([0, expect.stringContaining('UNSAFE')])
    expect(await listed(mine)).toEqual([1, 2, 3, 4])
  })

  it('is whole or not there, where the disk fails its Nth call, for every N', async () => {
    const [ours, theirs] = await fork([3, 4], [5, 3])
    await signLedger(world, theirs)
    let calls = Number.POSITIVE_INFINITY
    const outcomes = new Set<string>()
    for (let failing = 1; failing <= calls; failing++) {
      const copy = `${ours}-${failing}`
      world.copy(ours, copy)
      const fail = () => {
        throw new AssayError('host/input-output', `Call ${failing} failed`)
      }
      let count = () => 0
      const { host } = createTestHost(world.folder, { now: NOW })
      const open = async (path: string) => {
        if (path !== copy) return createLedgerStore(path, createDisk(at(path), path))
        const wrapped = atNthCall(createDisk(at(path), path), failing, { calls: CALLS, act: fail })
        count = wrapped.count
        return createLedgerStore(path, wrapped.disk)
      }
      const words =
        `ledger merge ${theirs} --ledger ${copy} --trust trust.json --log-key log.vkey`.split(' ')
      const exitCode = await runCli(words, { ...host, openLedger: open })
      if (count() < failing) calls = failing
      expect([0, 3]).toContain(exitCode)
      await sound(copy)
      const records = (await listed(copy)).join(' ')
      expect(['1 2 3 4', '1 2 5 3 4'], `call ${failing}`).toContain(records)
      outcomes.add(records)
      await world.done(
        `ledger merge ${theirs} --ledger ${copy} --trust trust.json --log-key log.vkey`,
      )
      expect((await listed(copy)).join(' ')).toBe('1 2 5 3 4')
    }
    expect([...outcomes].toSorted()).toEqual(['1 2 3 4', '1 2 5 3 4'])
  }, 240_000)
})
