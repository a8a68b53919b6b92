// SLSA Provenance v1 (SLSA v1.2, build-provenance.md). PROV-4: unset, null and empty are one and the same.

import * as z from 'zod/mini'
import type { JsonObject, Result } from '../../core/index.ts'
import { ANY_OBJECT, parsePredicateBySchema, RESOURCE, TIMESTAMP, URI } from '../field-types.ts'
import type { StatementProblem } from '../problem.ts'

/** The predicate as its page has it; what it does not have is kept. */
export const PROVENANCE_SCHEMA = z.lazy(() =>
  z.looseObject({
    buildDefinition: z.looseObject({
      buildType: URI,
      // PROV-2 requires it and PROV-4 takes an empty one for none: who expects a parameter misses
      // it either way.
      externalParameters: z.optional(ANY_OBJECT),
      internalParameters: z.optional(ANY_OBJECT),
      resolvedDependencies: z.optional(z.array(RESOURCE)),
    }),
    runDetails: z.looseObject({
      builder: z.looseObject({
        id: URI,
        builderDependencies: z.optional(z.array(RESOURCE)),
        version: z.optional(z.record(z.string(), z.string())),
      }),
      metadata: z.optional(
        z.looseObject({
          invocationId: z.optional(z.string()),
          startedOn: z.optional(TIMESTAMP),
          finishedOn: z.optional(TIMESTAMP),
        }),
      ),
      byproducts: z.optional(z.array(RESOURCE)),
    }),
  }),
)

/**
 * How an artifact was made.
 *
 * @example
 * {
 *   buildDefinition: {
 *     buildType: 'https://actions.github.io/buildtypes/workflow/v1',
 *     externalParameters: {
 *       workflow: { ref: 'refs/heads/main', repository: 'https://github.com/o/r', path: 'r.yml' },
 *     },
 *     resolvedDependencies: [
 *       { uri: 'git+https://github.com/o/r@refs/heads/main', digest: { gitCommit: 'c27d33…' } },
 *     ],
 *   },
 *   runDetails: { builder: { id: 'https://github.com/o/r/.github/workflows/r.yml@refs/heads/main' } },
 * }
 */
export type Provenance = Readonly<z.infer<typeof PROVENANCE_SCHEMA>>

/** A predicate without its empty members, by the schema alone. */
export function parseProvenanceBySchema(set: JsonObject): Result<Provenance, StatementProblem> {
  return parsePredicateBySchema(PROVENANCE_SCHEMA, set)
}
