// Two signed heads that can not both be true: proof, for everybody who has the keys, that their signer showed two ledgers (CP-4, A-80).

import { equalBytes, type Result } from '../../core/index.ts'
import { isConsistent } from '../../digest/index.ts'
import type { LedgerProblem } from '../problem.ts'
import type { LedgerTree } from '../tiles/reader.ts'
import { readHead } from '../tree/head.ts'
import { proveConsistency } from '../tree/prove.ts'
import type { SignedHead } from './signed-head.ts'

/** The proof, which needs no ledger to be checked: {@link isSplitView}. */
export interface SplitView {
  /** The head over fewer entries; of two over equally many, either. */
  readonly smaller: SignedHead
  readonly larger: SignedHead
  /** The root over the first entries under the larger head, as many as the smaller one has. */
  readonly root: Uint8Array
  /** They lead from that root to the larger head. */
  readonly hashes: readonly Uint8Array[]
}

/** True when the larger head stands over a tree that begins otherwise than the smaller one says. */
export function isSplitView({ smaller, larger, root, hashes }: SplitView): boolean {
  const [from, to] = [BigInt(smaller.size), BigInt(larger.size)]
  return (
    smaller.origin === larger.origin &&
    !equalBytes(root, smaller.root) &&
    isConsistent({ from, to, fromRoot: root, toRoot: larger.root, hashes })
  )
}

/**
 * The proof that two heads contradict each other, from the tiles below the larger one.
 *
 * @returns what {@link isSplitView} judges: the heads need not contradict each other
 */
export async function proveSplitView(
  { reader }: Pick<LedgerTree, 'reader'>,
  smaller: SignedHead,
  larger: SignedHead,
): Promise<Result<SplitView, LedgerProblem>> {
  const head = await readHead(reader, smaller.size)
  if (!head.ok) return head
  const hashes = await proveConsistency(reader, smaller.size, larger.size)
  if (!hashes.ok) return hashes
  return { ok: true, value: { smaller, larger, root: head.value.root, hashes: hashes.value } }
}
