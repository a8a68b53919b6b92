// SLSA Provenance v0.2, as it is still found: read, never written (PROV-18: an old build type
// keeps its old meaning).

import * as z from 'zod/mini'
import type { JsonObject, Result } from '../../core/index.ts'
import { ANY_OBJECT, DIGEST_SET, parsePredicateBySchema, RESOURCE, URI } from '../field-types.ts'
import type { StatementProblem } from '../problem.ts'
import { dropEmpty } from '../unset-members.ts'

/** The predicate as its page has it; what it does not have is kept. */
export const PROVENANCE_V02_SCHEMA = z.lazy(() =>
  z.looseObject({
    builder: z.looseObject({ id: URI }),
    buildType: URI,
    invocation: z.optional(
      z.looseObject({
        configSource: z.optional(
          z.looseObject({
            uri: z.optional(URI),
            digest: z.optional(DIGEST_SET),
            entryPoint: z.optional(z.string()),
          }),
        ),
        parameters: z.optional(ANY_OBJECT),
        environment: z.optional(ANY_OBJECT),
      }),
    ),
    buildConfig: z.optional(ANY_OBJECT),
    metadata: z.optional(
      z.looseObject({
        buildInvocationId: z.optional(z.string()),
        // Text only: builders of the time wrote other offsets than Z.
        buildStartedOn: z.optional(z.string()),
        buildFinishedOn: z.optional(z.string()),
        completeness: z.optional(
          z.looseObject({
            parameters: z.optional(z.boolean()),
            environment: z.optional(z.boolean()),
            materials: z.optional(z.boolean()),
          }),
        ),
        reproducible: z.optional(z.boolean()),
      }),
    ),
    materials: z.optional(z.array(RESOURCE)),
  }),
)

/**
 * How an artifact was made, in the words of 2021.
 *
 * @example { builder: { id: 'mailto:person@example.com' }, buildType: 'https://example.com/Makefile' }
 */
export type ProvenanceV02 = Readonly<z.infer<typeof PROVENANCE_V02_SCHEMA>>

/** Reads a predicate of type `https://slsa.dev/provenance/v0.2`. */
export function parseProvenanceV02(predicate: JsonObject): Result<ProvenanceV02, StatementProblem> {
  return parsePredicateBySchema(PROVENANCE_V02_SCHEMA, dropEmpty(predicate))
}
