// The document that `assay audit` prints, as a schema.

import * as z from 'zod/mini'
import { TIMESTAMP_PATTERN } from '../../core/index.ts'
import { RECORD_FAMILIES } from '../../policy/index.ts'

const TEXT = z.string()
const COUNT = z.int().check(z.gte(0))
const SHA256 = TEXT.check(z.regex(/^[0-9a-f]{64}$/))
const FACT = z.union([TEXT, z.number(), z.boolean(), z.array(TEXT)])

/** The schema of a verdict, and of its outcome. */
interface VerdictSchemas<C extends z.ZodMiniType, O extends z.ZodMiniType> {
  readonly check: C
  readonly outcome: O
}

/** The schemas by their names. */
export function auditSchemas<C extends z.ZodMiniType, O extends z.ZodMiniType>({
  check,
  outcome,
}: VerdictSchemas<C, O>) {
  const place = { index: COUNT, sha256: SHA256 }
  const record = z.strictObject({
    ...place,
    family: z.enum(RECORD_FAMILIES),
    id: z.optional(TEXT),
    phase: z.optional(TEXT),
    evidence: z.optional(TEXT),
    /** A token of the family's page. */
    status: TEXT,
    outcome,
    /** Of the later record that made up for it. */
    overtakenBy: z.optional(SHA256),
    standing: z.enum(['direct', 'adopted', 'generated']),
    signer: TEXT,
    /** Of records of adoptable families, and of adoptions. */
    origin: z.optional(TEXT),
    facts: z.record(TEXT, FACT),
  })
  return {
    audit: z.strictObject({
      schema: z.literal('assay/audit/v1'),
      outcome,
      ledger: z.optional(TEXT),
      scope: z.enum(['project', 'run']),
      at: TEXT.check(z.regex(TIMESTAMP_PATTERN)),
      trust: z.strictObject({ sha256: SHA256 }),
      policies: z.optional(z.strictObject({ sha256: SHA256 })),
      size: z.optional(COUNT),
      root: z.optional(TEXT),
      releases: z.array(
        z.strictObject({
          id: TEXT,
          outcome,
          digest: z.optional(SHA256),
          phases: z.array(TEXT),
          isWithdrawn: z.boolean(),
          contradictions: COUNT,
          refused: COUNT,
          commit: z.optional(TEXT),
          records: z.optional(z.array(record)),
          generated: z.optional(
            z.array(z.strictObject({ ...place, family: z.enum(RECORD_FAMILIES) })),
          ),
          materials: z.optional(z.array(z.strictObject({ ...place, name: TEXT }))),
          commitRecords: z.optional(z.array(record)),
          /** Behind the first thousands of a large ledger, instead of the lists: how many records have each status. */
          statuses: z.optional(z.record(TEXT, COUNT)),
        }),
      ),
      /** Records about commits, or about the ledger itself. */
      others: z.array(
        z.strictObject({
          about: TEXT,
          releases: z.array(TEXT),
          refused: COUNT,
          records: z.array(z.strictObject({ ...place, family: TEXT, signer: TEXT, origin: TEXT })),
        }),
      ),
      verdict: check,
    }),
  } as const
}
