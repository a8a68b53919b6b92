// The shape of trust.json: what each member may look like by itself. How they fit together is checked in consistency.ts.

import * as z from 'zod/mini'
import {
  isJsonObject,
  type JsonValue,
  parseBySchema,
  quote,
  refuse,
  type Result,
  TIMESTAMP_PATTERN,
} from '../core/index.ts'
import { PRIVATE_KEY_FOUND, PRIVATE_MEMBERS } from './key/jwk.ts'
import { PATTERNS, THRESHOLD, TRUST_SCHEMA } from './plain-trust.ts'
import type { TrustProblem } from './problem.ts'
import { CLAIM_ARCS, type ClaimName } from './sigstore/identity/certificate-identity.ts'
import { BUILD_LEVEL_MAX } from './trusted-pair.ts'

/**
 * Names are ASCII and begin with a letter or digit: no two that look alike, none that JavaScript inherits as
 * `__proto__` (attacks ).
 */
const NAME = z.string().check(
  z.regex(PATTERNS.name, {
    error: 'a name of ASCII letters, digits and . _ @ + -, which begins with a letter or digit',
  }),
)

/** Who holds a key: a name, an e-mail address, a URI. */
const PRINCIPAL = z.string().check(
  z.regex(PATTERNS.principal, {
    error: 'a name of ASCII letters, digits and . _ @ + - : /, which begins with a letter or digit',
  }),
)

/** TypeURI (in-toto field_types.md): compared as it is spelt. */
const PREDICATE_TYPE = z
  .string()
  .check(z.regex(PATTERNS.predicateType, { error: 'a URI in ASCII' }))

const TIMESTAMP = z.string().check(
  z.regex(TIMESTAMP_PATTERN, {
    error: 'a time such as "2026-04-10T12:00:00Z"',
  }),
)

/** RFC 7517, the public half; jwk.ts judges the members that belong to the kind of key. */
const JWK = z.strictObject({
  kty: z.string(),
  crv: z.optional(z.string()),
  x: z.optional(z.string()),
  y: z.optional(z.string()),
  n: z.optional(z.string()),
  e: z.optional(z.string()),
  kid: z.optional(z.string()),
  alg: z.optional(z.string()),
  use: z.optional(z.string()),
  key_ops: z.optional(z.array(z.string())),
})

const KEY = z.strictObject({
  name: NAME,
  /** A JWK, or a string that holds PEM or an OpenSSH public key. */
  publicKey: z.union([z.string(), JWK], { error: 'a JWK or a text with a public key' }),
  notBefore: z.optional(TIMESTAMP),
  notAfter: z.optional(TIMESTAMP),
  revoked: z.optional(
    z.strictObject({ at: TIMESTAMP, reason: z.enum(['compromised', 'retired']) }),
  ),
  roles: z.array(NAME).check(z.minLength(1)),
  principal: z.optional(PRINCIPAL),
  kind: z.optional(z.enum(['person', 'automation'])),
  requires: z.optional(z.array(z.enum(['log', 'timestamp'])).check(z.minLength(1))),
})

const ROLE = z.strictObject({
  name: NAME,
  predicateTypes: z.optional(z.array(PREDICATE_TYPE).check(z.minLength(1))),
  targets: z.optional(z.array(NAME).check(z.minLength(1))),
  threshold: z.int().check(z.gte(THRESHOLD.min), z.lte(THRESHOLD.max)),
  distinctFrom: z.optional(z.array(NAME).check(z.minLength(1))),
  /** Its holders sign drafts, and nothing else. */
  draft: z.optional(z.literal(true)),
})

/** A trusted root with what it may be used for; parse-trusted-root.ts judges the document in it. */
const ROOT = z.strictObject({
  name: NAME,
  mark: z.enum(['live', 'rehearsal']),
  trustedRoot: z.record(z.string(), z.unknown()),
})

const IDENTITY_TEXT = z
  .string()
  .check(z.regex(PATTERNS.identity, { error: 'printable ASCII without blanks' }))

const CLAIM = z.optional(
  z.string().check(z.regex(PATTERNS.claim, { error: 'a text of at most 1024 visible characters' })),
)

/** Whose certificates count; identity-rule.ts judges issuer and name. */
const IDENTITY = z.strictObject({
  name: NAME,
  issuer: IDENTITY_TEXT,
  san: IDENTITY_TEXT,
  /** `*` in the ref after the last `@` of `san` is a pattern. */
  glob: z.optional(z.literal('ref')),
  claims: z.optional(
    z.strictObject(
      Object.fromEntries(Object.keys(CLAIM_ARCS).map((name) => [name, CLAIM])) as Record<
        ClaimName,
        typeof CLAIM
      >,
    ),
  ),
  roles: z.array(NAME).check(z.minLength(1)),
  principal: z.optional(PRINCIPAL),
  kind: z.optional(z.enum(['person', 'automation'])),
  ci: z.optional(z.literal(true)),
})

const REGISTRY_KEY = z.strictObject({
  name: NAME,
  keyId: IDENTITY_TEXT,
  publicKey: JWK,
  validFor: z.strictObject({ start: TIMESTAMP, end: z.optional(TIMESTAMP) }),
})

/** SLSA: signer and name count only together. */
const PAIR = {
  name: NAME,
  id: z.string().check(z.regex(PATTERNS.uri, { error: 'a URI in ASCII' })),
  signers: z.array(NAME).check(z.minLength(1)),
} as const

/** Whose summaries count, and by whose signature. */
const VERIFIER = z.strictObject(PAIR)

/** Which level of SLSA's build track a provenance shows, by whose signature. */
const BUILDER = z.strictObject({
  ...PAIR,
  buildLevel: z.int().check(z.gte(1), z.lte(BUILD_LEVEL_MAX)),
})

/** The whole document; its JSON Schema is published as `schemas/trust.json`. */
export const trustDocumentSchema = z.strictObject({
  schema: z.literal(TRUST_SCHEMA),
  keys: z.array(KEY),
  roles: z.array(ROLE),
  roots: z.optional(z.array(ROOT)),
  identities: z.optional(z.array(IDENTITY)),
  registryKeys: z.optional(z.array(REGISTRY_KEY)),
  verifiers: z.optional(z.array(VERIFIER)),
  builders: z.optional(z.array(BUILDER)),
})

/** The document as JSON has it. */
export type TrustJson = z.infer<typeof trustDocumentSchema>

/** The document by the schema alone, or every rule of it that is broken; of another document, only that it is another. */
export function parseTrustBySchema(value: JsonValue): Result<TrustJson, TrustProblem> {
  if (isJsonObject(value) && value['schema'] !== TRUST_SCHEMA) {
    return refuse({
      code: 'trust/document',
      message: `Expected ${quote(TRUST_SCHEMA)}`,
      at: '/schema',
      hint: 'assay trust init writes a trust document',
    })
  }
  return parseBySchema(trustDocumentSchema, value, ({ message, at, member = '' }) => {
    const isPrivate = PRIVATE_MEMBERS.includes(member) && at?.endsWith('/publicKey') === true
    const problem = isPrivate ? PRIVATE_KEY_FOUND : { code: 'trust/document' as const, message }
    return { ...problem, ...(at !== undefined && { at }) }
  })
}
