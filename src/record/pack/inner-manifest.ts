// The inner manifest: everything of a release that exists before any record of it, by digest. Records refer to it, so it refers to none.

import { strict as assert } from 'node:assert'
import * as z from 'zod/mini'
import {
  encodeCanonicalJson,
  equalBytes,
  parseBySchema,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import { describeBreach } from '../family.ts'
import { COMMIT, listOf, POLICY, rule, SHA256 } from '../statement/member-schema.ts'
import type { RecordProblem } from '../problem.ts'

/** The form of the document. */
export const INNER_MANIFEST = z.strictObject({
  schema: z.literal('assay/inner-manifest/v1'),
  /** The artifact set: its id, and the SHA-256 of its SHA256SUMS. */
  set: z.strictObject({
    id: z.string().check(rule((text) => parseArtifactSetId(text).ok, 'an artifact set id')),
    sha256: SHA256,
  }),
  sourceRevision: COMMIT,
  /** Of the snapshot that the release was made from. */
  snapshot: SHA256,
  /** Of the bundles of its provenance; none where it is not signed. */
  provenance: listOf(SHA256),
  /** Of its SBOM, files or bundles. */
  sbom: listOf(SHA256),
  /** The policies that the release was made under. */
  policies: listOf(POLICY, ({ id }) => id),
})

/**
 * The inner manifest of a release.
 *
 * @example { schema: 'assay/inner-manifest/v1', set: { id: 'staging__web__v1.2.0__4711-1', sha256: '9f86…' }, … }
 */
export type InnerManifest = Readonly<z.infer<typeof INNER_MANIFEST>>

/** The one way to write it (RFC 8785): the same parts give the same bytes, whatever order they come in. */
export function encodeInnerManifest(
  parts: Omit<InnerManifest, 'schema'>,
): Result<Uint8Array, RecordProblem> {
  const { provenance, sbom, policies } = parts
  const document = {
    ...parts,
    schema: 'assay/inner-manifest/v1',
    provenance: provenance.toSorted(),
    sbom: sbom.toSorted(),
    policies: policies.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  } as const
  const shaped = parseBySchema(INNER_MANIFEST, document, describeBreach)
  if (!shaped.ok) return shaped
  const bytes = encodeCanonicalJson(document)
  assert(bytes.ok, 'digests and ids are ASCII')
  return bytes
}

/** Reads what {@link encodeInnerManifest} writes, and no other spelling of it. */
export function parseInnerManifest(bytes: Uint8Array): Result<InnerManifest, RecordProblem> {
  const json = parseJson(bytes)
  if (!json.ok) {
    const message = 'Expected an inner manifest, found other bytes'
    return refuse({ code: 'record/inner-manifest', message, because: json.problems })
  }
  const shaped = parseBySchema(INNER_MANIFEST, json.value, describeBreach)
  if (!shaped.ok) return shaped
  const again = encodeInnerManifest(shaped.value)
  if (again.ok && equalBytes(again.value, bytes)) return shaped
  return refuse({
    code: 'record/inner-manifest',
    message: `Expected the canonical form of the inner manifest of ${quote(shaped.value.set.id)}, found another spelling`,
  })
}
