// A proof as a document: what is needed to check, without the ledger, that it holds an entry, or that it continues an older head.

import * as z from 'zod/mini'
import {
  accept,
  LIMITS,
  parseBySchema,
  parseJson,
  type Problem,
  type Result,
  refuse,
} from '../../../core/index.ts'
import { buildEntry, type LedgerEntry } from '../../../ledger/index.ts'
import { COUNT, ENTRY, encodeHashes, HASHES, parseHashes } from './proof-members.ts'

const TEXT = z.string()

/**
 * The document.
 *
 * @example { schema: 'assay/ledger-proof/v1', checkpoint: 'ledger.example\n7\n…', inclusion: { index: 3, entry: { … }, hashes: ['qz1…='] } }
 */
export const PROOF_SCHEMA = z.strictObject({
  schema: z.literal('assay/ledger-proof/v1'),
  /** The signed note under which it all stands. */
  checkpoint: TEXT,
  inclusion: z.optional(
    z.strictObject({
      index: COUNT,
      entry: ENTRY,
      hashes: HASHES,
    }),
  ),
  /** From an older head to this one. */
  consistency: z.optional(z.strictObject({ checkpoint: TEXT, hashes: HASHES })),
})

/** What a proof says; nothing of it is checked. */
export interface LedgerProof {
  readonly checkpoint: string
  readonly inclusion?: {
    readonly index: number
    readonly entry: LedgerEntry
    readonly hashes: readonly Uint8Array[]
  }
  readonly consistency?: { readonly checkpoint: string; readonly hashes: readonly Uint8Array[] }
}

/** The document of a proof. */
export function documentOfProof({ checkpoint, inclusion, consistency }: LedgerProof) {
  return {
    schema: 'assay/ledger-proof/v1',
    checkpoint,
    ...(inclusion !== undefined && {
      inclusion: {
        index: inclusion.index,
        entry: { ...inclusion.entry },
        hashes: encodeHashes(inclusion.hashes),
      },
    }),
    ...(consistency !== undefined && {
      consistency: {
        checkpoint: consistency.checkpoint,
        hashes: encodeHashes(consistency.hashes),
      },
    }),
  } as const
}

/** Reads it again, or says what is wrong with it: `cli/ledger-proof`. */
export function parseProof(bytes: Uint8Array): Result<LedgerProof> {
  const value = parseJson(bytes, { bytesMax: PROOF_BYTES_MAX })
  if (!value.ok) return noProof(value.problems)
  const parsed = parseBySchema(PROOF_SCHEMA, value.value, ({ message, at }) => ({
    code: 'cli/ledger-proof',
    message,
    ...(at !== undefined && { at }),
  }))
  if (!parsed.ok) return noProof(parsed.problems)
  const { checkpoint, inclusion, consistency } = parsed.value
  const path = inclusion === undefined ? accept([]) : parseHashes(inclusion.hashes)
  if (!path.ok) return noProof(path.problems)
  const way = consistency === undefined ? accept([]) : parseHashes(consistency.hashes)
  if (!way.ok) return noProof(way.problems)
  const entry = inclusion === undefined ? undefined : buildEntry(inclusion.entry)
  if (entry?.ok === false) return noProof(entry.problems)
  return accept({
    checkpoint,
    ...(inclusion !== undefined &&
      entry !== undefined && {
        inclusion: { index: inclusion.index, entry: entry.value, hashes: path.value },
      }),
    ...(consistency !== undefined && {
      consistency: { checkpoint: consistency.checkpoint, hashes: way.value },
    }),
  })
}

/** Two checkpoints, and a hundred hashes. */
export const PROOF_BYTES_MAX = 4 * LIMITS.checkpointBytesMax

function noProof(because: readonly Problem[]): Result<never> {
  const message = 'Expected a proof out of a ledger, found another document'
  return refuse({ code: 'cli/ledger-proof', message, because })
}
