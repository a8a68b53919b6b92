import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashLeaf, isConsistent, isIncluded } from '../../src/digest/index.ts'
import {
  encodeEntry,
  proveConsistency,
  proveInclusion,
  readEarlier,
} from '../../src/ledger/index.ts'
import { consistencyOf, inclusionOf, rootOf } from '../digest/merkle/test-tree.ts'
import { codesOf, createLedger, entriesOf, expectValue, headOf, withFile } from './test-ledger.ts'

const SIZE = 700
const ENTRIES = entriesOf(SIZE)
const LEAVES = ENTRIES.map(encodeEntry)
const LEDGER = await createLedger(ENTRIES)
const READER = readEarlier(LEDGER)

const size = fc.oneof(
  fc.integer({ min: 1, max: SIZE }),
  fc.constantFrom(1, 2, 255, 256, 257, 511, 512, 513),
)
const hex = (hashes: readonly Uint8Array[]) => hashes.map((h) => Buffer.from(h).toString('hex'))

describe('proveInclusion()', () => {
  it('leads from every entry to the root of every tree that has it', async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), async (size, share) => {
        const index = share % size
        const hashes = expectValue(await proveInclusion(READER, size, index))
        expect(hex(hashes)).toEqual(hex(inclusionOf(index, LEAVES.slice(0, size))))
        const leaf = hashLeaf(LEAVES[index] ?? new Uint8Array())
        const { root } = await headOf({ reader: READER, size })
        const claim = { leaf, index: BigInt(index), size: BigInt(size), hashes, root }
        expect(isIncluded(claim)).toBe(true)
        expect(isIncluded({ ...claim, leaf: root })).toBe(size === 1)
        if (size > 1)
          expect(isIncluded({ ...claim, index: BigInt((index + 1) % size) })).toBe(false)
      }),
    )
  })

  it('reads a few tiles, however large the tree is', async () => {
    LEDGER.reads.length = 0
    expectValue(await proveInclusion(LEDGER.reader, SIZE, 300))
    expect(LEDGER.reads.toSorted()).toEqual(['tile/0/001', 'tile/0/002.p/188', 'tile/1/000.p/2'])
  })

  it('tells the tile that is not there', async () => {
    const { reader } = withFile(LEDGER, 'tile/0/002.p/188', undefined)
    expect(codesOf(await proveInclusion(reader, SIZE, 300))).toEqual(['ledger/tile-missing'])
    expect(codesOf(await proveInclusion(reader, SIZE, 600))).toEqual(['ledger/tile-missing'])
    expect(codesOf(await proveInclusion(reader, 512, 300))).toBe('accepted')
    const larger = await createLedger(entriesOf(800))
    const { reader: edge } = withFile(larger, 'tile/0/003.p/32', undefined)
    expect(codesOf(await proveInclusion(edge, 800, 300))).toEqual(['ledger/tile-missing'])
    const { reader: other } = withFile(LEDGER, 'tile/1/000.p/2', undefined)
    expect(codesOf(await proveInclusion(other, SIZE, 600))).toEqual(['ledger/tile-missing'])
  })
})

describe('proveConsistency()', () => {
  it('leads from every tree to every later one', async () => {
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), async (to, share) => {
        const from = share % (to + 1)
        const hashes = expectValue(await proveConsistency(READER, from, to))
        expect(hex(hashes)).toEqual(hex(consistencyOf(from, LEAVES.slice(0, to))))
        const [fromRoot, toRoot] = [from, to].map((size) => rootOf(LEAVES.slice(0, size)))
        const claim = { from: BigInt(from), to: BigInt(to), hashes }
        const roots = { fromRoot: fromRoot ?? new Uint8Array(), toRoot: toRoot ?? new Uint8Array() }
        expect(isConsistent({ ...claim, ...roots })).toBe(true)
        const other = roots.fromRoot.toReversed()
        expect(isConsistent({ ...claim, ...roots, fromRoot: other })).toBe(false)
      }),
    )
  })

  it('tells the tile that is not there', async () => {
    const { reader } = withFile(LEDGER, 'tile/0/001', undefined)
    expect(codesOf(await proveConsistency(reader, 300, SIZE))).toEqual(['ledger/tile-missing'])
    expect(codesOf(await proveConsistency(reader, 512, SIZE))).toBe('accepted')
  })
})
