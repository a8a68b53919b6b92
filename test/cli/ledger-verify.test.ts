// What is done to a ledger is found offline, by a head that was kept.

import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { signCheckpoint } from '../../src/ledger/index.ts'
import { createLocalSigner, parsePrivateKey } from '../../src/sign/index.ts'
import { expectValue } from '../ledger/test-ledger.ts'
import {
  createLedger,
  createWorld,
  type LedgerWorld,
  NOW,
  ORIGIN,
  signLedger,
} from './ledger-world.ts'

let world: LedgerWorld
const DAY = 86_400_000
const at = (...path: readonly string[]) => join(world.folder, ...path)
const verify = (ledger: string, more = '', now = NOW) =>
  world.judge(`ledger verify --ledger ${ledger} --log-key log.vkey${more}`, now)

/** The ledger `good`: five records, of which four are signed; `old` is the head of three, kept by somebody. */
beforeAll(async () => {
  world = await createWorld(6)
  await createLedger(world, 'good', { records: [1, 2, 3], isSigned: true })
  copyFileSync(at('good/checkpoint'), at('old'))
  world.copy('good', 'copy')
  await world.done('ledger append r4.json --trust trust.json --ledger good')
  await signLedger(world, 'good')
  await world.done('ledger append r5.json --trust trust.json --ledger good')
}, 120_000)

/** Whoever wrote it anew has no tiles of the size that was signed. */
const REWRITTEN: unknown = expect.arrayContaining(['ledger/rewritten'])

let made = 0
/** A copy of the good ledger, under a name of its own. */
function copyOf(ledger = 'good'): string {
  made += 1
  world.copy(ledger, `copy-${made}`)
  return `copy-${made}`
}

/** A ledger that an attacker wrote anew, hashes and all; its signed head is that of the good one unless it is signed anew. */
async function forge(records: readonly number[], isSigned = false): Promise<string> {
  made += 1
  const ledger = `forged-${made}`
  await createLedger(world, ledger, { records, isSigned })
  if (!isSigned) copyFileSync(at('good/checkpoint'), at(ledger, 'checkpoint'))
  return ledger
}

