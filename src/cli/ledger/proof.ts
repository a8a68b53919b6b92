// The proofs that a ledger gives, all under its signed head.

import { accept, countOf, quote, refuse, type Result } from '../../core/index.ts'
import type { Host, LedgerState } from '../../host/index.ts'
import { claimedSizeOf, proveConsistency, proveInclusion, readEarlier } from '../../ledger/index.ts'
import { findEntry } from './entry-search.ts'
import type { LedgerProof } from './proof/proof-document.ts'

/** What is to be proven. */
export interface ProofQuestion {
  /** The entry. */
  readonly name: string | undefined
  /** File of an older checkpoint. */
  readonly from: string | undefined
}

const CHECKPOINT_BYTES_MAX = 64 * 1024

/** The proof; signatures are for whoever checks it. */
export async function buildProof(
  host: Host,
  state: LedgerState,
  { name, from }: ProofQuestion,
): Promise<Result<LedgerProof>> {
  if (state.checkpoint === undefined) {
    return refuse({
      code: 'cli/ledger-head-missing',
      message: 'Expected a signed head, under which something can be proven, found none',
      hint: 'assay ledger checkpoint',
    })
  }
  const head = readSize(state.checkpoint)
  if (!head.ok) return head
  const { size, text: checkpoint } = head.value
  if (size > state.size) {
    const message = `Expected the ${countOf(size, 'entry')} that are signed, found ${state.size}`
    return refuse({ code: 'ledger/tail-cut', message })
  }
  const reader = readEarlier(state)
  const inclusion = name === undefined ? undefined : await include(state, { name, size })
  if (inclusion?.ok === false) return inclusion
  if (from === undefined) {
    return accept({ checkpoint, ...(inclusion !== undefined && { inclusion: inclusion.value }) })
  }
  const bytes = await host.readBytes(from, { bytesMax: CHECKPOINT_BYTES_MAX })
  if (!bytes.ok) return bytes
  const older = readSize(bytes.value)
  if (!older.ok) return older
  if (older.value.size > size) {
    const message = `Expected an older head of at most ${countOf(size, 'entry')}, found one of ${older.value.size}`
    return refuse({ code: 'ledger/tail-cut', message })
  }
  const hashes = await proveConsistency(reader, older.value.size, size)
  if (!hashes.ok) return hashes
  return accept({
    checkpoint,
    ...(inclusion !== undefined && { inclusion: inclusion.value }),
    consistency: { checkpoint: older.value.text, hashes: hashes.value },
  })
}

async function include(
  state: LedgerState,
  { name, size }: { readonly name: string; readonly size: number },
): Promise<Result<NonNullable<LedgerProof['inclusion']>>> {
  const found = await findEntry(state, name)
  if (!found.ok) return found
  const { index, ...entry } = found.value
  if (index >= size) {
    return refuse({
      code: 'cli/ledger-entry-missing',
      message: `Expected an entry under the signed head of ${size}, found entry ${index}`,
      hint: 'assay ledger checkpoint signs the head as it is now',
    })
  }
  const hashes = await proveInclusion(readEarlier(state), size, index)
  return hashes.ok ? accept({ index, entry, hashes: hashes.value }) : hashes
}

/** A checkpoint, its text, and a size that can be counted. */
function readSize(bytes: Uint8Array): Result<{ readonly size: number; readonly text: string }> {
  const text = Buffer.from(bytes).toString()
  const size = claimedSizeOf(bytes)
  if (size !== undefined) return accept({ size, text })
  const message = `Expected a checkpoint, found ${quote(text.slice(0, 100))}`
  return refuse({ code: 'ledger/checkpoint-malformed', message })
}
