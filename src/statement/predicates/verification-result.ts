// Simple Verification Result v0.2 (in-toto attestation, svr.md): the properties that a verifier
// found to hold.

import * as z from 'zod/mini'
import type { JsonObject, Result } from '../../core/index.ts'
import { parsePredicateBySchema, RESOURCE, TIMESTAMP, URI } from '../field-types.ts'
import type { StatementProblem } from '../problem.ts'
import { dropNull } from '../unset-members.ts'

/** The predicate as its page has it; what it does not have is kept. */
export const VERIFICATION_RESULT_SCHEMA = z.lazy(() =>
  z.looseObject({
    // The list of policies is required even where it is empty.
    verifier: z.looseObject({ id: URI, policies: z.array(RESOURCE) }),
    timeCreated: TIMESTAMP,
    properties: z.array(z.string().check(z.minLength(1))),
  }),
)

/**
 * What a verifier found to hold.
 *
 * @example
 * {
 *   verifier: { id: 'https://example.com/v2', policies: [] }, timeCreated: '2026-04-10T12:00:00Z',
 *   properties: ['SLSA_BUILD_LEVEL_3'],
 * }
 */
export type VerificationResult = Readonly<z.infer<typeof VERIFICATION_RESULT_SCHEMA>>

/** Reads a predicate of type `https://in-toto.io/attestation/svr/v0.2`. */
export function parseVerificationResult(
  predicate: JsonObject,
): Result<VerificationResult, StatementProblem> {
  return parsePredicateBySchema(VERIFICATION_RESULT_SCHEMA, dropNull(predicate))
}