describe('ledger verify', () => {
  it('accepts a ledger that continues its own head and the one that was kept, and counts what is not signed', async () => {
    const judged = await verify('good', ' --head old --copy copy --max-age 1d')
    expect(judged).toMatchObject({ exitCode: 0, codes: [] })
    expect(judged.text).toContain('1 entry after the last signed head')
  })

  it('refuses one whose end was cut off (A-78), with and without the head that was kept', async () => {
    const short = await forge([1, 2])
    expect(await verify(short)).toMatchObject({ exitCode: 1, codes: ['ledger/tail-cut'] })
    const judged = await verify(short, ' --head old --copy copy')
    expect(judged).toMatchObject({ exitCode: 1, codes: ['ledger/tail-cut'] })
    expect(judged.text).toContain('entry 2')
    const resigned = await forge([1, 2], true)
    expect(await verify(resigned)).toMatchObject({ exitCode: 0 })
    expect(await verify(resigned, ' --head old')).toMatchObject({ codes: ['ledger/tail-cut'] })
  })

  it.each([
    ['rewritten', [1, 6, 3, 4, 5], 'entry 1 was changed'],
    ['reordered', [2, 1, 3, 4, 5], 'entry 0 was reordered'],
    ['dropped', [1, 3, 4, 5, 6], 'entry 1 was dropped'],
  ])(
    'refuses one whose middle was %s (A-79), and names the first entry that differs',
    async (_, records, words) => {
      const forged = await forge(records)
      expect(await verify(forged)).toMatchObject({ exitCode: 1, codes: REWRITTEN })
      const judged = await verify(forged, ' --head old --copy copy')
      expect(judged).toMatchObject({ exitCode: 1, codes: REWRITTEN })
      expect(judged.text).toContain(words)
    },
  )

  it('refuses a split view (A-80): the same key signed two ledgers', async () => {
    const forged = await forge([1, 6, 3, 4], true)
    expect(await verify(forged)).toMatchObject({ exitCode: 0 })
    const judged = await verify(forged, ' --head old --copy copy')
    expect(judged).toMatchObject({ exitCode: 1, codes: ['ledger/split-view'] })
    expect(judged.text).toContain('entry 1 was changed')
  })

  it('calls a head stale that is older than it may be (A-72)', async () => {
    expect(await verify('good', ' --max-age 1d', NOW + DAY)).toMatchObject({ exitCode: 0 })
    expect(await verify('good', ' --max-age 23h', NOW + DAY)).toMatchObject({
      exitCode: 1,
      codes: ['ledger/head-stale'],
    })
    expect(
      await verify('good', ' --max-age 1d --at 2026-04-11T12:00:00Z', NOW + 9 * DAY),
    ).toMatchObject({ exitCode: 0 })
    expect(await verify('good', ' --max-age 1d', NOW - DAY)).toMatchObject({
      exitCode: 2,
      codes: ['ledger/head-time-later'],
    })
  })

  it.each([
    [Number.MAX_SAFE_INTEGER, 'ledger/tail-cut'],
    [2 ** 60, 'ledger/checkpoint-malformed'],
  ])('refuses a head that runs ahead of its entries (A-73): %d', async (size, code) => {
    const ahead = copyOf()
    const key = expectValue(parsePrivateKey(readFileSync(at('log.key.pem'))))
    const head = { origin: ORIGIN, size, root: new Uint8Array(32) }
    const signer = { ...createLocalSigner(key), name: ORIGIN }
    writeFileSync(at(ahead, 'checkpoint'), expectValue(await signCheckpoint(head, [signer], NOW)))
    expect(await verify(ahead)).toMatchObject({ exitCode: 1, codes: [code] })
    // It recovers with the head that was there before.
    copyFileSync(at('good/checkpoint'), at(ahead, 'checkpoint'))
    expect(await verify(ahead)).toMatchObject({ exitCode: 0 })
  })

  it('refuses a ledger of which one file is another (A-124)', async () => {
    const entries = (await world.done('ledger list --ledger good')).split('\n')
    const [, first = ''] = (entries[0] ?? '').split(' ')
    const record = `records/${first.slice(0, 2)}/${first}.sigstore.json`
    for (const [path, change, code] of [
      [record, 'other', 'host/ledger-record-differs'],
      [record, undefined, 'host/ledger-record-missing'],
      ['records/00/0.sigstore.json', 'more', 'host/ledger-record-extra'],
      ['tile/0/000.p/5', undefined, 'ledger/tile-missing'],
      ['tile/0/000.p/5', 'short', 'ledger/tile-malformed'],
      ['tile/entries/000.p/5', 'short', 'ledger/tile-malformed'],
      ['head', '4\nAAAA\n', 'host/ledger-head'],
    ] as const) {
      const changed = copyOf()
      if (change === undefined) rmSync(at(changed, path))
      else {
        const folder = at(changed, path, '..')
        if (path.includes('00/0'))
          await import('node:fs').then(({ mkdirSync }) => mkdirSync(folder))
        writeFileSync(at(changed, path), change)
      }
      const judged = await verify(changed)
      expect([path, judged.exitCode, judged.codes], path).toEqual([
        path,
        1,
        expect.arrayContaining([code]),
      ])
    }
  })

  it('refuses what no ledger has, as its own name with capitals, but not what git and people put there', async () => {
    const { mkdirSync } = await import('node:fs')
    for (const path of [
      'RECORDS/',
      'records/AB/',
      'records/ab/cd/',
      'records/AB/x',
      'Head',
      'readme.md',
      'notes/',
      'tile/0/X001/',
      'tile/0/1',
      'tile/7/',
      'README.md/',
      'tile/entries/000.P/',
    ]) {
      const changed = copyOf()
      mkdirSync(at(changed, path.endsWith('/') ? path : `${path}/..`), { recursive: true })
      if (!path.endsWith('/')) writeFileSync(at(changed, path), 'x')
      const judged = await verify(changed)
      expect([path, judged.exitCode]).toEqual([path, 1])
      expect(judged.codes, path).toEqual([
        path.startsWith('records/') ? 'host/ledger-record-extra' : 'host/ledger-foreign',
      ])
    }
    const changed = copyOf()
    for (const path of ['.git', 'README', 'README.md', '.gitignore']) {
      writeFileSync(at(changed, path), 'x')
    }
    mkdirSync(at(changed, 'records/ff'), { recursive: true })
    expect(await verify(changed)).toMatchObject({ exitCode: 0 })
  })

  it('refuses a record whose entry says something else of it', async () => {
    const { createDisk, createLedgerStore } = await import('../../src/host/ledger/index.ts')
    const { createHash } = await import('node:crypto')
    await world.done('ledger init --ledger odd')
    const bytes = readFileSync(at('r1.json'))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const store = createLedgerStore('odd', createDisk(at('odd'), 'odd'))
    const release = 'staging__web__v1.9__1'
    const entry = { sha256, predicateType: 'https://slsa.dev/provenance/v1', release }
    expectValue(await store.append([{ bytes, entry }]))
    expect(await world.judge('ledger verify --ledger odd --unsafe-unsigned')).toMatchObject({
      exitCode: 1,
      codes: ['cli/ledger-record'],
    })
  })

  it('refuses a head of another key, of another ledger, and none at all', async () => {
    const other = await forge([1, 2])
    rmSync(at(other, 'checkpoint'))
    expect(await verify(other)).toMatchObject({ exitCode: 1, codes: ['cli/ledger-head-missing'] })
    const line = `ledger checkpoint --ledger ${other} --key other.key.pem --name ${ORIGIN}`
    await world.done(line)
    expect(await verify(other)).toMatchObject({ codes: ['ledger/checkpoint-unsigned'] })
    expect(await verify('good', ' --origin ledger.example/other')).toMatchObject({
      codes: ['ledger/checkpoint-origin'],
    })
    expect(await verify('good', ' --witnesses 1')).toMatchObject({
      codes: ['ledger/witness-quorum'],
    })
  })

  it('judges no ledger without a key, unless that is called unsafe', async () => {
    const { exitCode, stderr } = await world.run('ledger verify --ledger good')
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--log-key')])
    const unsafe = await world.run('ledger verify --ledger good --unsafe-unsigned')
    expect([unsafe.exitCode, unsafe.stderr]).toEqual([0, expect.stringContaining('UNSAFE')])
    for (const more of [' --unsafe-unsigned', ' --at 2026-04-11T12:00:00Z', ' --max-age soon']) {
      expect(await verify('good', more)).toMatchObject({ exitCode: 2, codes: ['cli/usage'] })
    }
    expect(await verify('nowhere')).toMatchObject({ exitCode: 2, codes: ['host/ledger-missing'] })
  })
})

