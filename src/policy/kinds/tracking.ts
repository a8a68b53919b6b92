// A tracking policy: what a release is known by, and which releases are one and the same.

import * as z from 'zod/mini'
import { defineKind, listOf, TARGETED_SCOPE, TOKEN } from '../kind.ts'
import { IDENTITY_FIELDS, PHASES } from '../vocabulary.ts'

/** As file names have it. */
const ARTIFACT_NAME = z.string().check(
  z.maxLength(200),
  z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, {
    error: 'a name of ASCII letters, digits and . _ -',
  }),
)

/** A tracking policy. */
export const trackingSchema = defineKind('tracking', {
  scope: TARGETED_SCOPE,
  artifactName: ARTIFACT_NAME,
  artifactType: TOKEN,
  identityFields: listOf(z.enum(IDENTITY_FIELDS)),
  phases: listOf(z.enum(PHASES)),
  artifactSetStrategy: z.literal('stage-gate-release-ref-and-run-without-phase'),
  releaseIdentityRule: z.literal('one-version-one-set-within-gate-and-channel'),
  hotfixRule: z.literal('distinct-version-with-documented-bypass-notes'),
})
