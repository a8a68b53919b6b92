import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeDifference,
  findFirstDifference,
  type LedgerEntry,
} from '../../src/ledger/index.ts'
import { codesOf, createLedger, entriesOf, entryOf, expectValue, withFile } from './test-ledger.ts'

const KNOWN = entriesOf(300)
const LEDGER = await createLedger(KNOWN)
const OTHER = entryOf('other')

const difference = async (judged: readonly LedgerEntry[], known = KNOWN) =>
  expectValue(await findFirstDifference(await createLedger(judged), await createLedger(known)))

describe('findFirstDifference()', () => {
  it('finds none between copies', async () => {
    for (const count of [0, 1, 256, 300]) {
      expect(await difference(entriesOf(count), entriesOf(count))).toBeUndefined()
    }
  })

  it.each([
    ['cut', KNOWN.slice(0, 200), { index: 200, expected: entryOf(200) }],
    ['added', [...KNOWN, OTHER], { index: 300, found: OTHER }],
    ['dropped', KNOWN.toSpliced(60, 1), { index: 60, expected: entryOf(60), found: entryOf(61) }],
    ['inserted', KNOWN.toSpliced(60, 0, OTHER), { index: 60, expected: entryOf(60), found: OTHER }],
    ['changed', KNOWN.with(256, OTHER), { index: 256, expected: entryOf(256), found: OTHER }],
    [
      'reordered',
      KNOWN.with(7, entryOf(299)).with(299, entryOf(7)),
      { index: 7, expected: entryOf(7), found: entryOf(299) },
    ],
  ] as const)('names the first entry of a copy that was %s', async (change, judged, expected) => {
    expect(await difference(judged)).toEqual({ change, ...expected })
  })

  it('names the first one in ledgers of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 1, max: 600 }),
        fc.nat(),
        async (judged, known, share) => {
          const index = share % Math.min(judged, known)
          const found = await difference(entriesOf(judged).with(index, OTHER), entriesOf(known))
          expect(found?.index).toBe(index)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('is told in words', async () => {
    const found = await difference([...KNOWN, OTHER])
    expect(found && describeDifference(found)).toBe(
      `entry 300 was added: expected none, found the record "${OTHER.sha256}" of "${OTHER.release}"`,
    )
  })

  it('reads a few tiles to find it', async () => {
    const changed = await createLedger(KNOWN.with(290, OTHER))
    LEDGER.reads.length = 0
    expectValue(await findFirstDifference(changed, LEDGER))
    expect([...new Set(LEDGER.reads)].toSorted()).toEqual([
      'tile/0/001.p/44',
      'tile/1/000.p/1',
      'tile/entries/001.p/44',
    ])
  })

  it.each(['tile/0/001.p/44', 'tile/entries/001.p/44'])(
    'needs the file %s of both',
    async (path) => {
      const changed = await createLedger(KNOWN.with(290, OTHER))
      const copies = [changed, LEDGER].map((whole) => {
        return { whole, gone: { ...withFile(whole, path, undefined), size: 300 } }
      })
      const [a, b] = copies as [(typeof copies)[number], (typeof copies)[number]]
      const missing = ['ledger/tile-missing']
      expect(codesOf(await findFirstDifference(a.gone, b.whole))).toEqual(missing)
      expect(codesOf(await findFirstDifference(a.whole, b.gone))).toEqual(missing)
      expect(codesOf(await findFirstDifference(a.whole, b.whole))).toBe('accepted')
    },
  )
})
