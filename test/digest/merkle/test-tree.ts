// The Merkle tree of RFC 6962, section 2.1, as its definitions are written: slow, recursive, and with no line of the code under test.

import { createHash } from 'node:crypto'

/** MTH: the root over these leaves. */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [leaf] = leaves
  if (leaf === undefined) return sha256()
  if (leaves.length === 1) return sha256(Uint8Array.of(0), leaf)
  const split = splitOf(leaves.length)
  return sha256(Uint8Array.of(1), rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)))
}

/** PATH: the hashes that lead from the leaf at that place to the root. */
export function inclusionOf(index: number, leaves: readonly Uint8Array[]): readonly Uint8Array[] {
  if (leaves.length <= 1) return []
  const split = splitOf(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return index < split
    ? [...inclusionOf(index, left), rootOf(right)]
    : [...inclusionOf(index - split, right), rootOf(left)]
}

/** PROOF: the hashes that show that the tree begins with the first leaves, that many of them. */
export function consistencyOf(count: number, leaves: readonly Uint8Array[]): readonly Uint8Array[] {
  return count === 0 ? [] : subproofOf(count, leaves, true)
}

function subproofOf(
  count: number,
  leaves: readonly Uint8Array[],
  isWhole: boolean,
): readonly Uint8Array[] {
  if (count === leaves.length) return isWhole ? [] : [rootOf(leaves)]
  const split = splitOf(leaves.length)
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)]
  return count <= split
    ? [...subproofOf(count, left, isWhole), rootOf(right)]
    : [...subproofOf(count - split, right, false), rootOf(left)]
}

/** The largest power of two below the count. */
function splitOf(count: number): number {
  return 2 ** Math.ceil(Math.log2(count) - 1)
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
