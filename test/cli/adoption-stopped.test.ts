// An adoption that is stopped is in the ledger as a whole, or not at all.

import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { AssayError } from '../../src/core/index.ts'
import { createDisk, createLedgerStore } from '../../src/host/ledger/index.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { createTestHost, failNthCall } from '../host/test-host.ts'
import { atNthCall, CALLS } from '../host/ledger/test-store.ts'
import { applying, copyOf, createAdoptionWorld, sizeOf } from './adoption-world.ts'
import { type LedgerWorld, NOW } from './ledger-world.ts'

let world: LedgerWorld

beforeAll(async () => {
  world = await createAdoptionWorld()
}, 120_000)

describe('where an adoption is stopped', () => {
  it('by a host or a disk that fails its Nth call, for every N: all of it is in, or nothing', async () => {
    const sizes = new Set<number>()
    let calls = Number.POSITIVE_INFINITY
    for (let failing = 1; failing <= calls; failing++) {
      const ledger = copyOf(world, 'ledger')
      const fail = () => {
        throw new AssayError('host/input-output', `Call ${failing} failed`)
      }
      const { host } = createTestHost(world.folder, { now: NOW })
      const counts: (() => number)[] = []
      const openLedger = (path: string) => {
        const disk = createDisk(join(world.folder, path), path)
        if (path !== ledger) return Promise.resolve(createLedgerStore(path, disk))
        const wrapped = atNthCall(disk, failing, { calls: CALLS, act: fail })
        counts.push(wrapped.count)
        return Promise.resolve(createLedgerStore(path, wrapped.disk))
      }
      const exitCode = await runCli(applying(ledger).split(' '), { ...host, openLedger })
      if (counts.every((count) => count() < failing)) calls = failing
      expect([0, 3]).toContain(exitCode)
      const size = await sizeOf(world, ledger)
      expect([0, 9], `call ${failing}`).toContain(size)
      sizes.add(size)
      await world.done(`ledger verify --ledger ${ledger} --unsafe-unsigned`)
    }
    expect(sizes).toEqual(new Set([0, 9]))
    const { host } = createTestHost(world.folder, { now: NOW })
    const counted = failNthCall(host, 0)
    await runCli(applying(copyOf(world, 'ledger')).split(' '), counted.host)
    for (let failing = 1; failing < counted.calls(); failing++) {
      const ledger = copyOf(world, 'ledger')
      const exitCode = await runCli(applying(ledger).split(' '), failNthCall(host, failing).host)
      expect([exitCode, [0, 9].includes(await sizeOf(world, ledger))], `call ${failing}`).toEqual([
        3,
        true,
      ])
    }
  }, 240_000)
})
