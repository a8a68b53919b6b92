// The document of `assay readiness`, as a schema.

import * as z from 'zod/mini'
import { againstSchema, blockerSchema } from '../gate/document-schemas.ts'
import { STANDINGS } from '../../gate/index.ts'

const TEXT = z.string()
const STANDING = z.enum(STANDINGS)
const DIGEST = z.strictObject({ sha256: TEXT })

/** By the name in `schema`. */
export function readinessSchemas<C extends z.ZodMiniType, O extends z.ZodMiniType>(parts: {
  readonly check: C
  readonly outcome: O
}) {
  const { check, outcome } = parts
  const criteria = z.array(
    z.strictObject({
      id: TEXT,
      standing: STANDING,
      declaredBy: z.array(TEXT),
      verdict: check,
      /** What of it is not satisfied, and what clears that. */
      blockers: z.array(blockerSchema(check, outcome)),
    }),
  )
  const owner = z.strictObject({ roles: z.array(TEXT), principal: z.optional(TEXT) })
  return {
    readiness: z.strictObject({
      schema: z.literal('assay/readiness/v1'),
      outcome,
      at: TEXT,
      trust: DIGEST,
      policy: z.strictObject({ id: TEXT, sha256: TEXT }),
      release: z.optional(TEXT),
      standing: STANDING,
      /** What speaks against the release, whatever else is shown of it: records that are not accepted, not there, or contradict it, among others. */
      against: z.array(againstSchema(check)),
      /** False only where it was shown that nobody who drafts can sign for the target. */
      production_write_from_self_service: z.boolean(),
      /** Why that is so. */
      separation: check,
      stages: z.array(
        z.strictObject({
          id: TEXT,
          title: TEXT,
          standing: STANDING,
          owners: z.array(owner),
          criteria,
          exit: criteria,
        }),
      ),
      checks: z.array(check),
    }),
  }
}
