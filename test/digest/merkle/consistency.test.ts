import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashEmptyTree, isConsistent } from '../../../src/digest/index.ts'
import { consistencyOf, rootOf } from './test-tree.ts'

const leavesOf = (count: number) => Array.from({ length: count }, (_, at) => Uint8Array.of(at))

const claim = (from: number, to: number, leaves = leavesOf(to)) => ({
  from: BigInt(from),
  to: BigInt(to),
  fromRoot: rootOf(leaves.slice(0, from)),
  toRoot: rootOf(leaves.slice(0, to)),
  hashes: consistencyOf(from, leaves.slice(0, to)),
})

describe('isConsistent()', () => {
  it('accepts every beginning of every tree of up to 33 leaves', () => {
    for (let to = 0; to <= 33; to++) {
      for (let from = 0; from <= to; from++) {
        expect(isConsistent(claim(from, to)), `${from} of ${to}`).toBe(true)
      }
    }
  })

  it('refuses a larger tree before a smaller one, and a negative size', () => {
    const { fromRoot, toRoot } = claim(3, 7)
    expect(isConsistent({ ...claim(3, 7), from: 8n })).toBe(false)
    expect(isConsistent({ ...claim(3, 7), from: -1n })).toBe(false)
    expect(isConsistent({ from: 7n, to: 3n, fromRoot: toRoot, toRoot: fromRoot, hashes: [] })).toBe(
      false,
    )
  })

  it('lets the empty tree begin every other, under its own root and without a hash', () => {
    const empty = { ...claim(0, 5), fromRoot: hashEmptyTree() }
    expect(isConsistent(empty)).toBe(true)
    expect(isConsistent({ ...empty, fromRoot: empty.toRoot })).toBe(false)
    expect(isConsistent({ ...empty, hashes: [empty.toRoot] })).toBe(false)
  })

  it('lets a tree begin itself, under one root and without a hash', () => {
    const same = claim(5, 5)
    expect(isConsistent(same)).toBe(true)
    expect(isConsistent({ ...same, toRoot: claim(4, 5).fromRoot })).toBe(false)
    expect(isConsistent({ ...same, hashes: [same.toRoot] })).toBe(false)
  })

  it('refuses any other number of hashes, and hashes of another length', () => {
    for (const [from, to] of [
      [1, 2],
      [3, 7],
      [4, 7],
      [6, 8],
      [8, 9],
    ] as const) {
      const { hashes, ...rest } = claim(from, to)
      const [first = new Uint8Array()] = hashes
      const others = [
        [],
        hashes.slice(1),
        hashes.slice(0, -1),
        [...hashes, first],
        [first, ...hashes],
        [first.subarray(1), ...hashes.slice(1)],
      ]
      for (const other of others) expect(isConsistent({ ...rest, hashes: other })).toBe(false)
    }
  })

  it('refuses a root or a hash of which any bit was turned, and any other size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), (to, share, bit) => {
        const from = 1 + (share % (to - 1))
        const proof = claim(from, to)
        const bytes = Buffer.concat([proof.fromRoot, proof.toRoot, ...proof.hashes])
        const place = bit % (bytes.length * 8)
        bytes[place >> 3] = (bytes[place >> 3] ?? 0) ^ (1 << (place & 7))
        const part = (at: number) => bytes.subarray(at * 32, at * 32 + 32)
        const [fromRoot, toRoot] = [part(0), part(1)]
        const hashes = proof.hashes.map((_, at) => part(at + 2))
        expect(isConsistent(proof)).toBe(true)
        expect(isConsistent({ ...proof, fromRoot, toRoot, hashes })).toBe(false)
        if (from > 1) expect(isConsistent({ ...proof, from: proof.from - 1n })).toBe(false)
      }),
    )
  })
})
