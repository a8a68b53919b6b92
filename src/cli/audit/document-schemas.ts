// The document that `assay audit` prints, as a schema.

import * as z from 'zod/mini'
import { COUNT, SHA256, TEXT } from '../document-members.ts'
import { TIMESTAMP_PATTERN } from '../../core/index.ts'
import { RECORD_FAMILIES } from '../../policy/index.ts'

const PLACE = { index: COUNT, sha256: SHA256 }
const FACT = z.union([TEXT, z.number(), z.boolean(), z.array(TEXT)])

const OTHERS = z.array(
  z.strictObject({
    about: TEXT,
    releases: z.array(TEXT),
    refused: COUNT,
    records: z.array(z.strictObject({ ...PLACE, family: TEXT, signer: TEXT, origin: TEXT })),
  }),
)

const UNKNOWN = z.array(
  z.strictObject({
    ...PLACE,
    predicateType: TEXT,
    about: TEXT,
    signer: z.literal('unknown'),
    /** Who signed by the word of the bundle itself: nothing of it was verified. */
    claimed: TEXT,
  }),
)

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
  const record = z.strictObject({
    ...PLACE,
    family: z.enum(RECORD_FAMILIES),
    id: z.optional(TEXT),
    phase: z.optional(TEXT),
    evidence: z.optional(TEXT),
    /** When its signer says that it was made. */
    reportedAt: TEXT.check(z.regex(TIMESTAMP_PATTERN)),
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
    'pack-result': packSchema(check, outcome),
    audit: z.strictObject({
      schema: z.literal('assay/audit/v1'),
      outcome,
      ledger: z.optional(TEXT),
      pack: z.optional(z.strictObject({ path: TEXT, sha256: SHA256, release: TEXT, phase: TEXT })),
      scope: z.enum(['project', 'run']),
      at: TEXT.check(z.regex(TIMESTAMP_PATTERN)),
      trust: z.optional(z.strictObject({ sha256: SHA256 })),
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
            z.array(z.strictObject({ ...PLACE, family: z.enum(RECORD_FAMILIES) })),
          ),
          materials: z.optional(z.array(z.strictObject({ ...PLACE, name: TEXT }))),
          commitRecords: z.optional(z.array(record)),
          /** In which words of another record are signed again. */
          copies: z.optional(z.array(z.strictObject({ ...PLACE, of: SHA256 }))),
          /** Behind the first thousands of a large ledger, instead of the lists: how many records have each status. */
          statuses: z.optional(z.record(TEXT, COUNT)),
        }),
      ),
      /** Records about commits, or about the ledger itself. */
      others: z.optional(OTHERS),
      /** Records of a pack whose signers nobody knows. */
      unknown: z.optional(UNKNOWN),
      /** What a pack alone can not show, or what is not in it, in words. */
      notJudged: z.optional(z.array(TEXT)),
      verdict: check,
    }),
  } as const
}

/** Of `assay pack`. */
function packSchema<C extends z.ZodMiniType, O extends z.ZodMiniType>(check: C, outcome: O) {
  return z.strictObject({
    schema: z.literal('assay/pack-result/v1'),
    outcome,
    release: TEXT,
    phase: TEXT,
    scope: z.optional(z.enum(['project', 'run'])),
    folder: z.optional(TEXT),
    archive: z.optional(TEXT),
    /** Of the archive. */
    sha256: z.optional(SHA256),
    files: z.optional(COUNT),
    records: z.optional(COUNT),
    /** Of them, those of a later phase that speak against the release. */
    against: z.optional(COUNT),
    /** Of other releases, that the records refer to. */
    referred: z.optional(COUNT),
    /** Whether a signed head is over all records. */
    isSigned: z.optional(z.boolean()),
    /** What records name by digest and the pack does not have. */
    absent: z.optional(z.array(z.strictObject({ sha256: SHA256, namedBy: z.array(TEXT) }))),
    /** Where nothing was packed. */
    verdict: z.optional(check),
  })
}