describe('ledger checkpoint', () => {
  it('signs only on top of the head that is signed, and of the one that was kept', async () => {
    const forged = await forge([1, 6, 3, 4, 5])
    const line = `ledger checkpoint --ledger ${forged} --key log.key.pem`
    expect(await world.judge(line)).toMatchObject({ exitCode: 1, codes: REWRITTEN })
    rmSync(at(forged, 'checkpoint'))
    const named = `${line} --name ${ORIGIN}`
    expect(await world.judge(`${named} --head old`)).toMatchObject({ codes: ['ledger/rewritten'] })
    const same = copyOf()
    expect(
      await world.judge(`ledger checkpoint --ledger ${same} --key log.key.pem --head old`),
    ).toMatchObject({ exitCode: 0 })
  })

  it('needs the earlier key, or is told it, where another signs from now on; several may', async () => {
    const same = copyOf()
    const line = `ledger checkpoint --ledger ${same} --key other.key.pem`
    expect(await world.judge(line)).toMatchObject({ codes: ['ledger/checkpoint-unsigned'] })
    const keys = await world.done(`${line} --key log.key.pem --log-key log.vkey`)
    expect(keys.trim().split('\n').length).toBe(2)
    expect(await verify(same)).toMatchObject({ exitCode: 0 })
  })

  it('needs a name for the first head, keeps it, and takes Ed25519 keys alone', async () => {
    await createLedger(world, 'unnamed', { records: [1] })
    const line = 'ledger checkpoint --ledger unnamed --key log.key.pem'
    expect(await world.judge(line)).toMatchObject({ exitCode: 2, codes: ['cli/usage'] })
    const token = `ghp_${'a1B'.repeat(12)}`
    const { exitCode, stderr } = await world.run(`${line} --name ledger.example/${token}`)
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('statement/secret')])
    expect(stderr).not.toContain(token)
    await world.done(`${line} --name ${ORIGIN}`)
    expect(await world.judge(`${line} --name another`)).toMatchObject({
      exitCode: 2,
      codes: ['ledger/checkpoint-origin'],
    })
    expect(
      await world.judge('ledger checkpoint --ledger unnamed --key release.key.pem'),
    ).toMatchObject({ exitCode: 2, codes: ['trust/note-key'] })
  })
})
