// What a repository that was cloned may bring along in the folder of a ledger: it is harmless, or a clear error with a hint. Nothing waits
// for it, nothing outside of the folder changes, and no record is accepted that is not there.

import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { auditTree } from '../../../src/ledger/index.ts'
import { codesOf, expectValue } from '../../ledger/test-ledger.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'
import { createStore, digestsOf, openStore, readSound, recordOf, recordsOf } from './test-store.ts'

const HUGE = 8 * 1024 ** 3

/** Puts something into a place, with the folders above it. */
type Plant = (at: string) => void

const OUTSIDE = '../../outside'
const link: Plant = (at) => symlinkSync(join(dirname(at), OUTSIDE), at)
const folder: Plant = (at) => mkdirSync(at)
const pipe: Plant = (at) => execFileSync('mkfifo', [at])
const words: Plant = (at) => writeFileSync(at, 'SQLite format 3\0 and more')
/** As large as no memory is, and without a byte on the disk. */
const huge: Plant = (at) => {
  writeFileSync(at, '')
  truncateSync(at, HUGE)
}

interface Planted {
  readonly place: string
  readonly at: (path: string) => string
  readonly outside: () => string
}

/** A ledger of three records, with what was planted, and a file outside of it. */
async function plantedLedger(path: string, plant: Plant): Promise<Planted> {
  const place = makeTemporaryFolder('ledger-planted')
  await createStore(place, recordsOf(3))
  writeFileSync(join(place, 'outside'), 'outside')
  const at = (below: string) => join(place, 'ledger', below)
  rmSync(at(path), { recursive: true, force: true })
  mkdirSync(dirname(at(path)), { recursive: true })
  plant(at(path))
  return { place, at, outside: () => readFileSync(join(place, 'outside'), 'utf8') }
}

/** Nobody waits for what nobody lets go of: a lock is waited for two minutes. */
const SOON = 15_000

describe('planted in the place of the lock,', () => {
  it.each([
    ['a link', link, 'host/ledger-foreign'],
    ['a folder', folder, 'host/ledger-foreign'],
    ['a pipe', pipe, 'host/ledger-foreign'],
    ['words', words, 'host/ledger-foreign'],
    ['a huge file', huge, 'host/ledger-foreign'],
  ])(
    '%s is refused at once, with a hint, and the ledger can be read',
    async (_, plant, code) => {
      const { place, at, outside } = await plantedLedger('.work/lock', plant)
      const store = openStore(place)
      const refused = await store.append([recordOf(3)])
      expect(refused).toMatchObject({
        problems: [{ code, hint: expect.stringContaining('remove it') as string }],
      })
      expect(await readSound(store)).toEqual(digestsOf(recordsOf(3)))
      expect(outside()).toBe('outside')
      rmSync(at('.work/lock'), { recursive: true })
      expect(codesOf(await store.append([recordOf(3)]))).toBe('accepted')
    },
    SOON,
  )

  it.each(['-journal', '-wal', '-shm'])(
    'what SQLite would read beside it (%s) changes nothing outside, and keeps nobody from appending',
    async (suffix) => {
      for (const plant of [link, words, pipe, folder]) {
        const { place, outside } = await plantedLedger(`.work/lock${suffix}`, plant)
        const store = openStore(place)
        const appended = await store.append([recordOf(3)]).catch((cause: unknown) => cause)
        const names = await readSound(store)
        const isThere = names.length === 4
        expect(isThere || appended instanceof Error, `${suffix}: ${String(appended)}`).toBe(true)
        expect(outside()).toBe('outside')
      }
    },
    SOON,
  )
})

