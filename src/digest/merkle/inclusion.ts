// What proves that a Merkle tree holds a leaf (RFC 6962, section 2.1.1).

import { equalBytes } from '../../core/index.ts'
import { HASH_BYTES, hashNode } from './hash.ts'

/** A leaf, its place, and the siblings on the way from it to the root. */
export interface Inclusion {
  /** The hash of the leaf. */
  readonly leaf: Uint8Array
  readonly index: bigint
  /** Leaves of the tree. */
  readonly size: bigint
  /** From the leaf upwards. */
  readonly hashes: readonly Uint8Array[]
  readonly root: Uint8Array
}

/** True when the hashes lead from the leaf to the root (RFC 9162, section 2.1.3.2), and not one is too many. */
export function isIncluded({ leaf, index, size, hashes, root }: Inclusion): boolean {
  if (index < 0n || index >= size || leaf.length !== HASH_BYTES) return false
  let node = index
  let last = size - 1n
  let found = leaf
  for (const sibling of hashes) {
    // So there are never more than the tree is high: 63, as sizes are int64.
    if (last === 0n || sibling.length !== HASH_BYTES) return false
    const isLastAlone = node === last
    if (isOdd(node) || isLastAlone) {
      found = hashNode(sibling, found)
      // The last node of a level without a sibling goes up as it is.
      while (!isOdd(node) && node !== 0n) {
        node >>= 1n
        last >>= 1n
      }
    } else {
      found = hashNode(found, sibling)
    }
    node >>= 1n
    last >>= 1n
  }
  return last === 0n && equalBytes(found, root)
}

function isOdd(value: bigint): boolean {
  return (value & 1n) === 1n
}
