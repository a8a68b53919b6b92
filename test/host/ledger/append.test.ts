// A record goes in whole or not at all, whoever is stopped, and wherever.

import { execFile } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { AssayError } from '../../../src/core/index.ts'
import { codesOf, expectValue } from '../../ledger/test-ledger.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'
import {
  atNthCall,
  CALLS,
  createStore,
  digestsOf,
  openStore,
  readSound,
  recordOf,
  recordsOf,
} from './test-store.ts'

const run = promisify(execFile)
const PROGRAM = join(import.meta.dirname, 'killed-append.ts')

const BEFORE = 3
let folder: string

beforeAll(async () => {
  folder = makeTemporaryFolder('ledger-append')
  await createStore(folder, recordsOf(BEFORE))
}, 60_000)

function copy(): string {
  const other = makeTemporaryFolder('ledger-copy')
  cpSync(join(folder, 'ledger'), join(other, 'ledger'), { recursive: true })
  return other
}

describe('append()', () => {
  it('gives each record the next place, and one that is there the place that it has', async () => {
    const store = await createStore(makeTemporaryFolder('ledger'))
    const first = expectValue(await store.append(recordsOf(2)))
    expect(first.records).toMatchObject([
      { index: 0, isNew: true },
      { index: 1, isNew: true },
    ])
    const again = expectValue(await store.append([recordOf(1), recordOf(2)]))
    expect(again.records).toMatchObject([
      { index: 1, isNew: false },
      { index: 2, isNew: true },
    ])
    expect(expectValue(await store.append([recordOf(0)])).head.size).toBe(3)
    expect(await readSound(store)).toEqual(digestsOf(recordsOf(3)))
  })

  it('refuses a second artifact set for one version, and takes one for another (A-85)', async () => {
    const store = await createStore(makeTemporaryFolder('ledger'), [
      recordOf('a', 'staging__web__v1__1'),
    ])
    const second = recordOf('b', 'staging__web__v1__2')
    expect(codesOf(await store.append([second]))).toEqual(['ledger/release-conflict'])
    expect(codesOf(await store.append([recordOf('b', 'staging__web__v2__2')]))).toBe('accepted')
    expect(codesOf(await store.append([recordOf('c', 'staging__web__v1__1')]))).toBe('accepted')
    const pair = [recordOf('d', 'staging__web__v3__1'), recordOf('e', 'staging__web__v3__2')]
    expect(codesOf(await store.append(pair))).toEqual(['ledger/release-conflict'])
    expect((await readSound(store)).length).toBe(3)
  })

  it('refuses nobody by what somebody put into its cache, and computes a cache that is of another head', async () => {
    const place = makeTemporaryFolder('ledger')
    const store = await createStore(place, [recordOf('a', 'staging__web__v1__1')])
    const cache = join(place, 'ledger/.work/claims')
    for (const name of readdirSync(cache)) {
      if (name !== 'head')
        writeFileSync(join(cache, name), 'staging__web__v1__2\nstaging__web__v2__2\n')
    }
    expect(codesOf(await store.append([recordOf('b', 'staging__web__v1__1')]))).toBe('accepted')
    expect(codesOf(await store.append([recordOf('c', 'staging__web__v1__2')]))).toEqual([
      'ledger/release-conflict',
    ])
    writeFileSync(join(cache, 'head'), 'of another ledger')
    expect(codesOf(await store.append([recordOf('c', 'staging__web__v1__2')]))).toEqual([
      'ledger/release-conflict',
    ])
  })

  it('accepts nobody by a cache that came with a copy of the folder', async () => {
    const place = makeTemporaryFolder('ledger')
    const store = await createStore(place, [recordOf('a', 'staging__web__v1__1')])
    const placeOf = () =>
      readFileSync(join(place, 'ledger/.work/claims/head'), 'utf8').split('\n').at(2)
    const before = placeOf()
    expectValue(await store.append([recordOf('b', 'staging__web__v2__1')]))
    expect(placeOf()).toBe(before)
    const copy = makeTemporaryFolder('ledger')
    cpSync(place, copy, { recursive: true })
    const cache = join(copy, 'ledger/.work/claims')
    for (const name of readdirSync(cache)) if (name !== 'head') rmSync(join(cache, name))
    expect(codesOf(await openStore(copy).append([recordOf('c', 'staging__web__v1__2')]))).toEqual([
      'ledger/release-conflict',
    ])
    expect(codesOf(await openStore(copy).append([recordOf('c', 'staging__web__v3__1')]))).toBe(
      'accepted',
    )
  })

  it('asks whoever knows more about the versions of the ledger', async () => {
    const store = await createStore(makeTemporaryFolder('ledger'), [
      recordOf('a', 'staging__web__v1__1'),
    ])
    const asked: unknown[] = []
    const refused = await store.append([recordOf('b', 'staging__web__v1__1')], (sets) => {
      asked.push(...sets)
      return [{ code: 'test/no', message: 'No' }]
    })
    expect(asked).toEqual([['staging__web__v1', 'staging__web__v1__1']])
    expect(codesOf(refused)).toEqual(['test/no'])
    expect((await readSound(store)).length).toBe(1)
  })

  it('is refused where there is no ledger, and on one whose head is another', async () => {
    const place = makeTemporaryFolder('ledger')
    expect(codesOf(await openStore(place).append([recordOf(1)]))).toEqual(['host/ledger-missing'])
    expect(readdirSync(place)).toEqual([])
    const store = await createStore(place, recordsOf(2))
    expect(codesOf(await store.init())).toEqual(['host/ledger-exists'])
    writeFileSync(join(place, 'ledger/head'), '1\nAAAA\n')
    expect(codesOf(await store.append([recordOf(7)]))).toEqual(['host/ledger-head'])
  })
})

