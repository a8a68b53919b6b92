// The documents that commands about records print, as schemas.

import * as z from 'zod/mini'
import { COUNT, SHA256, TEXT } from '../document-members.ts'
import { INNER_MANIFEST, RELEASE_REFERENCE } from '../../record/index.ts'

const FACT = z.union([TEXT, z.number(), z.boolean(), z.array(TEXT)])

const SUBJECT = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('set'), id: TEXT, digest: SHA256 }),
  z.strictObject({ kind: z.literal('commit'), commit: TEXT }),
])

/**
 * The schemas by their names.
 *
 * @param shared the schema of a verdict, and the members about who signed
 */
export function recordSchemas<C extends z.ZodMiniType, S extends z.core.$ZodShape>({
  check,
  signed,
}: {
  readonly check: C
  readonly signed: S
}) {
  return {
    record: z.strictObject({
      schema: z.literal('assay/record/v1'),
      family: TEXT,
      subject: SUBJECT,
      release: z.optional(RELEASE_REFERENCE),
      policy: z.optional(TEXT),
      evidence: z.optional(TEXT),
      /** Records of one id stand for each other. */
      id: z.optional(TEXT),
      ...signed,
      bundleSha256: z.optional(SHA256),
      /** Where it was written, or the ledger that it was appended to. */
      out: z.optional(TEXT),
      ledger: z.optional(TEXT),
      index: z.optional(COUNT),
      size: z.optional(COUNT),
      root: z.optional(TEXT),
      standing: z.optional(z.enum(['direct', 'generated'])),
      /** Among which records of the ledger it was judged. */
      scope: z.optional(z.enum(['project', 'run'])),
      /** Why its release is not to be used any more, where somebody withdrew or superseded it. */
      use: z.optional(check),
      /** What is computed of it among the others of its release. */
      view: z.optional(z.strictObject({ status: TEXT, facts: z.record(TEXT, FACT), check })),
      /** Where the record was refused, and nothing was recorded. */
      verdict: z.optional(check),
      /** With `--dry-run`. */
      statement: z.optional(z.record(TEXT, z.unknown())),
    }),
    'record-manifest': z.strictObject({
      schema: z.literal('assay/record-manifest/v1'),
      out: TEXT,
      sha256: SHA256,
      manifest: INNER_MANIFEST,
    }),
  }
}
