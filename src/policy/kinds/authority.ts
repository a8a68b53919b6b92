// An authority policy: who may stand behind an approval, and what has to be shown of them.

import * as z from 'zod/mini'
import { defineKind, idOf, listOf, type Reference, TARGETED_SCOPE } from '../kind.ts'
import { AUTHORITY_EVIDENCE, AUTHORITY_KINDS } from '../vocabulary.ts'

/** An authority policy. */
export const authoritySchema = defineKind('authority', {
  scope: TARGETED_SCOPE,
  humanApprovalRequired: z.boolean(),
  approverIdentityRequiredBeforeProductionApproval: z.boolean(),
  automationReferenceAllowed: z.boolean(),
  authorityKinds: listOf(z.enum(AUTHORITY_KINDS)),
  authorityEvidence: listOf(z.enum(AUTHORITY_EVIDENCE)),
  referenceStrategy: z.literal('actor-else-workflow-and-run-else-local-trigger'),
  /** One of those that the approval record lists. */
  promotionPolicy: idOf('promotion'),
})

/** The promotion policy whose approvals it is about. */
export function authorityReferences({
  promotionPolicy,
}: z.infer<typeof authoritySchema>): readonly Reference[] {
  return [{ to: promotionPolicy, at: ['promotionPolicy'] }]
}
