// The shape of trust.json: what each member may look like by itself. How they fit together is checked in consistency.ts.

import * as z from 'zod/mini'

/**
 * Names are ASCII and begin with a letter or digit: no two that look alike, none that JavaScript inherits as
 * `__proto__` (attacks ).
 */
const NAME = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._@+-]{0,199}$/, { error: 'an ASCII name' }))

/** Who holds a key: a name, an e-mail address, a URI. */
const PRINCIPAL = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._@+:/-]{0,199}$/, { error: 'an ASCII name' }))

/** TypeURI (in-toto field_types.md): compared as it is spelt. */
const PREDICATE_TYPE = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9+.-]*:[!-~]{1,1000}$/, { error: 'a URI in ASCII' }))

const TIMESTAMP = z.string().check(
  z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/, {
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
  publicKey: z.union([z.string(), JWK]),
  notBefore: z.optional(TIMESTAMP),
  notAfter: z.optional(TIMESTAMP),
  revoked: z.optional(
    z.strictObject({ at: TIMESTAMP, reason: z.enum(['compromised', 'retired']) }),
  ),
  roles: z.array(NAME).check(z.minLength(1)),
  principal: z.optional(PRINCIPAL),
  kind: z.optional(z.enum(['person', 'automation'])),
})

const ROLE = z.strictObject({
  name: NAME,
  predicateTypes: z.optional(z.array(PREDICATE_TYPE).check(z.minLength(1))),
  targets: z.optional(z.array(NAME).check(z.minLength(1))),
  threshold: z.int().check(z.gte(1), z.lte(32)),
  distinctFrom: z.optional(z.array(NAME).check(z.minLength(1))),
})

/** `schema` of trust.json. */
export const TRUST_SCHEMA = 'assay/trust/v1'

/** The whole document; its JSON Schema is published as `schemas/trust.json`. */
export const trustDocumentSchema = z.strictObject({
  schema: z.literal(TRUST_SCHEMA),
  keys: z.array(KEY),
  roles: z.array(ROLE),
})

/** The document as JSON has it. */
export type TrustJson = z.infer<typeof trustDocumentSchema>
