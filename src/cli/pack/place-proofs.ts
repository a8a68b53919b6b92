// Proofs of the places that records have in a ledger, all under one head.

import { accept, type Result } from '../../core/index.ts'
import type { LedgerState } from '../../host/index.ts'
import {
  claimedSizeOf,
  type PlacedEntry,
  proveInclusion,
  readEarlier,
  readHead,
} from '../../ledger/index.ts'
import type { LedgerProofs, ProvenEntry } from './ledger-proofs.ts'

/** The proofs, and the head that they lead to. */
export interface PlaceProofs {
  readonly proofs: LedgerProofs
  /** The signed head, where it is over all of them. */
  readonly checkpoint?: Uint8Array
}

/** Under the signed head where it is over all of them; else under that of the ledger as it is. */
export async function provePlaces(
  state: LedgerState,
  entries: readonly PlacedEntry[],
): Promise<Result<PlaceProofs>> {
  const { checkpoint } = state
  const signed = (checkpoint && claimedSizeOf(checkpoint)) ?? Number.NaN
  const isSigned = signed <= state.size && entries.every(({ index }) => index < signed)
  const size = isSigned ? signed : state.size
  const reader = readEarlier(state)
  const head = await readHead(reader, size)
  if (!head.ok) return head
  const proven: ProvenEntry[] = []
  for (const { index, ...entry } of entries.toSorted((a, b) => a.index - b.index)) {
    const hashes = await proveInclusion(reader, size, index)
    if (!hashes.ok) return hashes
    proven.push({ index, entry, hashes: hashes.value })
  }
  return accept({
    proofs: { head: head.value, entries: proven },
    ...(isSigned && checkpoint !== undefined && { checkpoint }),
  })
}
