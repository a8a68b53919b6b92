// A rollback policy: what has to be known of a release before one goes back to it.

import * as z from 'zod/mini'
import { defineKind, listOf, PATH, TARGETED_SCOPE } from '../kind.ts'
import { PHASES, ROLLBACK_FIELDS } from '../vocabulary.ts'

const DOCUMENT = z.strictObject({
  path: PATH,
  /** Of the document that was meant; without it, the one at that path. */
  sha256: z.optional(
    z.string().check(z.regex(/^[0-9a-f]{64}$/, { error: '64 lower-case hex digits' })),
  ),
})

/** A rollback policy. */
export const rollbackSchema = defineKind('rollback', {
  scope: TARGETED_SCOPE,
  targetKind: z.literal('documented-release-ref-and-runbook'),
  phases: listOf(z.enum(PHASES)),
  rollbackFields: listOf(z.enum(ROLLBACK_FIELDS)),
  referenceStrategy: z.literal('selected-release-ref-and-checked-in-runbooks'),
  verificationStrategy: z.literal('manual-dispatch-and-operator-confirmation-before-use'),
  trustedArtifactRequirement: z.enum([
    'known-good-versioned-documented-until-signed-or-attested',
    'known-good-versioned-signed-or-attested-before-production-approval',
  ]),
  references: listOf(DOCUMENT),
})
