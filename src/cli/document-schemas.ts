// The documents that `--format json` prints, as schemas: the build publishes them, and a test holds every command to them.

import * as z from 'zod/mini'
import { COUNT, SHA256, TEXT } from './document-members.ts'
import { TIMESTAMP_PATTERN } from '../core/index.ts'
import { signedResultSchema, STANDINGS } from '../gate/index.ts'
import { auditSchemas } from './audit/document-schemas.ts'
import { draftSchemas } from './draft/document-schemas.ts'
import { gateSchemas } from './gate/document-schemas.ts'
import { ledgerSchemas } from './ledger/document-schemas.ts'
import { lineageSchemas } from './lineage/document-schemas.ts'
import { policySchemas } from './policy/document-schemas.ts'
import { adoptionSchemas } from './record/adoption/document-schemas.ts'
import { playbookSchemas } from './playbook/document-schemas.ts'
import { readinessSchemas } from './readiness/document-schemas.ts'
import { recordSchemas } from './record/document-schemas.ts'

const TIMESTAMP = TEXT.check(z.regex(TIMESTAMP_PATTERN))
const OUTCOME = z.enum(['accepted', 'unverified', 'rejected', 'missing', 'stale', 'error'])
const OBJECT = z.record(TEXT, z.unknown())

const PROBLEM = z.strictObject({
  code: TEXT,
  message: TEXT,
  at: z.optional(TEXT),
  hint: z.optional(TEXT),
  get because() {
    return z.optional(z.array(PROBLEM))
  },
})

const CHECK = z.strictObject({
  name: TEXT,
  outcome: OUTCOME,
  message: TEXT,
  code: z.optional(TEXT),
  expected: z.optional(TEXT),
  found: z.optional(TEXT),
  hint: z.optional(TEXT),
  because: z.optional(z.array(PROBLEM)),
  get checks() {
    return z.optional(z.array(CHECK))
  },
})

const FACT = z.strictObject({
  label: TEXT,
  value: TEXT,
  get facts() {
    return z.optional(z.array(FACT))
  },
})

const ARTIFACT = z.strictObject({
  path: TEXT,
  size: z.optional(COUNT),
  digest: z.strictObject({ sha256: SHA256, sha512: z.optional(TEXT) }),
})

/** What goes with every set: what is not covered by its digest, and what might surprise. */
const SET_REST = {
  links: z.array(z.strictObject({ path: TEXT, target: TEXT })),
  leftOut: z.array(z.strictObject({ path: TEXT, reason: TEXT })),
  warnings: z.array(z.strictObject({ code: TEXT, message: TEXT })),
}

const CHANGE = z.strictObject({
  kind: TEXT,
  place: TEXT,
  name: TEXT,
  before: z.optional(TEXT),
  after: z.optional(TEXT),
})

const SIGNER_REST = {
  name: TEXT,
  principal: TEXT,
  kind: z.optional(z.enum(['person', 'automation'])),
  roles: z.array(TEXT),
}

const SAN = z.strictObject({ type: z.enum(['uri', 'email', 'other-name']), value: TEXT })

const SIGNER = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('key'), keyId: TEXT, ...SIGNER_REST }),
  z.strictObject({
    type: z.literal('certificate'),
    issuer: TEXT,
    san: SAN,
    claims: z.record(TEXT, TEXT),
    root: z.strictObject({
      name: TEXT,
      mark: z.enum(['live', 'rehearsal']),
      sha256: SHA256,
      isPublicGood: z.boolean(),
    }),
    ...SIGNER_REST,
  }),
])

