// Edits of a trust document: each gives a new document that passed every check, or says why there is none.

import {
  encodeTimestamp,
  type Instant,
  type JsonObject,
  type JsonValue,
  quote,
  type Result,
  refuse,
} from '../core/index.ts'
import { describeTrust, NOBODY, parseTrustJson } from './trust-json.ts'
import type { TrustJson } from './document-schema.ts'
import type { TrustProblem } from './problem.ts'
import type { TrustedIdentity } from './sigstore/identity/certificate-identity.ts'
import type { RegistryKey } from './sigstore/registry-key.ts'
import { endRoot } from './sigstore/root/root-difference.ts'
import type { NamedRoot } from './sigstore/root/trusted-root.ts'
import type { Role, TrustDocument, TrustedKey } from './trust-document.ts'
import type { TrustedBuilder, TrustedVerifier } from './trusted-pair.ts'

/** The document with one more key. */
export function addKey(
  document: TrustDocument,
  key: TrustedKey,
): Result<TrustDocument, TrustProblem> {
  const { keys } = describeTrust({ ...NOBODY, keys: [key] })
  return rebuild(document, (json) => ({ ...json, keys: [...json.keys, ...keys] }))
}

/** The document with one more role. */
export function addRole(document: TrustDocument, role: Role): Result<TrustDocument, TrustProblem> {
  const { roles } = describeTrust({ ...NOBODY, roles: [role] })
  return rebuild(document, (json) => ({ ...json, roles: [...json.roles, ...roles] }))
}

/** The document with one more trusted root. */
export function addRoot(
  document: TrustDocument,
  root: Pick<NamedRoot, 'name' | 'mark' | 'document'>,
): Result<TrustDocument, TrustProblem> {
  const { name, mark, document: trustedRoot } = root
  return rebuild(document, (json) => ({
    ...json,
    roots: [...(json.roots ?? []), { name, mark, trustedRoot }],
  }))
}

/**
 * The document with a newer state of one of its trusted roots, which keeps name and mark.
 *
 * @param next the new `trusted_root.json`, and under which name and until when the old one stays, where it does
 */
export function replaceRoot(
  document: TrustDocument,
  name: string,
  next: {
    readonly trustedRoot: JsonObject
    readonly kept?: { readonly name: string; readonly until: Instant }
  },
): Result<TrustDocument, TrustProblem> {
  const { trustedRoot, kept } = next
  return rebuild(document, (json) => ({
    ...json,
    roots: (json.roots ?? []).flatMap((root) => {
      if (root.name !== name) return [root]
      const old = kept && {
        ...root,
        name: kept.name,
        trustedRoot: endRoot(root.trustedRoot as JsonObject, kept.until),
      }
      return [{ ...root, trustedRoot }, ...(old === undefined ? [] : [old])]
    }),
  }))
}

/** The document with one more identity. */
export function addIdentity(
  document: TrustDocument,
  identity: TrustedIdentity,
): Result<TrustDocument, TrustProblem> {
  const { identities = [] } = describeTrust({ ...NOBODY, identities: [identity] })
  return rebuild(document, (json) => ({
    ...json,
    identities: [...(json.identities ?? []), ...identities],
  }))
}

/** The document with one more verifier. */
export function addVerifier(
  document: TrustDocument,
  verifier: TrustedVerifier,
): Result<TrustDocument, TrustProblem> {
  const { verifiers = [] } = describeTrust({ ...NOBODY, verifiers: [verifier] })
  return rebuild(document, (json) => ({
    ...json,
    verifiers: [...(json.verifiers ?? []), ...verifiers],
  }))
}

/** The document with one more builder. */
export function addBuilder(
  document: TrustDocument,
  builder: TrustedBuilder,
): Result<TrustDocument, TrustProblem> {
  const { builders = [] } = describeTrust({ ...NOBODY, builders: [builder] })
  return rebuild(document, (json) => ({
    ...json,
    builders: [...(json.builders ?? []), ...builders],
  }))
}

/**
 * The document with these keys of a registry. One that is there already, by its identifier, gets the window that the registry now says,
 * where that is no wider: an older document would make a key good again that has ended since.
 */
