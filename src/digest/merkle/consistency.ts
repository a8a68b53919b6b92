// What proves that one Merkle tree begins with all leaves of another, in their order (RFC 6962, section 2.1.2).

import { equalBytes } from '../../core/index.ts'
import { HASH_BYTES, hashEmptyTree, hashNode } from './hash.ts'

/** Two trees, and the hashes that should show that the larger one begins with the smaller. */
export interface Consistency {
  /** Leaves of the smaller tree, and of the larger. */
  readonly from: bigint
  readonly to: bigint
  readonly fromRoot: Uint8Array
  readonly toRoot: Uint8Array
  readonly hashes: readonly Uint8Array[]
}

/**
 * True when the hashes lead from both trees to both roots (RFC 9162, section 2.1.4.2), and not one is too many.
 *
 * The empty tree begins every other, and a tree begins itself: then there is nothing to prove, and no hash.
 */
export function isConsistent({ from, to, fromRoot, toRoot, hashes }: Consistency): boolean {
  if (from < 0n || from > to) return false
  if (from === 0n) return hashes.length === 0 && equalBytes(fromRoot, hashEmptyTree())
  if (from === to) return hashes.length === 0 && equalBytes(fromRoot, toRoot)
  if (hashes.some((hash) => hash.length !== HASH_BYTES)) return false
  // Where the smaller tree is a complete one, its root is where both begin.
  const [seed, ...rest] = isPowerOfTwo(from) ? [fromRoot, ...hashes] : hashes
  if (seed === undefined) return false
  let node = from - 1n
  let last = to - 1n
  while (isOdd(node)) {
    node >>= 1n
    last >>= 1n
  }
  let fromFound = seed
  let toFound = seed
  for (const hash of rest) {
    if (last === 0n) return false
    if (isOdd(node) || node === last) {
      fromFound = hashNode(hash, fromFound)
      toFound = hashNode(hash, toFound)
      while (!isOdd(node) && node !== 0n) {
        node >>= 1n
        last >>= 1n
      }
    } else {
      toFound = hashNode(toFound, hash)
    }
    node >>= 1n
    last >>= 1n
  }
  return last === 0n && equalBytes(fromFound, fromRoot) && equalBytes(toFound, toRoot)
}

function isPowerOfTwo(value: bigint): boolean {
  return (value & (value - 1n)) === 0n
}

function isOdd(value: bigint): boolean {
  return (value & 1n) === 1n
}
