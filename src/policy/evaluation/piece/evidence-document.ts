// The document of a piece of evidence: what conditions point into, and the variables of their expressions.

import {
  encodeTimestamp,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../../../core/index.ts'
import type { Evidence } from '../../evidence.ts'

/** The members that a document can have. */
export const DOCUMENT_MEMBERS = [
  'predicate',
  'computed',
  'signer',
  'family',
  'predicateType',
  'evidence',
  'policy',
  'phase',
  'stage',
  'release',
  'commit',
  'signedAt',
] as const satisfies readonly (keyof Evidence)[]

/**
 * The document.
 *
 * @example
 * { predicate: { result: 'PASSED', … }, computed: { status: 'passed', outcome: 'accepted', origin: 'local-proof', facts: { … } },
 *   signer: { name: 'ci', principal: 'ci', kind: 'automation', roles: ['release'] }, family: 'test-result', … }
 */
export function buildEvidenceDocument(piece: Evidence): JsonObject {
  const known = BUILT.get(piece) ?? build(piece)
  BUILT.set(piece, known)
  return known
}

/** A piece is looked at by many requirements, and changes for none of them. */
const BUILT = new WeakMap<Evidence, JsonObject>()

function build(piece: Evidence): JsonObject {
  const { computed, signer, origin, release, signedAt } = piece
  const { status, outcome, facts } = computed
  const { name, principal, kind, roles } = signer
  const members: { readonly [name in (typeof DOCUMENT_MEMBERS)[number]]: JsonValue | undefined } = {
    predicate: piece.predicate,
    computed: { status, outcome, origin, facts },
    signer: { name, principal, kind, roles },
    family: piece.family,
    predicateType: piece.predicateType,
    evidence: piece.evidence,
    policy: piece.policy,
    phase: piece.phase,
    stage: piece.stage,
    release: release && { ...release },
    commit: piece.commit,
    signedAt: signedAt === undefined ? undefined : encodeTimestamp(signedAt),
  }
  return Object.fromEntries(
    Object.entries(members).flatMap(([member, value]) =>
      value === undefined ? [] : [[member, value]],
    ),
  )
}

/** What stands at a JSON Pointer (RFC 6901); nothing where it leads nowhere, or to null. */
export function valueAt(document: JsonObject, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = document
  for (const name of pathOf(pointer)) value = memberOf(value, name)
  return value ?? undefined
}

/** A policy has few pointers, each of which is followed in many documents. */
const PATHS = new Map<string, readonly string[]>()

function pathOf(pointer: string): readonly string[] {
  const known = PATHS.get(pointer)
  if (known !== undefined) return known
  const parts = pointer.split('/').slice(1)
  const path = parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  PATHS.set(pointer, path)
  return path
}

/** RFC 6901 section 4: an index has no leading zeros. */
const INDEX = /^(?:0|[1-9]\d*)$/

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (isJsonObject(value)) return Object.hasOwn(value, name) ? value[name] : undefined
  // JSON has no other things with members; a text has characters, and none of them is one.
  const items: readonly JsonValue[] = Array.isArray(value) ? value : []
  return INDEX.test(name) ? items[Number(name)] : undefined
}
