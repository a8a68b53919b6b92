// The common trust document, told by a glance: the schema is loaded and walked only for those that may be wrong.

import { isJsonObject, type JsonValue, TIMESTAMP_PATTERN } from '../core/index.ts'
import type { TrustJson } from './document-schema.ts'
import { CLAIM_ARCS } from './sigstore/identity/certificate-identity.ts'
import { BUILD_LEVEL_MAX } from './trusted-pair.ts'

/** `schema` of trust.json. */
export const TRUST_SCHEMA = 'assay/trust/v1'

/** What a member that is text may look like; `document-schema.ts` says why. */
export const PATTERNS = {
  name: /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,199}$/,
  principal: /^[A-Za-z0-9][A-Za-z0-9._@+:/-]{0,199}$/,
  predicateType: /^[a-z][a-z0-9+.-]*:[!-~]{1,1000}$/,
  /** A verifier or a builder. */
  uri: /^[a-z][a-z0-9+.-]*:[!-~]{1,1000}$/,
  /** An issuer or a name in a certificate, which knows ASCII alone; the identifier of a registry key. */
  identity: /^[!-~]{1,4096}$/,
  /** UTF-8 of 4 KiB at the most, and nothing that can not be seen. */
  claim: /^[^\p{C}]{1,1024}$/u,
} as const

/** The smallest and the largest threshold of a role. */
export const THRESHOLD = { min: 1, max: 32 } as const

type Test = (value: JsonValue) => boolean
type Members = Readonly<Record<string, Test>>

const isText: Test = (value) => typeof value === 'string'
const isName = textLike(PATTERNS.name)
const isTimestamp = textLike(TIMESTAMP_PATTERN)

const isJwk = objectOf(
  { kty: isText },
  {
    crv: isText,
    x: isText,
    y: isText,
    n: isText,
    e: isText,
    kid: isText,
    alg: isText,
    use: isText,
    key_ops: listOf(isText, 0),
  },
)

const isKey = objectOf(
  { name: isName, publicKey: (value) => isText(value) || isJwk(value), roles: listOf(isName, 1) },
  {
    notBefore: isTimestamp,
    notAfter: isTimestamp,
    revoked: objectOf({ at: isTimestamp, reason: oneOf('compromised', 'retired') }),
    principal: textLike(PATTERNS.principal),
    kind: oneOf('person', 'automation'),
    requires: listOf(oneOf('log', 'timestamp'), 1),
  },
)

const isRole = objectOf(
  { name: isName, threshold: isThreshold },
  {
    predicateTypes: listOf(textLike(PATTERNS.predicateType), 1),
    targets: listOf(isName, 1),
    distinctFrom: listOf(isName, 1),
    draft: (value) => value === true,
  },
)

const isRoot = objectOf({
  name: isName,
  mark: oneOf('live', 'rehearsal'),
  trustedRoot: isJsonObject,
})

const isIdentity = objectOf(
  {
    name: isName,
    issuer: textLike(PATTERNS.identity),
    san: textLike(PATTERNS.identity),
    roles: listOf(isName, 1),
  },
  {
    glob: oneOf('ref'),
    claims: objectOf(
      {},
      Object.fromEntries(Object.keys(CLAIM_ARCS).map((claim) => [claim, textLike(PATTERNS.claim)])),
    ),
    principal: textLike(PATTERNS.principal),
    kind: oneOf('person', 'automation'),
    ci: (value) => value === true,
  },
)

const isRegistryKey = objectOf({
  name: isName,
  keyId: textLike(PATTERNS.identity),
  publicKey: isJwk,
  validFor: objectOf({ start: isTimestamp }, { end: isTimestamp }),
})

const PAIR = { name: isName, id: textLike(PATTERNS.uri), signers: listOf(isName, 1) }
const isVerifier = objectOf(PAIR)
const isBuilder = objectOf({ ...PAIR, buildLevel: isBuildLevel })

const isDocument = objectOf(
  { schema: oneOf(TRUST_SCHEMA), keys: listOf(isKey, 0), roles: listOf(isRole, 0) },
  {
    roots: listOf(isRoot, 0),
    identities: listOf(isIdentity, 0),
    registryKeys: listOf(isRegistryKey, 0),
    verifiers: listOf(isVerifier, 0),
    builders: listOf(isBuilder, 0),
  },
)

/** True only for what the schema accepts; false says nothing. */
export function isPlainTrust(value: JsonValue): value is JsonValue & TrustJson {
  return isDocument(value)
}

function isThreshold(value: JsonValue): boolean {
  return (
    Number.isSafeInteger(value) && THRESHOLD.min <= Number(value) && Number(value) <= THRESHOLD.max
  )
}

function isBuildLevel(value: JsonValue): boolean {
  return Number.isSafeInteger(value) && 1 <= Number(value) && Number(value) <= BUILD_LEVEL_MAX
}

function textLike(pattern: RegExp): Test {
  return (value) => typeof value === 'string' && pattern.test(value)
}

function oneOf(...texts: readonly string[]): Test {
  return (value) => typeof value === 'string' && texts.includes(value)
}

function listOf(test: Test, countMin: number): Test {
  return (value) => Array.isArray(value) && value.length >= countMin && value.every(test)
}

/** Each of the required members, and no others than these and the optional ones. */
function objectOf(required: Members, optional: Members = {}): Test {
  const tests = new Map(Object.entries({ ...required, ...optional }))
  const names = Object.keys(required)
  return (value) =>
    isJsonObject(value) &&
    names.every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, member]) => tests.get(name)?.(member) === true)
}
