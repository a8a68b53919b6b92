// The lineage of a release (seed ruling 41) as a document: where it comes from, what became of it, and which record says each of it.

import * as z from 'zod/mini'
import { TIMESTAMP_PATTERN } from '../../core/index.ts'

const TEXT = z.string()
const COUNT = z.int().check(z.gte(0))
const TIME = TEXT.check(z.regex(TIMESTAMP_PATTERN))
const OUTCOME = z.enum(['accepted', 'unverified', 'rejected', 'missing', 'stale', 'error'])
const SHA256 = TEXT.check(z.regex(/^[0-9a-f]{64}$/))

/** The verified statement that says it. */
const SAID_BY = z.strictObject({
  /** Of its bundle: its name in the ledger. */
  sha256: SHA256,
  /** Of its entry, from 0. */
  entry: COUNT,
  /** The principal, by the trust document. */
  signer: TEXT,
  /** What the statement comes to, as of `at`. */
  outcome: OUTCOME,
})

const RELEASE = z.strictObject({
  id: TEXT,
  target: TEXT,
  channel: TEXT,
  version: TEXT,
  run: TEXT,
})

const PROMOTION = z.strictObject({
  stage: TEXT,
  from: TEXT,
  to: TEXT,
  phase: z.optional(TEXT),
  /** Computed: `stage-reached`, `stage-open`, …; `docs/predicates/promotion.md` lists them. */
  status: TEXT,
  saidBy: SAID_BY,
})

const DEPLOYMENT = z.strictObject({
  environment: TEXT,
  observedSet: SHA256,
  observedAt: TIME,
  status: TEXT,
  saidBy: SAID_BY,
})

const APPROVAL = z.strictObject({
  scope: TEXT,
  decision: TEXT,
  /** What all decisions come to: `granted`, `awaiting-quorum`, … */
  status: TEXT,
  approver: TEXT,
  kind: TEXT,
  saidBy: SAID_BY,
})

/** What every document about the way of a release has. */
const ABOUT = {
  /** As of which it was computed: the only member that another run over the same records changes. */
  at: TIME,
  /** Of all records of the release and of the ledger; accepted is nothing of which a record is not. */
  outcome: OUTCOME,
  release: RELEASE,
}

/** What no record says, by the name of the part. */
export const LINEAGE_PARTS = [
  'set',
  'artifacts',
  'provenance',
  'repository',
  'run',
  'snapshot',
  'sbom',
  'promotion',
  'deployment',
  'rollback',
] as const

/** `release_lineage.json`. */
export const releaseLineageSchema = z.strictObject({
  schema: z.literal('assay/release-lineage/v1'),
  ...ABOUT,
  /** The artifact set: by the digest of its manifest. */
  set: z.optional(
    z.strictObject({
      sha256: SHA256,
      /** How many artifacts there are, where a provenance names each of them. */
      artifacts: z.optional(COUNT),
      saidBy: SAID_BY,
    }),
  ),
  /** By accepted provenance; without one, what the records of the release say. What is not for the public is left out. */
  sources: z.array(
    z.strictObject({
      commit: TEXT,
      repository: z.optional(TEXT),
      ref: z.optional(TEXT),
      tree: z.optional(TEXT),
      saidBy: SAID_BY,
    }),
  ),
  builds: z.array(
    z.strictObject({
      builder: z.optional(TEXT),
      buildType: z.optional(TEXT),
      workflow: z.optional(TEXT),
      /** Address of the run: of the certificate, else as the builder names the invocation. */
      run: z.optional(TEXT),
      invocation: z.optional(TEXT),
      trigger: z.optional(TEXT),
      saidBy: SAID_BY,
    }),
  ),
  snapshot: z.optional(z.strictObject({ sha256: SHA256, saidBy: SAID_BY })),
  sboms: z.array(z.strictObject({ saidBy: SAID_BY })),
  approvals: z.array(APPROVAL),
  promotions: z.array(PROMOTION),
  deployments: z.array(DEPLOYMENT),
  /** Releases to go back to, with how far each is trusted today. */
  rollbackTargets: z.array(
    z.strictObject({
      release: TEXT,
      /** `known-good-signed`, `known-good-documented` or `documented-ref`. */
      trust: TEXT,
      verification: TEXT,
      reference: z.optional(TEXT),
      confirmedBy: z.array(TEXT),
      saidBy: SAID_BY,
    }),
  ),
  /** Whether the release may still be used. */
  use: z.strictObject({
    status: z.enum(['current', 'superseded', 'withdrawn']),
    replacement: z.optional(TEXT),
    saidBy: z.optional(SAID_BY),
  }),
  /** Records in whose place a later one stands. */
  superseded: z.array(z.strictObject({ sha256: SHA256, entry: COUNT, family: TEXT })),
  /** Parts that no record tells of. */
  missing: z.array(z.enum(LINEAGE_PARTS)),
  /** Why it is not accepted. */
  reasons: z.array(z.strictObject({ code: z.optional(TEXT), message: TEXT })),
})

/** `release_bundle_promotion_<environment>.json`. */
export const promotionReportSchema = z.strictObject({
  schema: z.literal('assay/release-bundle-promotion/v1'),
  ...ABOUT,
  environment: TEXT,
  set: z.optional(SHA256),
  /** Where it was before. */
  from: z.array(TEXT),
  to: z.array(TEXT),
  promotions: z.array(PROMOTION),
  approvals: z.array(APPROVAL),
  deployments: z.array(DEPLOYMENT),
  /** SHA-256 of every statement that it rests on, sorted. */
  evidence: z.array(SHA256),
  reasons: z.array(z.strictObject({ code: z.optional(TEXT), message: TEXT })),
})

/** Where a release comes from, and what became of it. */
export type ReleaseLineage = Readonly<z.infer<typeof releaseLineageSchema>>

/** What brought a release into an environment. */
export type PromotionReport = Readonly<z.infer<typeof promotionReportSchema>>

/** The statement that says something. */
export type SaidBy = Readonly<z.infer<typeof SAID_BY>>
