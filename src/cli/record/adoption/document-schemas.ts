// The documents that the commands about adoptions print, as schemas.

import * as z from 'zod/mini'
import { COUNT, SHA256, TEXT } from '../../document-members.ts'

const OUTCOME = z.enum(['accepted', 'rejected', 'missing', 'stale', 'error'])

const STANDING = {
  status: z.optional(TEXT),
  outcome: z.optional(OUTCOME),
  reasons: z.optional(z.array(TEXT)),
}

function sheetSchema<C extends z.ZodMiniType>(check: C) {
  return z.strictObject({
    candidate: SHA256,
    sourcePack: SHA256,
    /** The signed head under which the run is whole; absent where nobody judged it. */
    runHead: z.optional(z.strictObject({ log: TEXT, size: COUNT, root: SHA256 })),
    artifactSetId: TEXT,
    phase: TEXT,
    /** What an audit of the project would say of the release. */
    outcome: OUTCOME,
    /** Why the release may not be used any more. */
    use: z.optional(check),
    /** Records of the project that speak against it; absent where there are none. */
    against: z.optional(z.array(z.strictObject({ family: TEXT, sha256: SHA256, status: TEXT }))),
    records: z.array(
      z.strictObject({
        family: TEXT,
        id: TEXT,
        sha256: SHA256,
        change: z.enum(['new', 'known', 'replaces']),
        replaced: z.optional(SHA256),
        /** A newer one of its id, which would count as well. */
        beside: z.optional(SHA256),
        signer: z.optional(TEXT),
        /** What the project would show of the record. */
        ...STANDING,
      }),
    ),
    companions: z.array(
      z.strictObject({
        family: TEXT,
        sha256: SHA256,
        /** False for what needs an adoption and is kept without one: its status is that of its run. */
        counts: z.boolean(),
        replacedBy: z.optional(SHA256),
        ...STANDING,
      }),
    ),
    /** Earlier words that stand against the candidate until their reviewers take them back. */
    refusals: z.array(z.strictObject({ reviewer: TEXT, sha256: SHA256, note: z.optional(TEXT) })),
    missingFamilies: z.array(TEXT),
    policyMoves: z.array(
      z.strictObject({ id: TEXT, before: z.optional(SHA256), after: z.optional(SHA256) }),
    ),
    producers: z.array(TEXT),
    origin: TEXT,
  })
}

/** What a signature adds. */
const SIGNED = {
  keyId: z.optional(TEXT),
  identity: z.optional(z.record(TEXT, z.unknown())),
  vouched: z.optional(z.array(z.record(TEXT, z.unknown()))),
  logIndexes: z.optional(z.array(TEXT)),
  bundleSha256: z.optional(SHA256),
}

/** The schemas by their names. */
export function adoptionSchemas<C extends z.ZodMiniType>(check: C) {
  const verdict = z.optional(check)
  const sheet = z.optional(sheetSchema(check))
  return {
    'adoption-proposal': z.strictObject({
      schema: z.literal('assay/adoption-proposal/v1'),
      out: z.optional(TEXT),
      sheet,
      /** Where a record of the source is not accepted. */
      verdict,
    }),
    'adoption-review': z.strictObject({
      schema: z.literal('assay/adoption-review/v1'),
      /** Absent where the source is not accepted. */
      sheet,
      decision: z.optional(z.enum(['adopt', 'refuse'])),
      out: z.optional(TEXT),
      ...SIGNED,
      verdict,
    }),
    adoption: z.strictObject({
      schema: z.literal('assay/adoption/v1'),
      artifactSetId: TEXT,
      phase: TEXT,
      ledger: z.optional(TEXT),
      adopter: z.optional(TEXT),
      /** Why the release may not be used any more. */
      use: verdict,
      size: z.optional(COUNT),
      root: z.optional(TEXT),
      records: z.optional(
        z.array(
          z.strictObject({
            index: COUNT,
            isNew: z.boolean(),
            sha256: SHA256,
            predicateType: TEXT,
            release: TEXT,
          }),
        ),
      ),
      ...SIGNED,
      verdict,
    }),
  } as const
}
