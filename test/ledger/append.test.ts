import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeEntry, parseTilePath, planAppend, readEarlier } from '../../src/ledger/index.ts'
import { rootOf } from '../digest/merkle/test-tree.ts'
import {
  append,
  apply,
  codesOf,
  createLedger,
  entriesOf,
  entryOf,
  expectValue,
  headOf,
  ledgerOf,
  type TestLedger,
  withFile,
} from './test-ledger.ts'

const plan = async (ledger: TestLedger, count = 1) =>
  planAppend(ledger.reader, await headOf(ledger), entriesOf(count, ledger.size))
const pathsOf = async (ledger: TestLedger, count = 1) =>
  expectValue(await plan(ledger, count)).files.map(({ path }) => path)

describe('planAppend()', () => {
  it('gives the same tree as building from nothing, however the entries arrive', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 4 }),
        async (steps) => {
          let ledger = await createLedger()
          for (const step of steps) ledger = await append(ledger, entriesOf(step, ledger.size))
          const entries = entriesOf(ledger.size)
          const whole = await createLedger(entries)
          expect(ledger.files).toEqual(whole.files)
          expect((await headOf(ledger)).root).toEqual(
            Uint8Array.from(rootOf(entries.map(encodeEntry))),
          )
        },
      ),
      { numRuns: 40 },
    )
  })

  it('tells the head that the ledger will have', async () => {
    let ledger = await createLedger(entriesOf(250))
    for (let at = 250; at < 260; at++) {
      const { head, files } = expectValue(await plan(ledger))
      ledger = ledgerOf(apply(ledger.files, { head, files, obsolete: [] }))
      expect({ ...head, root: Uint8Array.from(head.root) }).toEqual(await headOf(ledger))
    }
  })

  it('writes hash tiles first and the entries last', async () => {
    expect(await pathsOf(await createLedger())).toEqual(['tile/0/000.p/1', 'tile/entries/000.p/1'])
    expect(await pathsOf(await createLedger(entriesOf(255)))).toEqual([
      'tile/0/000',
      'tile/1/000.p/1',
      'tile/entries/000',
    ])
    expect(await pathsOf(await createLedger(entriesOf(300)), 300)).toEqual([
      'tile/0/001',
      'tile/1/000.p/2',
      'tile/entries/001',
      'tile/0/002.p/88',
      'tile/entries/002.p/88',
    ])
  })

  it('reads and writes the same at any size', async () => {
    const work = async (size: number) => {
      const ledger = await createLedger(entriesOf(size))
      const head = await headOf(ledger)
      ledger.reads.length = 0
      const { files } = expectValue(await planAppend(ledger.reader, head, [entryOf(size)]))
      return { reads: ledger.reads.length, files: files.length }
    }
    expect(await work(100)).toEqual({ reads: 2, files: 2 })
    expect(await work(2660)).toEqual({ reads: 3, files: 2 })
  })

  it('plans nothing for no entry', async () => {
    const ledger = await createLedger(entriesOf(7))
    expect(expectValue(await plan(ledger, 0))).toMatchObject({ files: [], obsolete: [] })
  })

  it('lets the tiles of a signed head stay until the full one is there', async () => {
    let ledger = await append(await createLedger(entriesOf(5)), entriesOf(1, 5), [5])
    ledger = await append(ledger, entriesOf(1, 6), [5])
    const tiles = ['tile/0/000.p/5', 'tile/0/000.p/7', 'tile/entries/000.p/5']
    expect([...ledger.files.keys()].toSorted()).toEqual([...tiles, 'tile/entries/000.p/7'])
    ledger = await append(ledger, entriesOf(260, 7), [5])
    expect([...ledger.files.keys()].toSorted()).toEqual([
      'tile/0/000',
      'tile/0/001.p/11',
      'tile/1/000.p/1',
      'tile/entries/000',
      'tile/entries/001.p/11',
    ])
  })

  it('leaves a ledger that is whole wherever its writer is killed', async () => {
    for (const [size, count] of [
      [0, 1],
      [254, 4],
      [300, 600],
      [511, 1],
    ] as const) {
      const before = await createLedger(entriesOf(size))
      const { files, obsolete } = expectValue(await plan(before, count))
      for (let written = 0; written <= files.length; written++) {
        const killed = ledgerOf(
          apply(before.files, {
            head: await headOf(before),
            files: files.slice(0, written),
            obsolete: written === files.length ? obsolete : [],
          }),
        )
        // A tile that was written in half is one of those that a later append writes again.
        const torn = files[written]
        const isLeftover = torn !== undefined && parseTilePath(torn.path)?.level !== 'entries'
        if (isLeftover) killed.files.set(torn.path, torn.bytes.subarray(0, 5))
        const whole = await createLedger(entriesOf(killed.size))
        expect(await headOf(killed), `${written} of ${files.length}`).toEqual(await headOf(whole))
        const after = await append(killed, entriesOf(size + count - killed.size, killed.size))
        expect(await headOf(after)).toEqual(
          await headOf(await createLedger(entriesOf(size + count))),
        )
      }
    }
  })

  it('refuses a ledger with another root than the head says', async () => {
    const ledger = await createLedger(entriesOf(7))
    const head = { size: 7, root: new Uint8Array(32) }
    expect(codesOf(await planAppend(ledger.reader, head, entriesOf(1, 7)))).toEqual([
      'ledger/head-differs',
    ])
    expect(codesOf(await plan(ledger))).toBe('accepted')
  })

  it('refuses to append behind entries that were changed', async () => {
    const ledger = await createLedger(entriesOf(7))
    const other = await createLedger([...entriesOf(6), entryOf('other')])
    const path = 'tile/entries/000.p/7'
    const changed = withFile(ledger, path, other.files.get(path))
    const planned = await plan(changed)
    expect(codesOf(planned)).toEqual(['ledger/tile-differs'])
    expect(planned.ok || planned.problems[0].message).toContain('entry 6')
  })

  it.each([
    ['tile/0/000.p/7', undefined, 'ledger/tile-missing'],
    ['tile/0/000.p/7', new Uint8Array(31), 'ledger/tile-malformed'],
    ['tile/entries/000.p/7', new Uint8Array(1), 'ledger/tile-malformed'],
  ])('refuses a ledger whose %s is damaged', async (path, bytes, code) => {
    const ledger = await createLedger(entriesOf(7))
    const head = await headOf(ledger)
    const { reader } = withFile(ledger, path, bytes)
    const planned = await planAppend(reader, head, entriesOf(1, 7))
    expect(codesOf(planned)).toEqual([code])
    expect(planned.ok || planned.problems[0].at).toBe(path)
  })

  it('refuses entries that are none, and one record twice', async () => {
    const ledger = await createLedger()
    const head = await headOf(ledger)
    const twice = [entryOf(1), entryOf(2), entryOf(1, 'ledger')]
    expect(codesOf(await planAppend(ledger.reader, head, twice))).toEqual(['ledger/entry-repeated'])
    const wrong = [{ ...entryOf(1), release: '' }, entryOf(2)]
    expect(codesOf(await planAppend(ledger.reader, head, wrong))).toEqual(['ledger/entry'])
  })
})

describe('the tiles of a tree', () => {
  it('are read from the full tile where the partial one is gone', async () => {
    const ledger = await createLedger(entriesOf(256))
    const earlier = await createLedger(entriesOf(100))
    expect(await headOf({ ...ledger, size: 100 })).toEqual(await headOf(earlier))
    const damaged = withFile(ledger, 'tile/0/000', new Uint8Array(32))
    const head = await headOf(earlier)
    expect(codesOf(await planAppend(damaged.reader, head, []))).toEqual(['ledger/tile-malformed'])
    const plannedBehind = await planAppend(readEarlier(ledger), head, entriesOf(1, 100))
    expect(codesOf(plannedBehind)).toBe('accepted')
  })
})