export function addRegistryKeys(
  document: TrustDocument,
  keys: readonly RegistryKey[],
): Result<TrustDocument, TrustProblem> {
  const known = new Map(document.registryKeys.map((key) => [key.keyId, key]))
  const reopened = keys.flatMap((key) => {
    const before = known.get(key.keyId)
    const { end } = before?.validFor ?? {}
    const isLater = end !== undefined && (key.validFor.end ?? Infinity) > end
    return before !== undefined && isLater ? [keyEnded(before.name, end)] : []
  })
  const [first, ...others] = reopened
  if (first !== undefined) return refuse(first, ...others)
  const added = new Set(keys.map(({ keyId }) => keyId))
  const kept = document.registryKeys.filter(({ keyId }) => !added.has(keyId))
  const narrowed = keys.map((key) => {
    const start = Math.max(key.validFor.start, known.get(key.keyId)?.validFor.start ?? -Infinity)
    return { ...key, validFor: { ...key.validFor, start } }
  })
  const { registryKeys = [] } = describeTrust({ ...NOBODY, registryKeys: [...kept, ...narrowed] })
  return rebuild(document, (json) => ({ ...json, registryKeys }))
}

function keyEnded(name: string, end: Instant): TrustProblem {
  return {
    code: 'trust/registry-key-ended',
    message: `Expected the registry key ${quote(name)} to end at ${encodeTimestamp(end)} or before, as is known, found a later end or none`,
    hint: 'Is this an older document of the registry? If not, remove the key with assay trust remove, and add it again',
  }
}

/** The document without that root, identity, registry key, verifier or builder. A key is not removed but revoked, so that its end stays written down. */
export function removeEntry(
  document: TrustDocument,
  name: string,
): Result<TrustDocument, TrustProblem> {
  const { roots, identities, registryKeys, verifiers, builders } = document
  const removable = [...roots, ...identities, ...registryKeys, ...verifiers, ...builders]
  if (!removable.some((entry) => entry.name === name)) {
    return refuse({
      code: 'trust/name-unknown',
      message: `Expected the name of a root, an identity, a registry key, a verifier or a builder of the document, found ${quote(name)}`,
      hint: 'assay trust show lists them; keys are ended with assay trust revoke-key',
    })
  }
  const others = <T extends { readonly name: string }>(entries: readonly T[] = []): T[] =>
    entries.filter((entry) => entry.name !== name)
  return rebuild(document, (json) => ({
    ...json,
    roots: others(json.roots),
    identities: others(json.identities),
    registryKeys: others(json.registryKeys),
    verifiers: others(json.verifiers),
    builders: others(json.builders),
  }))
}

/**
 * The document with the key's end written down. A revocation can become stricter (earlier, or from retired
 * to compromised), never milder.
 */
export function revokeKey(
  document: TrustDocument,
  name: string,
  revoked: NonNullable<TrustedKey['revoked']>,
): Result<TrustDocument, TrustProblem> {
  const key = document.keys.find((entry) => entry.name === name)
  if (key === undefined) {
    return refuse({
      code: 'trust/key-unknown',
      message: `Expected the name of a key of the document, found ${quote(name)}`,
      hint: 'assay trust show lists the keys',
    })
  }
  if (key.revoked !== undefined && !isStricter(revoked, key.revoked)) {
    return refuse({
      code: 'trust/revoked-already',
      message: `Cannot weaken the revocation of ${quote(name)}: it is ${key.revoked.reason} since ${encodeTimestamp(key.revoked.at)}`,
      hint: 'A revocation can only become earlier, or compromised instead of retired',
    })
  }
  return rebuild(document, (json) => ({
    ...json,
    keys: json.keys.map((entry) =>
      entry.name === name
        ? { ...entry, revoked: { at: encodeTimestamp(revoked.at), reason: revoked.reason } }
        : entry,
    ),
  }))
}

function isStricter(
  next: NonNullable<TrustedKey['revoked']>,
  current: NonNullable<TrustedKey['revoked']>,
): boolean {
  return next.at <= current.at && (next.reason === 'compromised' || current.reason === 'retired')
}

/** Names and values of an edit come from a person: the whole result is judged like a file. */
function rebuild(
  document: TrustDocument,
  edit: (json: TrustJson) => TrustJson,
): Result<TrustDocument, TrustProblem> {
  return parseTrustJson(edit(describeTrust(document)) as JsonValue)
}
