// An attestation artifact policy: which attestation each phase of a release records, and whether accepted provenance has to stand behind it.

import * as z from 'zod/mini'
import { defineKind, listOf, TARGETED_SCOPE } from '../kind.ts'
import { IDENTITY_CLAIMS, PHASES } from '../vocabulary.ts'

/** An attestation artifact policy. */
export const attestationArtifactSchema = defineKind('attestation-artifact', {
  scope: TARGETED_SCOPE,
  phases: listOf(z.enum(PHASES)),
  identityClaims: listOf(z.enum(IDENTITY_CLAIMS)),
  verificationRequired: z.boolean(),
  requiredBeforeProductionApproval: z.boolean(),
})
