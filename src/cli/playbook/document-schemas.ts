// The document of `assay playbook`, as a schema.

import * as z from 'zod/mini'
import { againstSchema } from '../gate/document-schemas.ts'
import { CONTROL_WORDS, OWNER_CLASSES } from '../../gate/index.ts'

const TEXT = z.string()
const DIGEST = z.strictObject({ sha256: TEXT })
const WORD = z.enum(CONTROL_WORDS)
const COUNT = z.int().check(z.gte(0))

/** What there is to do about a control, and the commands of that; in capitals stands what only a person knows. */
const CLEARING = { clears: z.optional(TEXT), commands: z.optional(z.array(TEXT)) } as const

const PLACE = { id: TEXT, section: TEXT, owner: z.enum(OWNER_CLASSES) } as const

const SUMMARY = z.strictObject({
  status: z.enum(['passed', 'unverified', 'failed']),
  /** In the order of the playbook; absent where nothing stands in the way. */
  firstFailing: z.optional(
    z.strictObject({ ...PLACE, status: WORD, reasons: z.array(TEXT), ...CLEARING }),
  ),
  counts: z.strictObject({ passed: COUNT, unverified: COUNT, missing: COUNT, failed: COUNT }),
  /** In the order of the playbook. */
  sections: z.array(z.strictObject({ section: TEXT, passed: COUNT, total: COUNT })),
  decision: z.strictObject({
    owner: z.enum(OWNER_CLASSES),
    roles: z.array(TEXT),
    /** Principals. */
    decidedBy: z.optional(TEXT),
    approvedBy: z.optional(TEXT),
  }),
})

/** By the name in `schema`. */
export function playbookSchemas<C extends z.ZodMiniType, O extends z.ZodMiniType>(parts: {
  readonly check: C
  readonly outcome: O
}) {
  const { check, outcome } = parts
  return {
    playbook: z.strictObject({
      schema: z.literal('assay/playbook/v1'),
      outcome,
      at: TEXT,
      trust: DIGEST,
      playbooks: z.array(
        z.strictObject({
          policy: z.strictObject({ id: TEXT, sha256: TEXT }),
          release: z.optional(TEXT),
          commit: z.optional(TEXT),
          decision: z.enum(['go', 'go-by-exception', 'no-go']),
          against: z.array(againstSchema(check)),
          summary: SUMMARY,
          /** Where its control is unverified; `used` where it would be no-go without it. */
          exception: z.optional(
            z.strictObject({ control: TEXT, used: z.boolean(), verdict: check }),
          ),
          /** Where something counts as an incident, or one is open. */
          incident: z.optional(
            z.strictObject({
              triggers: z.array(TEXT),
              open: z.array(TEXT),
              firstFailing: z.optional(TEXT),
              /** In the order of the policy. */
              firstActions: z.array(TEXT),
            }),
          ),
          controls: z.array(
            z.strictObject({
              ...PLACE,
              title: TEXT,
              status: WORD,
              affected: z.optional(z.array(TEXT)),
              ...CLEARING,
              verdict: check,
            }),
          ),
        }),
      ),
      checks: z.array(check),
    }),
  }
}
