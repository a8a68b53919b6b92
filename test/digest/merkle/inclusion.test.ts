import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeHex } from '../../../src/core/index.ts'
import { hashLeaf, hashNode, isIncluded } from '../../../src/digest/index.ts'
import { inclusionOf, rootOf } from './test-tree.ts'

/** The leaves of the vectors of Certificate Transparency. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => new Uint8Array(Buffer.from(hex, 'hex')))

const claim = (index: number, leaves = LEAVES) => ({
  leaf: hashLeaf(leaves[index] ?? new Uint8Array()),
  index: BigInt(index),
  size: BigInt(leaves.length),
  hashes: inclusionOf(index, leaves),
  root: rootOf(leaves),
})

describe('the tree', () => {
  it.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('over %i leaves has the root of RFC 6962', (count, root) => {
    expect(encodeHex(rootOf(LEAVES.slice(0, count)))).toBe(root)
  })

  it('is hashed with a byte that tells leaves from nodes', () => {
    const [left, right] = [LEAVES[0], LEAVES[1]].map((leaf) => hashLeaf(leaf ?? new Uint8Array()))
    const root = hashNode(left ?? new Uint8Array(), right ?? new Uint8Array())
    expect(encodeHex(root)).toBe(encodeHex(rootOf(LEAVES.slice(0, 2))))
    expect(encodeHex(hashLeaf(new Uint8Array()))).toBe(encodeHex(rootOf(LEAVES.slice(0, 1))))
  })
})

describe('isIncluded()', () => {
  it('accepts every leaf of every tree of up to 33 leaves', () => {
    for (let size = 1; size <= 33; size++) {
      const leaves = Array.from({ length: size }, (_, at) => Uint8Array.of(at))
      for (let index = 0; index < size; index++) {
        expect(isIncluded(claim(index, leaves)), `${index} of ${size}`).toBe(true)
      }
    }
  })

  it('refuses an index that is not in the tree', () => {
    expect(isIncluded({ ...claim(0), index: -1n })).toBe(false)
    expect(isIncluded({ ...claim(0), index: 8n })).toBe(false)
    expect(isIncluded({ ...claim(0), index: 2n ** 64n })).toBe(false)
  })

  it('refuses the empty tree, whose root is that of nothing', () => {
    const root = rootOf([])
    expect(isIncluded({ leaf: root, index: 0n, size: 0n, hashes: [], root })).toBe(false)
  })

  it('refuses a leaf that is no hash, even where it is the root', () => {
    const none = new Uint8Array()
    const alone = { index: 0n, size: 1n, hashes: [] }
    expect(isIncluded({ ...alone, leaf: none, root: none })).toBe(false)
    expect(isIncluded({ ...alone, leaf: hashLeaf(none), root: hashLeaf(none) })).toBe(true)
  })

  it('refuses any other number of hashes, and hashes of another length', () => {
    for (const index of LEAVES.keys()) {
      const { hashes, ...rest } = claim(index)
      const [first = new Uint8Array()] = hashes
      const others = [
        [],
        hashes.slice(1),
        hashes.slice(0, -1),
        [...hashes, first],
        [first, ...hashes],
        [first.subarray(1), ...hashes.slice(1)],
        [Buffer.concat([first, Uint8Array.of(0)]), ...hashes.slice(1)],
      ]
      for (const other of others) expect(isIncluded({ ...rest, hashes: other })).toBe(false)
    }
  })

  it('refuses a proof of which any bit was turned', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), (size, at, bit) => {
        const leaves = Array.from({ length: size }, (_, leaf) => Uint8Array.of(leaf))
        const proof = claim(at % size, leaves)
        const bytes = Buffer.concat(proof.hashes)
        const place = bit % (bytes.length * 8)
        bytes[place >> 3] = (bytes[place >> 3] ?? 0) ^ (1 << (place & 7))
        const hashes = proof.hashes.map((_, hash) => bytes.subarray(hash * 32, hash * 32 + 32))
        expect(isIncluded(proof)).toBe(true)
        expect(isIncluded({ ...proof, hashes })).toBe(false)
      }),
    )
  })

  it('refuses the proof of one leaf for any other, and for a tree of another height', () => {
    for (const index of LEAVES.keys()) {
      for (const other of LEAVES.keys()) {
        const proof = { ...claim(index), index: BigInt(other) }
        expect(isIncluded(proof), `${index} as ${other}`).toBe(index === other)
      }
      expect(isIncluded({ ...claim(index), size: 16n })).toBe(false)
    }
  })
})
