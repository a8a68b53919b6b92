// A promotion policy: which stages of the ladder a release has to reach, and which of them only a person lets it enter.

import * as z from 'zod/mini'
import { defineKind, idOf, listOf, type Reference, referencesAt, TARGETED_SCOPE } from '../kind.ts'
import { PROMOTION_STAGES } from '../vocabulary.ts'

/** The kinds of policies whose digests a promotion record carries: these, and no others. */
const DEPENDENCY_KINDS = ['attestation', 'tracking', 'smoke', 'rollback', 'promotion'] as const

/** A promotion policy. */
export const promotionSchema = defineKind('promotion', {
  scope: TARGETED_SCOPE,
  requiredStages: listOf(z.enum(PROMOTION_STAGES)),
  manualStages: listOf(z.enum(PROMOTION_STAGES)),
  approvalReferenceStrategy: z.literal('workflow-and-run-or-local-trigger'),
  compatibilityMatrixStrategy: z.literal('generated-matrix-by-reference'),
  policyDependencyStrategy: z.literal('digests-of-the-dependencies'),
  policyDependencies: listOf(z.enum(DEPENDENCY_KINDS), DEPENDENCY_KINDS.length),
  /** Those that the approval record lists. */
  attestationPolicies: listOf(idOf('attestation')),
})

/** The attestation policies that it goes by. */
export function promotionReferences({
  attestationPolicies,
}: z.infer<typeof promotionSchema>): readonly Reference[] {
  return referencesAt(['attestationPolicies'], attestationPolicies)
}
