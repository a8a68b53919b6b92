// Keys and trust documents, in words; of a private key, only that it is one.

import { encodeTimestamp, isJsonObject, type JsonValue, parseJson } from '../../core/index.ts'
import {
  isExampleKey,
  type PublicKey,
  type Role,
  type TrustDocument,
  type TrustedKey,
} from '../../trust/index.ts'
import type { Fact, Inspection } from './inspection.ts'

/** All that is ever said of one. */
export const PRIVATE_KEY: Inspection = {
  kind: 'private key',
  facts: [
    { label: 'contents', value: 'not shown' },
    { label: 'its public half', value: 'assay key public FILE' },
  ],
}

/** True for anything that holds a private key, also among other things, and also where it is broken. */
export function isPrivateKey(text: string): boolean {
  if (/PRIVATE KEY|^PuTTY-User-Key-File|^AGE-SECRET-KEY-/m.test(text)) return true
  const json = parseJson(text)
  if (json.ok) return holdsPrivateJwk(json.value)
  return /"kty"/.test(text) && /"(?:d|k|p|q)"\s*:/.test(text)
}

/** RFC 7517: `d` is the private part of every asymmetric key, `k` is a symmetric one. */
function holdsPrivateJwk(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(holdsPrivateJwk)
  if (!isJsonObject(value)) return false
  if ('kty' in value && ('d' in value || 'k' in value)) return true
  return Object.values(value).some(holdsPrivateJwk)
}

/** A public key, by its type and id. */
export function describePublicKey({ type, keyId }: PublicKey): Inspection {
  const example = { label: 'UNSAFE', value: 'an example key, whose private half everybody has' }
  return {
    kind: 'public key',
    facts: [
      { label: 'type', value: type },
      { label: 'key id', value: keyId },
      ...(isExampleKey(keyId) ? [example] : []),
    ],
  }
}

/** A trust document, with all its keys and roles. */
export function describeTrust({ keys, roles, digest }: TrustDocument): Inspection {
  return {
    kind: 'trust document',
    facts: [
      { label: 'digest', value: `sha256:${digest}` },
      { label: 'keys', value: String(keys.length), facts: keys.map(describeKey) },
      { label: 'roles', value: String(roles.length), facts: roles.map(describeRole) },
    ],
  }
}

function describeKey({ name, publicKey, roles, notBefore, notAfter, revoked }: TrustedKey): Fact {
  const facts = [
    ...describePublicKey(publicKey).facts,
    { label: 'roles', value: roles.join(', ') },
    ...(notBefore === undefined
      ? []
      : [{ label: 'valid from', value: encodeTimestamp(notBefore) }]),
    ...(notAfter === undefined ? [] : [{ label: 'valid until', value: encodeTimestamp(notAfter) }]),
    ...(revoked === undefined
      ? []
      : [{ label: revoked.reason, value: `at ${encodeTimestamp(revoked.at)}` }]),
  ]
  return { label: 'key', value: name, facts }
}

function describeRole({ name, predicateTypes, targets, threshold, distinctFrom }: Role): Fact {
  return {
    label: 'role',
    value: name,
    facts: [
      { label: 'signs', value: predicateTypes?.join(', ') ?? 'every predicate type' },
      { label: 'for', value: targets?.join(', ') ?? 'every target' },
      { label: 'signers needed', value: String(threshold) },
      ...(distinctFrom === undefined
        ? []
        : [{ label: 'not signers of', value: distinctFrom.join(', ') }]),
    ],
  }
}