describe('planted as what is being written,', () => {
  it.each([
    ['.work', link, ['host/ledger-link']],
    ['.work', words, ['host/ledger-foreign']],
    ['.work/next', link, ['host/ledger-link']],
    ['.work/next', words, ['host/ledger-foreign']],
    ['.work/next', pipe, ['host/ledger-foreign']],
    ['.work/ready', link, ['host/ledger-link']],
    ['.work/ready', words, ['host/ledger-foreign']],
    ['.work/ready', pipe, ['host/ledger-foreign']],
    ['.work/ready', folder, 'accepted'],
  ] as const)(
    '%s: %o',
    async (path, plant, codes) => {
      const { place, outside } = await plantedLedger(path, plant)
      const store = openStore(place)
      expect(codesOf(await store.append([recordOf(3)]))).toEqual(codes)
      if (codes === 'accepted') {
        expect(await readSound(store)).toEqual(digestsOf(recordsOf(4)))
      }
      expect(outside()).toBe('outside')
    },
    SOON,
  )

  /** A change that is said to count already. */
  const change = (paths: readonly string[], first: Plant): Plant => {
    return (at) => {
      mkdirSync(at)
      first(join(at, '0'))
      writeFileSync(join(at, 'plan'), JSON.stringify({ paths, remove: [] }))
    }
  }
  const RECORD = `records/ab/ab${'0'.repeat(62)}.sigstore.json`

  it.each([
    ['a link', link],
    ['a folder', folder],
    ['a pipe', pipe],
    ['words', words],
    ['a huge file', huge],
  ])(
    'a change that brings %s in the place of the head, of a tile, of a record: none is accepted',
    async (_, first) => {
      for (const path of ['head', 'tile/0/000.p/3', 'tile/entries/000.p/4', RECORD]) {
        const { place, outside } = await plantedLedger('.work/ready', change([path], first))
        const store = openStore(place)
        const read = await store.read()
        const state = read.ok ? expectValue(await auditTree(read.value)) : undefined
        if (state !== undefined) expect(state.size).toBe(3)
        if (path !== RECORD) expect(read.ok).toBe(false)
        // An empty folder is nothing that git could bring along.
        if (path === RECORD && read.ok && first !== folder) {
          expect(expectValue(await store.listRecords()).rest()).toContainEqual(
            expect.objectContaining({ path }),
          )
        }
        expect(outside()).toBe('outside')
      }
    },
    SOON,
  )

  it('a plan that is a pipe, a link or as large as no memory is', async () => {
    for (const [plant, codes] of [
      [pipe, 'accepted'],
      [link, ['host/ledger-link']],
      [huge, ['host/file-too-large']],
    ] as const) {
      const { place, outside } = await plantedLedger('.work/ready/plan', plant)
      expect(codesOf(await openStore(place).append([recordOf(3)]))).toEqual(codes)
      expect(outside()).toBe('outside')
    }
  })

  it('sets of versions that nobody has: they are computed anew', async () => {
    const record = recordOf(3)
    const { place, at } = await plantedLedger('.work/claims/head', words)
    for (let part = 0; part < 256; part++) {
      const name = part.toString(16).padStart(2, '0')
      writeFileSync(at(`.work/claims/${name}`), `${record.entry.release}-other\n`)
    }
    const store = openStore(place)
    expect(codesOf(await store.append([record]))).toBe('accepted')
    expect(readdirSync(at('.work/claims')).length).toBeLessThan(10)
  })
})

describe('a file that is as large as no memory is', () => {
  it.each([
    ['head', 'host/file-too-large'],
    ['checkpoint', 'host/file-too-large'],
    ['tile/0/000.p/3', 'host/file-too-large'],
    ['tile/entries/000.p/3', 'host/file-too-large'],
  ])('as %s is refused by its size alone', async (path, code) => {
    const { place, at } = await plantedLedger(path, huge)
    const store = openStore(place)
    expect(codesOf(await store.read())).toEqual([code])
    expect(codesOf(await store.append([recordOf(3)]))).toEqual([code])
    expect(statSync(at(path)).size).toBe(HUGE)
  })

  it('as a record, or as a tile inside of the tree, is told by whoever reads it', async () => {
    const { entry } = recordOf(1)
    const path = `records/${entry.sha256.slice(0, 2)}/${entry.sha256}.sigstore.json`
    const { place } = await plantedLedger(path, huge)
    const store = openStore(place)
    expect(codesOf(await store.readRecord(entry))).toEqual(['host/file-too-large'])
    expect(codesOf(await store.readRecord(recordOf(2).entry))).toBe('accepted')
    for (const plant of [huge, link]) {
      const large = makeTemporaryFolder('ledger-large')
      const many = await createStore(large, recordsOf(300))
      writeFileSync(join(large, 'outside'), 'outside')
      const inner = join(large, 'ledger/tile/0/000')
      rmSync(inner)
      plant(inner)
      const { reader, size } = expectValue(await many.read())
      const audited = await auditTree({ reader, size })
      expect(codesOf(audited)).toEqual(['ledger/tile-unreadable'])
    }
  }, 30_000)
})

describe('planted where a file of the next change goes,', () => {
  const { entry } = recordOf(3)
  it.each([
    ['a folder', folder],
    ['a pipe', pipe],
  ])(
    '%s refuses the change before it counts: nothing takes effect later',
    async (_, plant) => {
      for (const path of [
        `records/${entry.sha256.slice(0, 2)}/${entry.sha256}.sigstore.json`,
        'tile/0/000.p/4',
      ]) {
        const { place, at } = await plantedLedger(path, plant)
        const store = openStore(place)
        expect(codesOf(await store.append([recordOf(3)])), path).toEqual(['host/ledger-foreign'])
        rmSync(at(path), { recursive: true })
        expect(expectValue(await store.read()).size).toBe(3)
        expect(await readSound(store)).toEqual(digestsOf(recordsOf(3)))
        expect(codesOf(await store.append([recordOf(3)]))).toBe('accepted')
        expect(await readSound(store)).toEqual(digestsOf(recordsOf(4)))
      }
    },
    SOON,
  )
})