describe('where an append is stopped', () => {
  it('by a host that fails its Nth call, for every N: the record is in, or is not, and goes in afterwards', async () => {
    const before = digestsOf(recordsOf(BEFORE))
    const after = digestsOf(recordsOf(BEFORE + 2))
    const outcomes = new Set<number>()
    let calls = Number.POSITIVE_INFINITY
    for (let at = 1; at <= calls; at++) {
      const place = copy()
      const fail = () => {
        throw new AssayError('host/input-output', `Call ${at} failed`)
      }
      let count = () => 0
      const store = openStore(place, (disk) => {
        const failing = atNthCall(disk, at, { calls: CALLS, act: fail })
        count = failing.count
        return failing.disk
      })
      const appended = await store.append(recordsOf(2, BEFORE)).catch((cause: unknown) => cause)
      // What is written beside the ledger for later may fail in peace.
      if (!(appended instanceof AssayError)) expect(appended).toMatchObject({ ok: true })
      if (count() < at) calls = at
      const names = await readSound(openStore(place))
      expect([before, after], `call ${at}`).toContainEqual(names)
      outcomes.add(names.length)
      if (names.length === BEFORE) expect(appended).toBeInstanceOf(AssayError)
      expectValue(await openStore(place).append(recordsOf(2, BEFORE)))
      expect(await readSound(openStore(place)), `call ${at}`).toEqual(after)
    }
    expect(outcomes).toEqual(new Set([BEFORE, BEFORE + 2]))
    expect(calls).toBeGreaterThan(30)
  }, 120_000)

  it('by a signal at its Nth write, for every N: the same', async () => {
    const before = digestsOf(recordsOf(BEFORE))
    const after = digestsOf(recordsOf(BEFORE + 1))
    const whole = await run(process.execPath, [PROGRAM, copy(), String(BEFORE)])
    const { count } = JSON.parse(whole.stdout) as { count: number }
    expect(count).toBeGreaterThan(20)
    const outcomes = new Set<number>()
    const kill = async (at: number): Promise<void> => {
      const place = copy()
      const ran = await run(process.execPath, [PROGRAM, place, String(BEFORE), String(at)]).catch(
        (cause: unknown) => cause,
      )
      expect(ran).toMatchObject({ signal: 'SIGKILL' })
      const names = await readSound(openStore(place))
      expect([before, after], `write ${at}`).toContainEqual(names)
      outcomes.add(names.length)
      // Nobody waits for the dead, and what they left is in nobody's way.
      expectValue(await openStore(place).append([recordOf(BEFORE)]))
      expect(await readSound(openStore(place)), `write ${at}`).toEqual(after)
    }
    for (let at = 1; at <= count; at += 2) {
      await Promise.all([kill(at), ...(at < count ? [kill(at + 1)] : [])])
    }
    expect(outcomes).toEqual(new Set([BEFORE, BEFORE + 1]))
  }, 240_000)

  it('by nothing: 50 processes at once lose no record (A-81)', async () => {
    const place = makeTemporaryFolder('ledger-many')
    const store = await createStore(place)
    const names = Array.from({ length: 50 }, (_, at) => at)
    const runs = names.map((name) => run(process.execPath, [PROGRAM, place, String(name)]))
    for (const { stdout } of await Promise.all(runs))
      expect(JSON.parse(stdout)).toMatchObject({ ok: true })
    const found = await readSound(store)
    expect(found.toSorted()).toEqual(digestsOf(recordsOf(50)).toSorted())
  }, 120_000)
})
