// What a requirement expects of a verification summary: whose it is, of what, and what it has to say (SLSA v1.2, "How to verify").

import * as z from 'zod/mini'
import { isReachable } from '../../statement/index.ts'
import { RESOURCE_URI } from '../kind.ts'
import { DURATION } from './duration.ts'

const LEVELS_MAX = 20

const LEVEL = z.string().check(
  z.maxLength(1_000),
  z.refine(isReachable, {
    error:
      'Expected a level such as "SLSA_BUILD_LEVEL_2", a property of SLSA, or a word that does not begin with "SLSA_"',
  }),
)

/** The expectation. Nothing of it is taken from the summary (VSA-3). */
export const expectedSummarySchema = z.strictObject({
  /** `verifier.id`: the trust document says whose signatures are its word. */
  verifier: RESOURCE_URI,
  resourceUri: RESOURCE_URI,
  /** Each of them, or a higher level of its track. */
  levels: z.array(LEVEL).check(z.minLength(1), z.maxLength(LEVELS_MAX)),
  policyUri: z.optional(RESOURCE_URI),
  policySha256: z.optional(z.string().check(z.regex(/^[0-9a-f]{64}$/))),
  /** How long ago was verified, at most, by the summary's own word. */
  within: z.optional(DURATION),
})

/**
 * What is expected of a summary.
 *
 * @example { verifier: 'https://verifier.example/v1', resourceUri: 'https://dl.example/web', levels: ['SLSA_BUILD_LEVEL_2'] }
 */
export type ExpectedSummary = Readonly<z.infer<typeof expectedSummarySchema>>
