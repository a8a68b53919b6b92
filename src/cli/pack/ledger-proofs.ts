// The proofs that the records of a pack stand in a ledger: each entry with its hashes up to one head.

import { strict as assert } from 'node:assert'
import * as z from 'zod/mini'
import {
  accept,
  type Check,
  countOf,
  encodeBase64,
  encodeCanonicalJson,
  encodeHex,
  LIMITS,
  parseBase64,
  parseBySchema,
  parseJson,
  type Problem,
  type Result,
  refuse,
} from '../../core/index.ts'
import { hashLeaf, isIncluded } from '../../digest/index.ts'
import { buildEntry, encodeEntry, type LedgerEntry, type TreeHead } from '../../ledger/index.ts'
import { COUNT, ENTRY, encodeHashes, HASHES, parseHashes } from '../ledger/proof/proof-members.ts'

/** The document. */
export const LEDGER_PROOFS = z.strictObject({
  schema: z.literal('assay/ledger-proofs/v1'),
  /** Of the tree that the hashes lead to: the one of the checkpoint, where the pack has one. */
  size: COUNT,
  /** Base64. */
  root: z.string(),
  /** In ledger order. */
  entries: z.array(
    z.strictObject({
      index: COUNT,
      entry: ENTRY,
      /** From the entry upwards. */
      hashes: HASHES,
    }),
  ),
})

/** An entry, and what leads from it to the root. */
export interface ProvenEntry {
  readonly index: number
  readonly entry: LedgerEntry
  readonly hashes: readonly Uint8Array[]
}

/** Proofs under one head. */
export interface LedgerProofs {
  readonly head: TreeHead
  readonly entries: readonly ProvenEntry[]
}

/** The document of proofs. */
export function encodeProofs({ head, entries }: LedgerProofs): Uint8Array {
  const encoded = encodeCanonicalJson({
    schema: 'assay/ledger-proofs/v1',
    size: head.size,
    root: encodeBase64(head.root),
    entries: entries.map(({ index, entry, hashes }) => ({
      index,
      entry: { ...entry },
      hashes: encodeHashes(hashes),
    })),
  })
  assert(encoded.ok, 'entries were read from canonical JSON')
  return encoded.value
}

/** Reads it again; nothing of it is checked. */
export function parseProofs(bytes: Uint8Array): Result<LedgerProofs> {
  const json = parseJson(bytes, { bytesMax: LIMITS.packBytesMax })
  if (!json.ok) return noProofs(json.problems)
  const shaped = parseBySchema(LEDGER_PROOFS, json.value, ({ message, at }) => ({
    code: 'cli/ledger-proof',
    message,
    ...(at !== undefined && { at }),
  }))
  if (!shaped.ok) return noProofs(shaped.problems)
  const root = parseBase64(shaped.value.root)
  if (!root.ok) return noProofs(root.problems)
  const entries: ProvenEntry[] = []
  for (const { index, entry, hashes } of shaped.value.entries) {
    const built = buildEntry(entry)
    if (!built.ok) return noProofs(built.problems)
    const path = parseHashes(hashes)
    if (!path.ok) return noProofs(path.problems)
    entries.push({ index, entry: built.value, hashes: path.value })
  }
  return accept({ head: { size: shaped.value.size, root: root.value }, entries })
}

function noProofs(because: readonly Problem[]): Result<never> {
  const message = 'Expected the proofs of the records of a pack, found another document'
  return refuse({ code: 'cli/ledger-proof', message, because })
}

/** Every entry stands where it says, in their order, under the head. */
export function checkProofs({ head, entries }: LedgerProofs): Check {
  const name = 'ledger-proofs'
  const size = BigInt(head.size)
  const first = entries.find(({ index, entry, hashes }, at) => {
    const before = entries[at - 1]?.index ?? -1
    const claim = { index: BigInt(index), size, leaf: hashLeaf(encodeEntry(entry)) }
    return index <= before || !isIncluded({ ...claim, hashes, root: head.root })
  })
  if (first === undefined && entries.length > 0) {
    const message = `All ${countOf(entries.length, 'record')} stand in the ledger, under the head of ${head.size}`
    return { name, outcome: 'accepted', message, found: `the root ${encodeHex(head.root)}` }
  }
  return {
    name,
    outcome: 'rejected',
    code: 'cli/ledger-proof',
    message: 'Records of the pack do not stand under the head of the ledger',
    found: first === undefined ? 'no entry' : `entry ${first.index}`,
  }
}
