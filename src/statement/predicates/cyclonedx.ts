// CycloneDX (in-toto attestation, cyclonedx.md): the predicate is the BOM. Its own schema is
// CycloneDX's to judge; what is read here is what tells that it is one.

import * as z from 'zod/mini'
import type { JsonObject, Result } from '../../core/index.ts'
import { ANY_OBJECT, parsePredicateBySchema } from '../field-types.ts'
import type { StatementProblem } from '../problem.ts'

/** The members of a BOM that are looked at here. */
export const CYCLONEDX_SCHEMA = z.lazy(() =>
  z.looseObject({
    bomFormat: z.literal('CycloneDX'),
    specVersion: z.string().check(z.regex(/^1\.[0-9]+$/)),
    serialNumber: z.optional(
      z.string().check(z.regex(/^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)),
    ),
    version: z.optional(z.int().check(z.positive())),
    metadata: z.optional(ANY_OBJECT),
    components: z.optional(z.array(ANY_OBJECT)),
    dependencies: z.optional(z.array(ANY_OBJECT)),
  }),
)

/**
 * A bill of materials.
 *
 * @example { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, components: [] }
 */
export type CycloneDx = Readonly<z.infer<typeof CYCLONEDX_SCHEMA>>

/** Reads a predicate of type `https://cyclonedx.org/bom`. */
export function parseCycloneDx(predicate: JsonObject): Result<CycloneDx, StatementProblem> {
  return parsePredicateBySchema(CYCLONEDX_SCHEMA, predicate)
}
