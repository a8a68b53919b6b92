// Roots, identities and registry keys as trust.json holds them.

import { createHash } from 'node:crypto'
import {
  accept,
  compareCodePoints,
  encodeCanonicalJson,
  encodeTimestamp,
  type JsonObject,
  judge,
  parseTimestamp,
  type Result,
  refuse,
} from '../../core/index.ts'
import type { TrustJson } from '../document-schema.ts'
import { parseJwk } from '../key/jwk.ts'
import type { TrustProblem } from '../problem.ts'
import type { TrustedIdentity } from './identity/certificate-identity.ts'
import { findIdentityProblems } from './identity/identity-rule.ts'
import { parseTrustedRootJson } from './root/parse-trusted-root.ts'
import { PUBLIC_GOOD_ROOTS } from './root/public-good-digest.ts'
import type { RegistryKey } from './registry-key.ts'
import type { NamedRoot, RootMark } from './root/trusted-root.ts'

type EntryJson<Member extends 'roots' | 'identities' | 'registryKeys'> = NonNullable<
  TrustJson[Member]
>[number]

/** A root under a name; its digest is computed, and with it whether it is a public one. */
export function parseNamedRoot({
  name,
  mark,
  trustedRoot,
}: {
  readonly name: string
  readonly mark: RootMark
  readonly trustedRoot: JsonObject
}): Result<NamedRoot, TrustProblem> {
  const root = parseTrustedRootJson(trustedRoot)
  if (!root.ok) return root
  const canonical = encodeCanonicalJson(trustedRoot)
  /* v8 ignore next 3 -- strict JSON gave the document, which RFC 8785 can write */
  if (!canonical.ok) {
    return refuse({ code: 'trust/root-format', message: 'Expected a trusted root in JSON' })
  }
  const digest = createHash('sha256').update(canonical.value).digest('hex')
  return accept({
    name,
    mark,
    root: root.value,
    document: trustedRoot,
    digest,
    isPublicGood: PUBLIC_GOOD_ROOTS.has(digest),
  })
}

/** The root as trust.json holds it. */
export function describeNamedRoot({ name, mark, document }: NamedRoot): EntryJson<'roots'> {
  return { name, mark, trustedRoot: document }
}

/** One entry of `identities`. */
export function parseIdentity(
  entry: EntryJson<'identities'>,
): Result<TrustedIdentity, TrustProblem> {
  const { name, issuer, san, glob, claims = {}, roles, principal, kind, ci } = entry
  const pinned = Object.entries(claims).toSorted(([a], [b]) => compareCodePoints(a, b))
  const identity: TrustedIdentity = {
    name,
    issuer,
    san,
    isRefGlob: glob === 'ref',
    claims: Object.fromEntries(pinned),
    roles: roles.toSorted(compareCodePoints),
    ...(principal !== undefined && { principal }),
    ...(kind !== undefined && { kind }),
    isCi: ci === true,
  }
  return judge(identity, findIdentityProblems(identity))
}

/** The identity as trust.json holds it. */
export function describeTrustedIdentity(identity: TrustedIdentity): EntryJson<'identities'> {
  const { name, issuer, san, isRefGlob, claims, roles, principal, kind, isCi } = identity
  return {
    name,
    issuer,
    san,
    ...(isRefGlob && { glob: 'ref' }),
    ...(Object.keys(claims).length > 0 && { claims: { ...claims } }),
    roles: [...roles],
    ...(principal !== undefined && { principal }),
    ...(kind !== undefined && { kind }),
    ...(isCi && { ci: true }),
  }
}

/** One entry of `registryKeys`. */
export function parseRegistryKey({
  name,
  keyId,
  publicKey,
  validFor,
}: EntryJson<'registryKeys'>): Result<RegistryKey, TrustProblem> {
  const key = parseJwk(publicKey as JsonObject)
  const start = parseTimestamp(validFor.start)
  const end = validFor.end === undefined ? undefined : parseTimestamp(validFor.end)
  const problems: TrustProblem[] = [
    ...(key.ok ? [] : key.problems.map((problem) => ({ ...problem, at: '/publicKey' }))),
    ...(start.ok ? [] : start.problems),
    ...(end === undefined || end.ok ? [] : end.problems),
  ]
  if (!key.ok || !start.ok || end?.ok === false) return judge(undefined as never, problems)
  if (end !== undefined && end.value < start.value) {
    const message = `Expected the validity not to end before it starts, found ${validFor.start} and ${validFor.end}`
    return refuse({ code: 'trust/validity', message, at: '/validFor' })
  }
  return accept({
    name,
    keyId,
    publicKey: key.value,
    validFor: { start: start.value, ...(end !== undefined && { end: end.value }) },
  })
}

/** The key as trust.json holds it. */
export function describeRegistryKey(key: RegistryKey): EntryJson<'registryKeys'> {
  const { start, end } = key.validFor
  return {
    name: key.name,
    keyId: key.keyId,
    publicKey: { ...key.publicKey.jwk } as { kty: string },
    validFor: {
      start: encodeTimestamp(start),
      ...(end !== undefined && { end: encodeTimestamp(end) }),
    },
  }
}
