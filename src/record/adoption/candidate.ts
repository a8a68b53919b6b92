// An adoption candidate: what somebody proposes to take into the ledger of the project. It is a proposal and is not signed; a review
// contract names it by its digest.

import { strict as assert } from 'node:assert'
import * as z from 'zod/mini'
import {
  encodeCanonicalJson,
  encodeDocument,
  LIMITS,
  parseBySchema,
  parseJson,
  type Result,
  refuse,
} from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import { ADOPTABLE_FAMILIES } from '../../policy/index.ts'
import { describeBreach } from '../family.ts'
import { listOf, POLICY, POLICY_ID, SHA256, TEXT } from '../statement/member-schema.ts'
import type { RecordProblem } from '../problem.ts'
import { RELEASE_REFERENCE } from '../statement/release-reference.ts'

const CANDIDATE_SCHEMA = 'assay/adoption-candidate/v1'

/** A candidate; its JSON Schema is published as `schemas/adoption-candidate.json`. */
export const adoptionCandidateSchema = z.strictObject({
  schema: z.literal(CANDIDATE_SCHEMA),
  /** The release, in the phase that the records are of. */
  release: RELEASE_REFERENCE,
  /** SHA-256 of the set's manifest. */
  set: SHA256,
  /** The adoption policy. */
  policy: POLICY_ID,
  /** SHA-256 of the pack that the records come from. */
  sourcePack: SHA256,
  /** The records of the pack that only an adoption can bring into the ledger, in the order of the pack. */
  records: listOf(
    z.strictObject({ family: z.enum(ADOPTABLE_FAMILIES), id: TEXT, sha256: SHA256 }),
    ({ sha256 }) => sha256,
  ).check(z.minLength(1)),
  /** The gate's policies, as the pack has them. */
  policies: listOf(POLICY, ({ id }) => id),
})

/** A candidate that was read. */
export type AdoptionCandidate = Readonly<z.infer<typeof adoptionCandidateSchema>>

/** The candidate of what a pack holds. */
export function completeCandidate(parts: Omit<AdoptionCandidate, 'schema'>): AdoptionCandidate {
  return { schema: CANDIDATE_SCHEMA, ...parts }
}

/** As it stands in its file. */
export function encodeCandidate(candidate: AdoptionCandidate): string {
  return encodeDocument(candidate)
}

/** Reads a candidate's file. */
export function parseCandidate(bytes: Uint8Array): Result<AdoptionCandidate, RecordProblem> {
  const json = parseJson(bytes, { bytesMax: LIMITS.writtenBytesMax })
  if (!json.ok) {
    const message = 'Expected an adoption candidate, found no JSON that can be read'
    return refuse({ code: 'record/candidate', message, because: json.problems })
  }
  return parseBySchema(adoptionCandidateSchema, json.value, describeBreach)
}

/** SHA-256 of its canonical form (RFC 8785): how its file is indented does not change it. */
export function digestCandidate(candidate: AdoptionCandidate): string {
  const canonical = encodeCanonicalJson(candidate)
  assert(canonical.ok, 'a candidate holds texts that were read from JSON')
  return digestBytes('sha256', canonical.value)
}
