// The Merkle tree of RFC 6962 section 2.1, as short as it can be written: a log of a rehearsal has few entries.

import { createHash } from 'node:crypto'

/** The hash of a leaf: 0x00 and its bytes. */
export function hashLeaf(bytes: Uint8Array): Buffer {
  return hash(Buffer.from([0]), bytes)
}

/** The root over leaf hashes; at least one. */
export function hashTree(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves
  if (only !== undefined && leaves.length === 1) return only
  const { left, right } = split(leaves)
  return hash(Buffer.from([1]), hashTree(left), hashTree(right))
}

/** The audit path of one leaf (section 2.1.1), from the leaf upwards. */
export function proveInclusion(index: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length === 1) return []
  const { left, right } = split(leaves)
  return index < left.length
    ? [...proveInclusion(index, left), hashTree(right)]
    : [...proveInclusion(index - left.length, right), hashTree(left)]
}

/** Left: the largest power of two that is smaller than the whole. */
function split(leaves: readonly Buffer[]): { left: readonly Buffer[]; right: readonly Buffer[] } {
  let size = 1
  while (size * 2 < leaves.length) size *= 2
  return { left: leaves.slice(0, size), right: leaves.slice(size) }
}

function hash(...parts: readonly Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest()
}
