// The head of a tree: how many entries it has, and the root over them.

import { accept, type Result } from '../../core/index.ts'
import type { LedgerProblem } from '../problem.ts'
import type { TileReader } from '../tiles/reader.ts'
import { readEdge, rootOfEdge } from './edge.ts'

/**
 * What stands for all entries of a ledger. Nobody has signed it.
 *
 * @example { size: 7, root: Uint8Array(32) }
 */
export interface TreeHead {
  readonly size: number
  readonly root: Uint8Array
}

/** The head of the ledger as its hash tiles have it: what the entries say, only an audit knows. */
export async function readHead(
  reader: TileReader,
  size: number,
): Promise<Result<TreeHead, LedgerProblem>> {
  const edge = await readEdge(reader, size)
  return edge.ok ? accept({ size, root: rootOfEdge(edge.value) }) : edge
}
