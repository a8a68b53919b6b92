// Release v0.2 (in-toto attestation, release.md), and v0.1, which called `packageId` `releaseId` (X9).

import * as z from 'zod/mini'
import { accept, type JsonObject, type Result } from '../../core/index.ts'
import { parsePurl } from '../../snapshot/purl/index.ts'
import { parsePredicateBySchema, rule } from '../field-types.ts'
import type { StatementProblem } from '../problem.ts'
import { dropNull } from '../unset-members.ts'

/** A purl that names one release has a version (release.md, Parsing Rules). */
function isVersionedPurl(text: string): boolean {
  const purl = parsePurl(text)
  return purl.ok && purl.value.version !== undefined
}

/** The predicate as its page has it; what it does not have is kept. */
export const RELEASE_SCHEMA = z.lazy(() =>
  z.looseObject({
    purl: z.string().check(rule(isVersionedPurl, 'statement/purl', 'a purl with a version')),
    packageId: z.optional(z.string()),
  }),
)

/**
 * Which release of a package the subjects are.
 *
 * @example { purl: 'pkg:npm/%40example/hallmark-parts@0.8.3', packageId: 'parts-00417' }
 */
export type Release = Readonly<z.infer<typeof RELEASE_SCHEMA>>

/** Reads a predicate of type `https://in-toto.io/attestation/release/v0.2`. */
export function parseRelease(predicate: JsonObject): Result<Release, StatementProblem> {
  return parsePredicateBySchema(RELEASE_SCHEMA, dropNull(predicate))
}

/**
 * Reads a predicate of type `https://in-toto.io/attestation/release/v0.1`; its `releaseId` becomes
 * the `packageId`.
 */
export function parseReleaseV01(predicate: JsonObject): Result<Release, StatementProblem> {
  const release = parseRelease(predicate)
  if (!release.ok) return release
  const { releaseId } = release.value
  if (typeof releaseId !== 'string' || release.value.packageId !== undefined) return release
  return accept({ ...release.value, packageId: releaseId })
}
