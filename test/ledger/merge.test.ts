import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareHeads,
  type LedgerEntry,
  type MergeSide,
  planMerge,
  readEntries,
} from '../../src/ledger/index.ts'
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
import { signedHead } from './test-heads.ts'

const COMMON = entriesOf(5)
const OURS = [entryOf('ours 1', 'ledger'), entryOf('ours 2', 'ledger')]
const THEIRS = [entryOf('theirs 1', 'ledger'), entryOf('theirs 2', 'ledger')]
const ledger = (...parts: readonly (readonly LedgerEntry[])[]) => createLedger(parts.flat())
const merge = async (ours: MergeSide, theirs: MergeSide) =>
  expectValue(await planMerge(ours, theirs))

/** The ledger that a plan makes, and its entries. */
async function carryOut(ours: TestLedger, theirs: TestLedger, heads: Partial<MergeSide>[] = []) {
  const [oursHead, theirsHead] = heads
  const plan = await merge({ ...ours, ...oursHead }, { ...theirs, ...theirsHead })
  const merged = await append(plan.base === 'ours' ? ours : theirs, plan.append)
  const entries: LedgerEntry[] = []
  expectValue(await readEntries(merged, 0, (entry) => void entries.push(entry)))
  return { plan, merged, entries }
}

describe('planMerge()', () => {
  it('appends to ours what only theirs has, in its order', async () => {
    const { plan, entries } = await carryOut(
      await ledger(COMMON, OURS),
      await ledger(COMMON, THEIRS),
    )
    expect(plan).toEqual({ common: 5, base: 'ours', append: THEIRS })
    expect(entries).toEqual([...COMMON, ...OURS, ...THEIRS])
  })

  it('appends no record twice', async () => {
    const [first, second] = THEIRS as [LedgerEntry, LedgerEntry]
    const ours = await ledger(COMMON, OURS, [second])
    const { plan } = await carryOut(ours, await ledger(COMMON, THEIRS))
    expect(plan.append).toEqual([first])
    expect((await merge(ours, ours)).append).toEqual([])
  })

  it('appends nothing where theirs is a beginning of ours, and all where ours is one of theirs', async () => {
    const [shorter, longer] = [await ledger(COMMON), await ledger(COMMON, THEIRS)]
    expect(await merge(longer, shorter)).toEqual({ common: 5, base: 'ours', append: [] })
    expect(await merge(shorter, longer)).toEqual({ common: 5, base: 'ours', append: THEIRS })
    expect(await merge(await ledger(), shorter)).toMatchObject({ common: 0, append: COMMON })
  })

  it('has every record of both, whatever the two are', async () => {
    const numbers = fc.uniqueArray(fc.nat(30), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(numbers, numbers, fc.nat(5), async (ours, theirs, common) => {
        const begun = COMMON.slice(0, common)
        const rest = (numbers: readonly number[]) =>
          numbers.map((n) => entryOf(`rest ${n}`, 'ledger'))
        const { entries } = await carryOut(
          await ledger(begun, rest(ours)),
          await ledger(begun, rest(theirs)),
        )
        const all = [...begun, ...rest([...new Set([...ours, ...theirs])])]
        expect(entries).toEqual(all)
      }),
      { numRuns: 40 },
    )
  })

  it('refuses a second set for a version (A-85)', async () => {
    const mine = entryOf('mine', 'production__web__v2.0.0__run-1')
    const other = entryOf('other', 'production__web__v2.0.0__run-2')
    const hotfix = entryOf('hotfix', 'production__web__v2.0.1__run-2')
    const staged = entryOf('staged', 'staging__web__v2.0.0__run-2')
    const again = entryOf('again', 'production__web__v2.0.0__run-1')
    const commit = entryOf('commit', `git:${'a'.repeat(40)}`)
    const ours = await ledger(COMMON, [mine])
    const second = entryOf('second', other.release)
    const refused = await planMerge(ours, await ledger(COMMON, [other, second]))
    expect(codesOf(refused)).toEqual(['ledger/release-conflict', 'ledger/release-conflict'])
    const good = await ledger(COMMON, [hotfix, staged, again, commit])
    expect((await merge(ours, good)).append).toEqual([hotfix, staged, again, commit])
    const both = await ledger(COMMON, [other, mine])
    expect(codesOf(await planMerge(await ledger(COMMON), both))).toEqual([
      'ledger/release-conflict',
    ])
  })
})

describe('a signed head', () => {
  it('of theirs stays where ours has none behind the fork: what is signed is not reordered', async () => {
    const [ours, theirs] = [await ledger(COMMON, OURS), await ledger(COMMON, THEIRS)]
    const head = await signedHead(theirs)
    const early = await signedHead(await ledger(COMMON))
    const { plan, merged, entries } = await carryOut(ours, theirs, [{ head: early }, { head }])
    expect(plan).toEqual({ common: 5, base: 'theirs', append: OURS })
    expect(entries).toEqual([...COMMON, ...THEIRS, ...OURS])
    expect(expectValue(await compareHeads(merged, head)).check.outcome).toBe('accepted')
  })

  it('of ours stays', async () => {
    const [ours, theirs] = [await ledger(COMMON, OURS), await ledger(COMMON, THEIRS)]
    const head = await signedHead(ours)
    const { plan, merged } = await carryOut(ours, theirs, [{ head }])
    expect(plan.base).toBe('ours')
    expect(expectValue(await compareHeads(merged, head)).check.outcome).toBe('accepted')
  })

  it('of both behind the fork is a split view', async () => {
    const [ours, theirs] = [await ledger(COMMON, OURS), await ledger(COMMON, THEIRS)]
    const signed = [
      { ...ours, head: await signedHead(ours) },
      { ...theirs, head: await signedHead(theirs) },
    ] as const
    expect(codesOf(await planMerge(...signed))).toEqual(['ledger/split-view'])
    const early = { ...theirs, head: await signedHead(await ledger(COMMON)) }
    expect(codesOf(await planMerge(signed[0], early))).toBe('accepted')
  })

  it.each([0, 1])('is refused where it is not of its ledger (side %i)', async (side) => {
    const [ours, theirs] = [await ledger(COMMON, OURS), await ledger(COMMON, THEIRS)]
    for (const other of [await ledger(OURS), await ledger(COMMON, OURS, THEIRS)]) {
      const head = await signedHead(other)
      const signed = (tree: TestLedger, at: number) => (at === side ? { ...tree, head } : tree)
      const planned = await planMerge(signed(ours, 0), signed(theirs, 1))
      expect(codesOf(planned)).toEqual(['ledger/head-differs'])
    }
  })
})

describe('a damaged ledger', () => {
  it.each(['tile/0/000.p/7', 'tile/entries/000.p/7'])('without %s is not merged', async (path) => {
    const [ours, theirs] = [await ledger(COMMON, OURS), await ledger(COMMON, THEIRS)]
    const gone = (whole: TestLedger) => ({ ...withFile(whole, path, undefined), size: 7 })
    const missing = ['ledger/tile-missing']
    expect(codesOf(await planMerge(gone(ours), theirs))).toEqual(missing)
    expect(codesOf(await planMerge(ours, gone(theirs)))).toEqual(missing)
    const head = await signedHead(await ledger(COMMON))
    const signed = { ...gone(ours), head }
    expect(codesOf(await planMerge(signed, theirs))).toEqual(missing)
  })
})
