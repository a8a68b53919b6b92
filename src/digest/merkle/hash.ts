// How leaves and nodes of a Merkle tree are hashed (RFC 6962, section 2.1).

import { hash } from 'node:crypto'

/** SHA-256, the one hash of the logs that we read and write. */
export const HASH_BYTES = 32

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** RK-6: the byte before keeps a leaf from being taken for a node. */
export function hashLeaf(body: Uint8Array): Uint8Array {
  return hash('sha256', Buffer.concat([LEAF, body]), 'buffer')
}

/** The hash over two subtrees. */
export function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash('sha256', Buffer.concat([NODE, left, right]), 'buffer')
}

/** The root of a tree without leaves: the hash of nothing (CP-8). */
export function hashEmptyTree(): Uint8Array {
  return hash('sha256', new Uint8Array(), 'buffer')
}
