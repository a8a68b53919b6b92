// The documents of `assay draft`, as schemas.

import * as z from 'zod/mini'
import { SHA256, TEXT } from '../document-members.ts'
import { draftSchema } from '../../record/index.ts'

const FACT = z.union([TEXT, z.number(), z.boolean(), z.array(TEXT)])

/**
 * The schemas by their names.
 *
 * @param shared the schemas of a verdict and of its outcome, and the members about who signed
 */
export function draftSchemas<
  C extends z.ZodMiniType,
  O extends z.ZodMiniType,
  S extends z.core.$ZodShape,
>({ check, outcome, signed }: { readonly check: C; readonly outcome: O; readonly signed: S }) {
  const written = { ...signed, bundleSha256: SHA256, out: TEXT }
  return {
    draft: draftSchema,
    'draft-saved': z.strictObject({
      schema: z.literal('assay/draft-saved/v1'),
      family: TEXT,
      /** Of the bytes that would be signed. */
      draftSha256: SHA256,
      ...written,
    }),
    'review-request': z.strictObject({
      schema: z.literal('assay/review-request/v1'),
      /** The bundle of the saved draft. */
      savedDraft: SHA256,
      draftSha256: SHA256,
      role: TEXT,
      ...written,
    }),
    'draft-preview': z.strictObject({
      schema: z.literal('assay/draft-preview/v1'),
      /** Nothing of it is true: nobody has signed the draft. */
      hypothetical: z.literal(true),
      family: TEXT,
      draftSha256: SHA256,
      /** Who would sign it. */
      as: TEXT,
      wouldBe: z.strictObject({
        record: check,
        scope: z.optional(z.enum(['project', 'run'])),
        view: z.optional(z.strictObject({ status: TEXT, facts: z.record(TEXT, FACT), check })),
        gates: z.array(
          z.strictObject({
            id: TEXT,
            decision: z.enum(['go', 'go-by-exception', 'no-go']),
            outcome,
          }),
        ),
      }),
    }),
  }
}
