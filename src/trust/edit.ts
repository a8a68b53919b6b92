// Edits of a trust document: each gives a new document that passed every check, or says why there is none.

import { encodeTimestamp, type JsonValue, quote, type Result, refuse } from '../core/index.ts'
import { describeTrust, parseTrustJson } from './trust-json.ts'
import type { TrustJson } from './document-schema.ts'
import type { TrustProblem } from './problem.ts'
import type { Role, TrustDocument, TrustedKey } from './trust-document.ts'

/** The document with one more key. */
export function addKey(
  document: TrustDocument,
  key: TrustedKey,
): Result<TrustDocument, TrustProblem> {
  const { keys } = describeTrust({ keys: [key], roles: [] })
  return rebuild(document, (json) => ({ ...json, keys: [...json.keys, ...keys] }))
}

/** The document with one more role. */
export function addRole(document: TrustDocument, role: Role): Result<TrustDocument, TrustProblem> {
  const { roles } = describeTrust({ keys: [], roles: [role] })
  return rebuild(document, (json) => ({ ...json, roles: [...json.roles, ...roles] }))
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