const JUDGED_BUNDLE = z.strictObject({
  name: TEXT,
  outcome: OUTCOME,
  signer: z.optional(SIGNER),
  origin: z.optional(TEXT),
  statement: z.optional(z.strictObject({ version: TEXT, predicateType: TEXT })),
  artifactSignature: z.optional(z.strictObject({ artifact: TEXT, digest: TEXT })),
  subjects: z.optional(
    z.array(z.strictObject({ artifact: TEXT, subject: z.optional(TEXT), digest: TEXT })),
  ),
  judged: z.optional(
    z.strictObject({
      at: TIMESTAMP,
      source: z.enum(['timestamp', 'log', 'clock', 'given']),
      vouched: z.array(
        z.strictObject({ at: TIMESTAMP, by: z.enum(['timestamp', 'log']), name: TEXT }),
      ),
      notJudged: z.strictObject({ logEntries: COUNT, timestamps: COUNT }),
    }),
  ),
})

/** Who signed, and who witnessed it. */
const SIGNED = {
  keyId: z.optional(TEXT),
  /** Of the certificate, where no key of one's own signed. */
  identity: z.optional(z.strictObject({ issuer: TEXT, san: SAN })),
  /** Whoever vouches for the time of the signature. */
  vouched: z.optional(
    z.array(z.strictObject({ at: TIMESTAMP, by: z.enum(['timestamp', 'log']), name: TEXT })),
  ),
  logIndexes: z.optional(z.array(TEXT)),
}

