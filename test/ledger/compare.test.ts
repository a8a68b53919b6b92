import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareHeads, isSplitView, proveSplitView } from '../../src/ledger/index.ts'
import {
  append,
  codesOf,
  createLedger,
  entriesOf,
  entryOf,
  expectValue,
  type TestLedger,
  withFile,
} from './test-ledger.ts'
import { signedHead, signerOf, verify, sign } from './test-heads.ts'

const LEDGER = await createLedger(entriesOf(300))
const OLDER = await signedHead(await createLedger(entriesOf(120)))
const compare = async (...given: Parameters<typeof compareHeads>) => {
  const { check, ...facts } = expectValue(await compareHeads(...given))
  return { code: check.code ?? check.outcome, message: check.message, found: check.found, ...facts }
}
const changed = async (change: (entries: ReturnType<typeof entriesOf>) => typeof entries) =>
  createLedger(change(entriesOf(300)))

describe('compareHeads()', () => {
  it('accepts every older head that the ledger continues', async () => {
    for (const size of [0, 1, 120, 255, 256, 257, 300]) {
      const older = await signedHead(await createLedger(entriesOf(size)))
      expect((await compare(LEDGER, older)).code, String(size)).toBe('accepted')
    }
  })

  it('names the first entry that was cut off (A-78)', async () => {
    const cut = await createLedger(entriesOf(110))
    const { code, message } = await compare(cut, OLDER)
    expect(code).toBe('ledger/tail-cut')
    expect(message).toContain('entry 110')
    expect((await compare(await createLedger(entriesOf(120)), OLDER)).code).toBe('accepted')
    const more = await append(cut, entriesOf(20, 110))
    expect((await compare(more, OLDER)).code).toBe('accepted')
  })

  it.each([
    ['a changed entry', (all) => all.with(60, entryOf('other'))],
    ['a dropped entry', (all) => all.toSpliced(60, 1)],
    ['an inserted entry', (all) => all.toSpliced(60, 0, entryOf('other'))],
    ['two entries in another order', (all) => all.with(60, entryOf(61)).with(61, entryOf(60))],
    ['the first entry changed', (all) => all.with(0, entryOf('other'))],
    ['the last signed entry changed', (all) => all.with(119, entryOf('other'))],
  ] as const satisfies readonly (readonly [string, Parameters<typeof changed>[0]])[])(
    'refuses a ledger with %s (A-79)',
    async (_, change) => {
      expect((await compare(await changed(change), OLDER)).code).toBe('ledger/rewritten')
    },
  )

  it.each([
    ['changed', 60, (all) => all.with(60, entryOf('other'))],
    ['dropped', 60, (all) => all.toSpliced(60, 1)],
    ['reordered', 60, (all) => all.with(60, entryOf(61)).with(61, entryOf(60))],
    ['cut', 110, (all) => all.slice(0, 110)],
    ['dropped', 7, (all) => all.slice(0, 100).toSpliced(7, 1)],
  ] as const satisfies readonly (readonly [string, number, Parameters<typeof changed>[0]])[])(
    'tells with an older copy what was %s first, at entry %i',
    async (change, index, edit) => {
      const { difference, found } = await compare(await changed(edit), OLDER, { copy: LEDGER })
      expect(difference).toMatchObject({ change, index, expected: entryOf(index) })
      expect(found).toContain(`entry ${index} was ${change}: expected the record "`)
    },
  )

  it('believes no copy that is not what was signed', async () => {
    const other = await changed((all) => all.with(60, entryOf('other')))
    const cut = await createLedger(entriesOf(119))
    for (const copy of [other, cut]) {
      const { code, difference } = await compare(other, OLDER, { copy })
      expect(code).toBe('ledger/rewritten')
      expect(difference).toBeUndefined()
    }
    const gone = { ...withFile(LEDGER, 'tile/0/000', undefined), size: 300 }
    expect(codesOf(await compareHeads(other, OLDER, { copy: gone }))).toEqual([
      'ledger/tile-missing',
    ])
    const unread = { ...withFile(LEDGER, 'tile/entries/000', undefined), size: 300 }
    expect(codesOf(await compareHeads(other, OLDER, { copy: unread }))).toEqual([
      'ledger/tile-missing',
    ])
  })

  it('lets what lies behind the older head be anything', async () => {
    const other = await changed((all) => all.with(120, entryOf('other')))
    expect((await compare(other, OLDER)).code).toBe('accepted')
  })

  it('says which tile is not there', async () => {
    const gone = { ...withFile(LEDGER, 'tile/0/000', undefined), size: 300 }
    expect(codesOf(await compareHeads(gone, OLDER))).toEqual(['ledger/tile-missing'])
    const other = await changed((all) => all.with(60, entryOf('other')))
    const own = await signedHead(other)
    const without = { ...withFile(other, 'tile/0/001.p/44', undefined), size: 300 }
    expect(codesOf(await compareHeads(without, OLDER, { own }))).toEqual(['ledger/tile-missing'])
  })
})

describe('a split view', () => {
  const fork = async (size: number): Promise<TestLedger> =>
    createLedger(entriesOf(size).with(60, entryOf('other')))

  it.each([120, 121, 256, 300])(
    'is proven by both heads, the second over %i entries (A-80)',
    async (size) => {
      const forked = await fork(size)
      const own = await signedHead(forked)
      const { code, splitView } = await compare(forked, OLDER, { own })
      expect(code).toBe('ledger/split-view')
      expect(splitView).toMatchObject({ smaller: OLDER, larger: own })
      // Whoever has the keys needs no ledger to see it.
      expect(splitView && isSplitView(splitView)).toBe(true)
      for (const head of [splitView?.smaller, splitView?.larger]) {
        expect(verify(head?.note ?? '').check.outcome).toBe('accepted')
      }
    },
  )

  it('is not proven by a head that is not of the ledger, or of fewer entries', async () => {
    const forked = await fork(300)
    const foreign = await signedHead(LEDGER)
    expect((await compare(forked, OLDER, { own: foreign })).code).toBe('ledger/rewritten')
    const early = await signedHead(await fork(119))
    expect((await compare(forked, OLDER, { own: early })).code).toBe('ledger/rewritten')
    const late = await signedHead(await fork(301))
    expect((await compare(forked, OLDER, { own: late })).code).toBe('ledger/rewritten')
  })

  it('can not be made up', async () => {
    const later = await signedHead(LEDGER)
    const honest = expectValue(await proveSplitView(LEDGER, OLDER, later))
    expect(isSplitView(honest)).toBe(false)
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(4), (root, hashes) => {
        const made = { ...honest, root, hashes: honest.hashes.slice(0, hashes) }
        expect(isSplitView(made)).toBe(false)
      }),
    )
  })

  it('is not one of two ledgers with different names', async () => {
    const forked = await fork(300)
    const text = await sign(forked, { origin: 'ledger.example/api' })
    const { head } = verify(text, { origin: 'ledger.example/api' })
    expect(head).toBeDefined()
    if (head === undefined) return
    const proof = expectValue(await proveSplitView(forked, OLDER, head))
    expect(isSplitView(proof)).toBe(false)
    const own = expectValue(await proveSplitView(forked, OLDER, await signedHead(forked)))
    expect(isSplitView(own)).toBe(true)
  })

  it('needs the tiles to be proven', async () => {
    const forked = await fork(300)
    const own = await signedHead(forked, signerOf('ledger.example/web'))
    const without = withFile(forked, 'tile/1/000.p/1', undefined)
    expect(codesOf(await proveSplitView(without, own, own))).toEqual(['ledger/tile-missing'])
  })
})
