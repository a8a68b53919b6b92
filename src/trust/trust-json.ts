// trust.json: strict reading, one way of writing, and a digest that does not depend on the spelling.

import { createHash } from 'node:crypto'
import {
  accept,
  compareCodePoints,
  encodeCanonicalJson,
  encodeTimestamp,
  encodeUtf8,
  type JsonObject,
  type JsonValue,
  judge,
  LIMITS,
  parseJson,
  parseTimestamp,
  type Result,
  refuse,
} from '../core/index.ts'
import { findInconsistencies } from './consistency.ts'
import { parseTrustBySchema, type TrustJson } from './document-schema.ts'
import { parseJwk } from './key/jwk.ts'
import type { TrustProblem } from './problem.ts'
import { type PublicKey, parsePublicKeyText } from './key/public-key.ts'
import { isPlainTrust, TRUST_SCHEMA } from './plain-trust.ts'
import {
  describeNamedRoot,
  describeRegistryKey,
  describeTrustedIdentity,
  parseIdentity,
  parseNamedRoot,
  parseRegistryKey,
} from './sigstore/trust-entry.ts'
import type { Role, TrustDocument, TrustedKey, TrustParts } from './trust-document.ts'
import { sortSigners, type TrustedVerifier } from './trusted-pair.ts'

/** What the empty document has. */
export const NOBODY: TrustParts = {
  keys: [],
  roles: [],
  roots: [],
  identities: [],
  registryKeys: [],
  verifiers: [],
  builders: [],
}

/**
 * Reads trust.json.
 *
 * @returns the document, sorted; or everything that is wrong with it, each with its JSON Pointer
 */
export function parseTrust(bytes: Uint8Array): Result<TrustDocument, TrustProblem> {
  const json = parseJson(bytes, { bytesMax: LIMITS.trustBytesMax })
  return json.ok ? parseTrustJson(json.value) : json
}

/** {@link parseTrust} for a value that strict JSON gave, or that an edit made. */
export function parseTrustJson(value: JsonValue): Result<TrustDocument, TrustProblem> {
  const shaped = isPlainTrust(value) ? accept<TrustJson>(value) : parseTrustBySchema(value)
  if (!shaped.ok) return shaped
  const { keys, roles, roots = [], identities = [], registryKeys = [] } = shaped.value
  const { verifiers = [], builders = [] } = shaped.value
  const problems: TrustProblem[] = []
  const read = <Entry, T>(
    entries: readonly Entry[],
    member: string,
    parse: (entry: Entry) => Result<T, TrustProblem>,
  ): readonly T[] =>
    entries.flatMap((entry, index) => {
      const parsed = parse(entry)
      if (parsed.ok) return [parsed.value]
      problems.push(...parsed.problems.map((one) => locate(one, `/${member}/${index}`)))
      return []
    })
  const parts: TrustParts = {
    keys: read(keys, 'keys', parseKey),
    roles: roles.map((role) => sortRole(role as Role)),
    roots: read(roots, 'roots', (entry) =>
      parseNamedRoot(entry as Parameters<typeof parseNamedRoot>[0]),
    ),
    identities: read(identities, 'identities', parseIdentity),
    registryKeys: read(registryKeys, 'registryKeys', parseRegistryKey),
    verifiers: verifiers.map(sortSigners),
    builders: builders.map(sortSigners),
  }
  return judge(sealDocument(parts), [...problems, ...findInconsistencies(parts)])
}

/** Indented JSON with sorted entries: the only way in which we write the document. */
export function encodeTrust(document: TrustDocument): Uint8Array {
  return encodeUtf8(`${JSON.stringify(describeTrust(document), null, 2)}\n`)
}

/** The document as JSON: keys as bare JWKs, times in one spelling, everything sorted. What is empty and was not always there is left out. */
export function describeTrust(parts: TrustParts): TrustJson {
  const { keys, roles, roots, identities, registryKeys, verifiers, builders } = parts
  return {
    schema: TRUST_SCHEMA,
    keys: keys.map(describeKey),
    roles: roles.map(describeRole),
    ...(roots.length > 0 && { roots: roots.map(describeNamedRoot) }),
    ...(identities.length > 0 && { identities: identities.map(describeTrustedIdentity) }),
    ...(registryKeys.length > 0 && { registryKeys: registryKeys.map(describeRegistryKey) }),
    ...(verifiers.length > 0 && { verifiers: verifiers.map(describePair) }),
    ...(builders.length > 0 && { builders: builders.map(describePair) }),
  }
}

/** A document with nobody in it, as `assay trust init` writes it. */
export function buildEmptyTrust(): TrustDocument {
  return sealDocument(NOBODY)
}