/** By the name in `schema`, which is `assay/<name>/v1`. */
export const DOCUMENT_SCHEMAS = {
  attest: z.strictObject({
    schema: z.literal('assay/attest/v1'),
    out: z.optional(TEXT),
    predicateType: z.optional(TEXT),
    subjects: z.optional(z.array(OBJECT)),
    ...SIGNED,
    payloadSha256: z.optional(SHA256),
    bundleSha256: z.optional(SHA256),
    /** With `--dry-run`, instead of all others. */
    statement: z.optional(OBJECT),
  }),
  ...auditSchemas({ check: CHECK, outcome: OUTCOME }),
  completion: z.strictObject({
    schema: z.literal('assay/completion/v1'),
    shell: z.optional(z.enum(['bash', 'zsh', 'fish'])),
    script: z.optional(TEXT),
    proposals: z.optional(z.array(TEXT)),
  }),
  digest: z.strictObject({
    schema: z.literal('assay/digest/v1'),
    form: TEXT,
    setDigest: z.strictObject({ sha256: SHA256, dirHash: SHA256 }),
    artifacts: z.array(ARTIFACT),
    ...SET_REST,
  }),
  'digest-check': z.strictObject({
    schema: z.literal('assay/digest-check/v1'),
    outcome: OUTCOME,
    message: TEXT,
    manifest: TEXT,
    algorithm: z.enum(['sha256', 'sha512']),
    matched: z.array(OBJECT),
    changed: z.array(OBJECT),
    missing: z.array(OBJECT),
    extra: z.array(OBJECT),
    renamed: z.array(OBJECT),
    ...SET_REST,
  }),
  ...draftSchemas({ check: CHECK, outcome: OUTCOME, signed: SIGNED }),
  ...gateSchemas({ check: CHECK, outcome: OUTCOME }),
  doctor: z.extend(CHECK, { schema: z.literal('assay/doctor/v1'), version: TEXT }),
  help: z.strictObject({
    schema: z.literal('assay/help/v1'),
    topics: z.optional(z.array(TEXT)),
    topic: z.optional(TEXT),
    text: z.optional(TEXT),
  }),
  inspection: z.strictObject({
    schema: z.literal('assay/inspection/v1'),
    verified: z.literal(false),
    kind: TEXT,
    facts: z.array(FACT),
  }),
  jwks: z.strictObject({ schema: z.literal('assay/jwks/v1'), keys: z.array(OBJECT) }),
  key: z.strictObject({
    schema: z.literal('assay/key/v1'),
    keyId: TEXT,
    type: TEXT,
    privateKey: TEXT,
    publicKey: TEXT,
    encrypted: z.boolean(),
  }),
  ...policySchemas({ check: CHECK, outcome: OUTCOME, problem: PROBLEM }),
  ...ledgerSchemas({ check: CHECK, outcome: OUTCOME }),
  ...adoptionSchemas(CHECK),
  ...lineageSchemas,
  ...playbookSchemas({ check: CHECK, outcome: OUTCOME }),
  ...readinessSchemas({ check: CHECK, outcome: OUTCOME }),
  ...recordSchemas({ check: CHECK, signed: SIGNED }),
  problems: z.strictObject({
    schema: z.literal('assay/problems/v1'),
    outcome: z.literal('error'),
    problems: z.array(PROBLEM).check(z.minLength(1)),
  }),
  'public-key': z.strictObject({
    schema: z.literal('assay/public-key/v1'),
    keyId: TEXT,
    type: TEXT,
    jwk: OBJECT,
    pem: TEXT,
  }),
  'result-verification': z.strictObject({
    schema: z.literal('assay/result-verification/v1'),
    outcome: OUTCOME,
    commitment_id: SHA256,
    kid: TEXT,
    gate: TEXT,
    at: TIMESTAMP,
    signed_at: TIMESTAMP,
    verdict: z.enum(STANDINGS),
    /** What it continues by, though it is not met. */
    exceptions: z.optional(
      z.array(z.strictObject({ check: TEXT, expires: TIMESTAMP, sha256: SHA256 })),
    ),
    release: z.optional(TEXT),
    /** SHA-256 of the manifest of its artifacts. */
    set: z.optional(SHA256),
    commit: z.optional(TEXT),
    head: z.optional(z.strictObject({ size: COUNT, root: TEXT })),
    scope: z.optional(z.literal('run')),
    strict: z.optional(z.literal(true)),
    check: CHECK,
  }),
  'signed-result': signedResultSchema,
  'snapshot-difference': z.strictObject({
    schema: z.literal('assay/snapshot-difference/v1'),
    outcome: OUTCOME,
    failures: z.array(CHANGE),
    information: z.array(CHANGE),
  }),
  'trust-change': z.strictObject({
    schema: z.literal('assay/trust-change/v1'),
    trust: TEXT,
    digest: SHA256,
    keys: COUNT,
    roles: COUNT,
    roots: COUNT,
    identities: COUNT,
    registryKeys: COUNT,
    verifiers: COUNT,
    builders: COUNT,
  }),
  'trust-update': z.strictObject({
    schema: z.literal('assay/trust-update/v1'),
    trust: TEXT,
    digest: SHA256,
    root: z.strictObject({ name: TEXT, digest: SHA256, publicGood: z.boolean() }),
    isNew: z.boolean(),
    changes: z.array(
      z.strictObject({
        what: z.enum(['added', 'dropped', 'ended', 'changed']),
        kind: TEXT,
        name: TEXT,
      }),
    ),
    kept: z.optional(TEXT),
    repository: z.strictObject({
      mirror: TEXT,
      versions: z.strictObject({ root: COUNT, timestamp: COUNT, snapshot: COUNT, targets: COUNT }),
      expires: TIMESTAMP,
    }),
  }),
  'trust-summary': z.strictObject({
    schema: z.literal('assay/trust-summary/v1'),
    digest: SHA256,
    at: TIMESTAMP,
    keys: z.array(OBJECT),
    roles: z.array(OBJECT),
    roots: z.array(OBJECT),
    identities: z.array(OBJECT),
    registryKeys: z.array(OBJECT),
    verifiers: z.array(OBJECT),
    builders: z.array(OBJECT),
  }),
  verification: z.strictObject({
    schema: z.literal('assay/verification/v1'),
    outcome: OUTCOME,
    trust: z.strictObject({ sha256: SHA256 }),
    bundles: z.array(JUDGED_BUNDLE),
    notAsked: z.array(z.strictObject({ name: TEXT, unverifiedPredicateType: z.optional(TEXT) })),
    verdict: CHECK,
  }),
} as const
