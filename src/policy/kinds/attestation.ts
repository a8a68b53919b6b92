// An attestation policy: what the provenance of a release has to say, and up to which stage it is asked for.

import * as z from 'zod/mini'
import { defineKind, listOf, TARGETED_SCOPE } from '../kind.ts'
import { requirementList } from '../requirement/requirement.ts'
import { IDENTITY_CLAIMS, PROMOTION_STAGES } from '../vocabulary.ts'

/** An attestation policy. */
export const attestationSchema = defineKind('attestation', {
  scope: TARGETED_SCOPE,
  identityClaims: listOf(z.enum(IDENTITY_CLAIMS)),
  promotionStages: listOf(z.enum(PROMOTION_STAGES)),
  verificationRequirement: z.enum([
    'digests-and-ref-recorded-before-rollout',
    'signed-or-verifiable-and-matching-intended-artifact',
  ]),
  rollbackRequirement: z.enum([
    'versioned-and-documented-until-signed-or-attested',
    'known-good-versioned-signed-or-attested',
  ]),
  requiredBeforeProductionApproval: z.boolean(),
  /** What has to be shown before it is fulfilled. */
  fulfilment: z._default(requirementList(0), []),
})
