// The documents that the commands about a ledger print, as schemas.

import * as z from 'zod/mini'
import { COUNT, SHA256, TEXT } from '../document-members.ts'
import { PROOF_SCHEMA } from './proof/proof-document.ts'

const ENTRY = { sha256: SHA256, predicateType: TEXT, release: TEXT }
const HEAD = { size: z.optional(COUNT), root: z.optional(TEXT) }

/** The schema of a verdict, and of its outcome. */
interface VerdictSchemas<C extends z.ZodMiniType, O extends z.ZodMiniType> {
  readonly check: C
  readonly outcome: O
}

/** The schemas by their names. */
export function ledgerSchemas<C extends z.ZodMiniType, O extends z.ZodMiniType>(
  schemas: VerdictSchemas<C, O>,
) {
  return { ...changes(schemas), ...views(schemas) } as const
}

/** Of the commands that write. */
function changes<C extends z.ZodMiniType, O extends z.ZodMiniType>({
  check,
  outcome,
}: VerdictSchemas<C, O>) {
  return {
    'ledger-append': z.strictObject({
      schema: z.literal('assay/ledger-append/v1'),
      ledger: TEXT,
      ...HEAD,
      records: z.array(z.strictObject({ index: COUNT, isNew: z.boolean(), ...ENTRY })),
      /** Where a record was refused, and nothing was appended. */
      verdict: z.optional(check),
    }),
    'ledger-checkpoint': z.strictObject({
      schema: z.literal('assay/ledger-checkpoint/v1'),
      ledger: TEXT,
      outcome,
      ...HEAD,
      origin: z.optional(TEXT),
      at: z.optional(TEXT),
      keys: z.optional(z.array(TEXT)),
      checkpoint: z.optional(TEXT),
      verdict: z.optional(check),
    }),
    'ledger-init': z.strictObject({
      schema: z.literal('assay/ledger-init/v1'),
      ledger: TEXT,
      ...HEAD,
    }),
    'ledger-merge': z.strictObject({
      schema: z.literal('assay/ledger-merge/v1'),
      outcome,
      ledger: z.optional(TEXT),
      base: z.optional(z.enum(['ours', 'theirs'])),
      common: z.optional(COUNT),
      ...HEAD,
      appended: z.optional(z.array(z.strictObject(ENTRY))),
      verdict: z.optional(check),
      /** Of a split view: both signed notes. */
      heads: z.optional(z.array(TEXT)),
    }),
  } as const
}

/** Of those that only read. */
function views<C extends z.ZodMiniType, O extends z.ZodMiniType>({
  check,
  outcome,
}: VerdictSchemas<C, O>) {
  return {
    'ledger-entry': z.strictObject({
      schema: z.literal('assay/ledger-entry/v1'),
      verified: z.literal(false),
      index: COUNT,
      ...ENTRY,
      record: z.record(TEXT, z.unknown()),
    }),
    'ledger-list': z.strictObject({
      schema: z.literal('assay/ledger-list/v1'),
      verified: z.literal(false),
      size: COUNT,
      entries: z.array(z.strictObject({ index: COUNT, ...ENTRY })),
    }),
    'ledger-proof': PROOF_SCHEMA,
    'ledger-proof-check': z.strictObject({
      schema: z.literal('assay/ledger-proof-check/v1'),
      outcome,
      verdict: check,
    }),
    'ledger-verification': z.strictObject({
      schema: z.literal('assay/ledger-verification/v1'),
      outcome,
      ledger: TEXT,
      ...HEAD,
      verdict: check,
    }),
  } as const
}
