// SLSA Verification Summary Attestation v1 (SLSA v1.2, verification_summary.md). X7: here an empty
// `dependencyLevels` says "no dependencies" and an unset one says nothing, so null is dropped and
// empty is kept.

import * as z from 'zod/mini'
import type { JsonObject, Result } from '../../core/index.ts'
import { DIGEST_SET, parsePredicateBySchema, rule, TIMESTAMP, URI } from '../field-types.ts'
import type { StatementProblem } from '../problem.ts'
import { dropNull } from '../unset-members.ts'
import { FAILED, hasOneLevelPerTrack, parseSlsaResult } from './slsa-result.ts'

const SLSA_RESULT = z
  .string()
  .check(
    rule(
      (text) => parseSlsaResult(text) !== undefined,
      'statement/member',
      'an SLSA level, or a word that does not begin with "SLSA_"',
    ),
  )

/** The predicate as its page has it; what it does not have is kept. */
export const VERIFICATION_SUMMARY_SCHEMA = z.lazy(() =>
  z
    .looseObject({
      verifier: z.looseObject({
        id: URI,
        version: z.optional(z.record(z.string(), z.string())),
      }),
      timeVerified: z.optional(TIMESTAMP),
      resourceUri: URI,
      policy: z.looseObject({ uri: URI, digest: z.optional(DIGEST_SET) }),
      // VSA-4: each with its digest.
      inputAttestations: z.optional(
        z.array(z.looseObject({ uri: z.optional(URI), digest: DIGEST_SET })),
      ),
      verificationResult: z.enum(['PASSED', 'FAILED']),
      verifiedLevels: z
        .array(SLSA_RESULT)
        .check(rule(hasOneLevelPerTrack, 'statement/contradiction', 'one level for each track')),
      dependencyLevels: z.optional(z.record(SLSA_RESULT, z.int().check(z.nonnegative()))),
      slsaVersion: z.optional(
        z.string().check(z.regex(/^\d+\.\d+$/, { error: 'a version such as "1.0"' })),
      ),
    })
    .check(
      rule(
        ({ verificationResult, verifiedLevels }) =>
          verificationResult === 'FAILED'
            ? verifiedLevels.length === 1 && verifiedLevels[0] === FAILED
            : !verifiedLevels.includes(FAILED),
        'statement/contradiction',
        'the level "FAILED", and no other, exactly where it is the result',
      ),
    ),
)

/**
 * What a verifier found.
 *
 * @example
 * {
 *   verifier: { id: 'https://example.com/publication_verifier' }, timeVerified: '2026-04-10T12:00:00Z',
 *   resourceUri: 'https://example.com/example-1.2.3.tar.gz', policy: { uri: 'https://example.com/example.policy' },
 *   verificationResult: 'PASSED', verifiedLevels: ['SLSA_BUILD_LEVEL_2'],
 * }
 */
export type VerificationSummary = Readonly<z.infer<typeof VERIFICATION_SUMMARY_SCHEMA>>

/** Reads a predicate of type `https://slsa.dev/verification_summary/v1`. */
export function parseVerificationSummary(
  predicate: JsonObject,
): Result<VerificationSummary, StatementProblem> {
  return parsePredicateBySchema(VERIFICATION_SUMMARY_SCHEMA, dropNull(predicate))
}