function sealDocument(parts: TrustParts): TrustDocument {
  const sorted: TrustParts = {
    keys: parts.keys.toSorted(compareNames),
    roles: parts.roles.toSorted(compareNames),
    roots: parts.roots.toSorted(compareNames),
    identities: parts.identities.toSorted(compareNames),
    registryKeys: parts.registryKeys.toSorted(compareNames),
    verifiers: parts.verifiers.toSorted(compareNames),
    builders: parts.builders.toSorted(compareNames),
  }
  const canonical = encodeCanonicalJson(describeTrust(sorted) as JsonValue)
  /* v8 ignore next -- strict JSON and the schema let in only what RFC 8785 can write */
  if (!canonical.ok) throw new TypeError('a trust document is canonical JSON')
  return { ...sorted, digest: createHash('sha256').update(canonical.value).digest('hex') }
}

function parseKey(entry: TrustJson['keys'][number]): Result<TrustedKey, TrustProblem> {
  const publicKey = parseEmbeddedKey(entry.publicKey)
  const times = [entry.notBefore, entry.notAfter, entry.revoked?.at].map((text) =>
    text === undefined ? undefined : parseTimestamp(text),
  )
  const problems: TrustProblem[] = [
    ...(publicKey.ok ? [] : publicKey.problems.map((problem) => locate(problem, '/publicKey'))),
    ...times.flatMap((time) => (time === undefined || time.ok ? [] : time.problems)),
  ]
  const [notBefore, notAfter, revokedAt] = times.map((time) => (time?.ok ? time.value : undefined))
  if (notBefore !== undefined && notAfter !== undefined && notBefore > notAfter) {
    problems.push({
      code: 'trust/validity',
      message: `Expected "notBefore" not to be after "notAfter", found ${entry.notBefore} and ${entry.notAfter}`,
    })
  }
  if (!publicKey.ok || problems.length > 0) return judge(undefined as never, problems)
  return accept({
    name: entry.name,
    publicKey: publicKey.value,
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(notAfter === undefined ? {} : { notAfter }),
    ...(entry.revoked === undefined || revokedAt === undefined
      ? {}
      : { revoked: { at: revokedAt, reason: entry.revoked.reason } }),
    roles: entry.roles.toSorted(compareCodePoints),
    ...(entry.principal === undefined ? {} : { principal: entry.principal }),
    ...(entry.kind === undefined ? {} : { kind: entry.kind }),
    ...(entry.requires === undefined
      ? {}
      : { requires: entry.requires.toSorted(compareCodePoints) }),
  })
}

function parseEmbeddedKey(
  value: TrustJson['keys'][number]['publicKey'],
): Result<PublicKey, TrustProblem> {
  if (typeof value !== 'string') return parseJwk(value as JsonObject)
  if (!value.trim().startsWith('{')) return parsePublicKeyText(value)
  return refuse({
    code: 'trust/key-format',
    message: 'Expected a JWK as an object, found it inside a text',
  })
}

function sortRole(role: Role): Role {
  const { name, predicateTypes, targets, threshold, distinctFrom, draft } = role
  const lists = { predicateTypes, targets, distinctFrom }
  const sorted = Object.entries(lists).flatMap(([member, list]) =>
    list === undefined ? [] : [[member, list.toSorted(compareCodePoints)] as const],
  )
  return {
    name,
    ...Object.fromEntries(sorted),
    threshold,
    ...(draft === true && { draft }),
  }
}

function describeKey(key: TrustedKey): TrustJson['keys'][number] {
  const { name, publicKey, notBefore, notAfter, revoked, roles, principal, kind, requires } = key
  return {
    name,
    publicKey: { ...publicKey.jwk } as { kty: string },
    ...(notBefore === undefined ? {} : { notBefore: encodeTimestamp(notBefore) }),
    ...(notAfter === undefined ? {} : { notAfter: encodeTimestamp(notAfter) }),
    ...(revoked === undefined
      ? {}
      : { revoked: { at: encodeTimestamp(revoked.at), reason: revoked.reason } }),
    roles: [...roles],
    ...(principal === undefined ? {} : { principal }),
    ...(kind === undefined ? {} : { kind }),
    ...(requires === undefined ? {} : { requires: [...requires] }),
  }
}

function describeRole(role: Role): TrustJson['roles'][number] {
  return { ...role } as TrustJson['roles'][number]
}

function describePair<T extends TrustedVerifier>(pair: T): T & { signers: string[] } {
  return { ...pair, signers: [...pair.signers] }
}

function compareNames(a: { readonly name: string }, b: { readonly name: string }): number {
  return compareCodePoints(a.name, b.name)
}

/** The pointer of an entry; a problem inside it keeps its own way from there. */
function locate(problem: TrustProblem, prefix: string): TrustProblem {
  const inner = problem.at?.startsWith('/') === true ? problem.at : ''
  return { ...problem, at: `${prefix}${inner}` }
}
