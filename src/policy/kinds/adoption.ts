// An adoption policy: what has to be shown before records that a run generated count as those of the project.

import * as z from 'zod/mini'
import { defineKind, idOf, listOf, PATH, TARGETED_SCOPE } from '../kind.ts'
import { ADOPTABLE_FAMILIES, ADOPTION_EVIDENCE, PHASES } from '../vocabulary.ts'

const FAMILIES = listOf(z.enum(ADOPTABLE_FAMILIES))

/** An adoption policy. */
export const adoptionSchema = defineKind('adoption', {
  scope: TARGETED_SCOPE,
  gate: idOf('gate'),
  adoptionEvidence: listOf(z.enum(ADOPTION_EVIDENCE)),
  /** By phase; both are required. */
  adoptedFamilies: z.strictObject({
    'pre-deploy-candidate': FAMILIES,
    'post-deploy-smoke-verified': FAMILIES,
  }),
  artifactDigestStrategy: z.literal('source-bundle-and-generated-records-match-before-adoption'),
  policyDigestStrategy: z.literal('source-bundle-policies-match-current-ones-before-adoption'),
  reviewStrategy: z.literal('human-review-named-adopter-and-review-contract-before-adoption'),
  /** What proposes an adoption, and what applies a reviewed one. */
  importer: PATH,
  reviewedApply: PATH,
  /** The phase over which a launch can be approved. */
  approvalReadyPhase: z.enum(['not-applicable', ...PHASES]),
})
