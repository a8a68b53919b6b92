// The documents that `assay gate` prints, as schemas.

import * as z from 'zod/mini'
import { COUNT, SHA256, TEXT } from '../document-members.ts'
import { TIMESTAMP_PATTERN } from '../../core/index.ts'
import { COUNTERS } from '../../gate/index.ts'

const DIGESTS = z.array(SHA256)

const WAIVER = {
  sha256: SHA256,
  check: TEXT,
  owner: TEXT,
  reason: TEXT,
  expires: TEXT,
}

const IDS = z.optional(z.array(TEXT))

const COUNTER = z.strictObject({
  name: z.enum(COUNTERS),
  count: COUNT,
  of: z.optional(COUNT),
  origins: z.optional(z.strictObject({ live: COUNT, local: COUNT, declaredLive: COUNT })),
  recorded: z.optional(COUNT),
  fulfilled: z.optional(COUNT),
  trusted: z.optional(COUNT),
  passed: z.optional(COUNT),
  counted: z.array(TEXT),
  /** The ids of those that are recorded, fulfilled, trusted or passed. */
  which: z.optional(z.strictObject({ recorded: IDS, fulfilled: IDS, trusted: IDS, passed: IDS })),
  /** Of a counter with `of`: what it does not count. */
  lacking: z.optional(z.array(z.strictObject({ id: TEXT, release: z.optional(TEXT) }))),
  rule: TEXT,
})

const POSTURE = z.strictObject({
  name: TEXT,
  label: TEXT,
  sentence: TEXT,
  gate: z.optional(TEXT),
  readiness: z.optional(TEXT),
  approval: z.optional(z.strictObject({ status: z.enum(['fulfilled', 'open']), open: COUNT })),
  isDeployable: z.optional(z.boolean()),
  isProductionReady: z.optional(z.boolean()),
  isReady: z.optional(z.boolean()),
  family: z.optional(TEXT),
  policies: z.optional(COUNT),
  status: z.optional(TEXT),
  counter: z.optional(COUNTER),
})

const TEXTS = z.array(TEXT)

const ORIGIN = z.enum(['none', 'local-proof', 'live-workflow'])

/** What policies come to that say nothing of it themselves. */
const STATUSES = {
  approvals: z.array(
    z.strictObject({
      id: TEXT,
      gate: TEXT,
      release: z.optional(TEXT),
      /** As it declares them. */
      mode: TEXT,
      scope: TEXT,
      state: z.enum(['fulfilled', 'open']),
      /** Of its own requirements. */
      open: COUNT,
      provenance: z.enum(['no-bundle', 'bundle-not-signed', 'bundle-signed']),
      signing: z.enum(['unsigned', 'signed-with-key', 'externally-attested']),
      test: z.strictObject({ linked: TEXTS, stages: TEXTS, recorded: TEXTS }),
      canary: z.enum([
        'no-canary-stage',
        'rules-defined-no-canary',
        'rules-defined-evidence-open',
        'canary-accepted',
      ]),
      production: z.enum([
        'not-production',
        'workflow-defined-launch-blocked',
        'launch-ready-not-approved',
        'launch-approved',
      ]),
      sentence: TEXT,
    }),
  ),
  evidence: z.array(
    z.strictObject({
      id: TEXT,
      kind: TEXT,
      state: z.enum(['recorded', 'implemented', 'defined']),
      implementedBy: TEXTS,
      implementation: z.strictObject({
        state: z.enum(['by-hand', 'not-looked-at', 'in-snapshot', 'not-in-snapshot']),
        /** In which it was looked. */
        snapshots: z.optional(
          z.array(
            z.strictObject({
              sha256: SHA256,
              release: TEXT,
              namedBy: z.enum(['provenance', 'tracking-record']),
            }),
          ),
        ),
        missing: z.optional(TEXTS),
      }),
      provenance: z.strictObject({ status: TEXTS, records: ORIGIN, releases: ORIGIN }),
      limits: TEXTS,
      isProductionGrade: z.boolean(),
      sentence: TEXT,
    }),
  ),
  attestations: z.array(
    z.strictObject({
      id: TEXT,
      fulfilment: z.enum(['fulfilled', 'recorded-not-fulfilled', 'defined-no-signed-records']),
      isRecorded: z.boolean(),
      sentence: TEXT,
    }),
  ),
}

const REQUIREMENT = z.strictObject({
  /** `<policy id>#<requirement id>` */
  id: TEXT,
  policy: TEXT,
  list: z.enum(['deploy', 'launch', 'fulfilment', 'requirements']),
  /** The words of its author. */
  title: TEXT,
  asks: z.array(TEXT),
  clears: z.optional(TEXT),
  /** File, line and column. */
  rule: TEXT,
  get parts() {
    return z.optional(z.array(REQUIREMENT))
  },
})

/** The schema of a verdict, and of its outcome. */
interface VerdictSchemas<C extends z.ZodMiniType, O extends z.ZodMiniType> {
  readonly check: C
  readonly outcome: O
}

/** The schemas by their names. */
export function gateSchemas<C extends z.ZodMiniType, O extends z.ZodMiniType>({
  check,
  outcome,
}: VerdictSchemas<C, O>) {
  const common = {
    outcome,
    ledger: TEXT,
    scope: z.enum(['project', 'run']),
    at: TEXT.check(z.regex(TIMESTAMP_PATTERN)),
    trust: z.strictObject({ sha256: SHA256 }),
    policies: z.strictObject({ sha256: SHA256 }),
    size: z.optional(COUNT),
    root: z.optional(TEXT),
    /** Of the ledger, its heads, and the time as of which is judged. */
    checks: z.array(check),
  }
  return {
    gates: z.strictObject({
      schema: z.literal('assay/gates/v1'),
      ...common,
      gates: z.array(gateSchema(check, outcome)),
    }),
    counters: z.strictObject({
      schema: z.literal('assay/counters/v1'),
      ...common,
      counters: z.array(COUNTER),
      posture: z.array(POSTURE),
      ...STATUSES,
    }),
    /** Statements with a predicate of the type https://slsa.dev/verification_summary/v1, as they would be signed. */
    summaries: z.strictObject({
      schema: z.literal('assay/summaries/v1'),
      statements: z.array(z.record(z.string(), z.unknown())),
    }),
    'policy-explanation': z.strictObject({
      schema: z.literal('assay/policy-explanation/v1'),
      policies: z.strictObject({ sha256: SHA256 }),
      requirements: z.array(REQUIREMENT),
    }),
  } as const
}

/** Something that speaks against a subject, with what clears it, in words and as command lines. */
export function againstSchema<C extends z.ZodMiniType>(check: C) {
  return z.strictObject({
    check,
    clears: z.optional(TEXT),
    commands: z.optional(z.array(TEXT)),
  })
}

function gateSchema<C extends z.ZodMiniType, O extends z.ZodMiniType>(check: C, outcome: O) {
  const list = z.strictObject({
    policy: TEXT,
    outcome,
    requirements: z.array(
      z.strictObject({
        id: TEXT,
        outcome,
        rule: TEXT,
        /** SHA-256 of what was looked at, of what made it accepted, and of what speaks against the release. */
        selected: DIGESTS,
        supporting: DIGESTS,
        against: DIGESTS,
        verdict: check,
      }),
    ),
    blockers: z.array(blockerSchema(check, outcome)),
  })
  const waived = z.array(z.strictObject({ ...WAIVER, outcome }))
  return z.strictObject({
    id: TEXT,
    policy: z.strictObject({ id: TEXT, sha256: SHA256 }),
    /** The release in question; before there is one, the commit. */
    release: z.optional(TEXT),
    /** SHA-256 of the manifest of its artifacts, where its records agree on one. */
    set: z.optional(SHA256),
    commit: z.optional(TEXT),
    decision: z.enum(['go', 'go-by-exception', 'no-go']),
    /** What speaks against it, whatever its evidence shows. */
    against: z.array(againstSchema(check)),
    /** Of a gate. */
    deploymentAllowed: z.optional(z.boolean()),
    productionReady: z.optional(z.boolean()),
    deploy: z.optional(list),
    launch: z.optional(list),
    fulfilment: z.optional(z.array(list)),
    /** Of a policy of requirements. */
    requirements: z.optional(list),
    exceptions: waived,
    waivers: z.strictObject({
      /** Of what nobody could verify. */
      used: waived,
      /** Of what no waiver makes good. */
      ineffective: waived,
      unused: z.array(z.strictObject(WAIVER)),
      /** Over, or signed by nobody who may waive. */
      idle: z.array(z.strictObject({ ...WAIVER, status: TEXT })),
    }),
  })
}

/** What of a gate or of a criterion is not satisfied. */
export function blockerSchema<C extends z.ZodMiniType, O extends z.ZodMiniType>(
  check: C,
  outcome: O,
) {
  return z.strictObject({
    id: TEXT,
    outcome,
    /** File, line and column. */
    rule: TEXT,
    sentence: TEXT,
    /** What was looked at and does not support it, or speaks against the release, and why: the innermost checks. */
    evidence: z.array(
      z.strictObject({
        sha256: SHA256,
        entry: COUNT,
        /** Its family, or else its predicate type. */
        kind: TEXT,
        signer: z.strictObject({
          name: TEXT,
          kind: z.enum(['person', 'automation', 'unknown']),
        }),
        reasons: z.array(check),
      }),
    ),
    clears: TEXT,
    /** Command lines; what is in capitals is for a person to say. */
    commands: z.array(TEXT),
    waivedUntil: z.optional(TEXT),
  })
}
