// The keys of signed notes (C2SP signed-note, "Verifier keys"): `<name>+<key id>+<base64 of type and key>`.

import {
  accept,
  countOf,
  encodeBase64,
  encodeHex,
  encodeUtf8,
  equalBytes,
  parseBase64,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import { parseJwk } from '../key/jwk.ts'
import type { PublicKey } from '../key/public-key.ts'
import type { TrustProblem } from '../problem.ts'
import { KEY_ID_BYTES, KEY_NAME, type NoteKey } from './note.ts'

/** What a key signs: the text as it is, or with the time before it (C2SP tlog-cosignature). */
export type NoteKeyKind = 'signature' | 'cosignature'

/**
 * An Ed25519 key under its one name.
 *
 * @example { name: 'ledger.example', kind: 'signature', names: ['ledger.example'], keyId, key }
 */
export interface NamedNoteKey extends NoteKey {
  readonly name: string
  readonly kind: NoteKeyKind
  readonly key: PublicKey
}

/** CP-5: the byte before the key, which makes a key id differ from kind to kind. */
const TYPES: Readonly<Record<NoteKeyKind, number>> = { signature: 0x01, cosignature: 0x04 }
const KINDS = ['signature', 'cosignature'] as const

const ED25519_BYTES = 32

/** The key of notes that a public key is under this name; `trust/note-key` for a name that no note can hold, and for other keys. */
export function buildNoteKey(
  name: string,
  kind: NoteKeyKind,
  key: PublicKey,
): Result<NamedNoteKey, TrustProblem> {
  if (!KEY_NAME.test(name) || !name.isWellFormed()) {
    return refused(`a name without blanks, controls and plus signs, found ${quote(name)}`)
  }
  if (key.type !== 'ed25519') return refused(`an Ed25519 key, found one of type ${key.type}`)
  return accept(keyOfKind(name, kind, key))
}

/** The key of the same name for the other kind of signature, which has an id of its own. */
export function noteKeyOfKind({ name, key }: NamedNoteKey, kind: NoteKeyKind): NamedNoteKey {
  return keyOfKind(name, kind, key)
}

function keyOfKind(name: string, kind: NoteKeyKind, key: PublicKey): NamedNoteKey {
  return { name, kind, names: [name], keyId: keyIdOf(name, typedKey(kind, key)), key }
}

/** Reads the text form, or `trust/note-key`. */
export function parseNoteKey(text: string): Result<NamedNoteKey, TrustProblem> {
  // Base64 may hold plus signs: the first two separate.
  const [, name = '', id = '', base64 = ''] = /^([^+]+)\+([^+]+)\+(.+)$/.exec(text) ?? []
  const bytes = parseBase64(base64)
  if (name === '' || !bytes.ok) return refused(`<name>+<key id>+<base64>, found ${other(text)}`)
  const [type] = bytes.value
  const kind = KINDS.find((kind) => TYPES[kind] === type)
  if (kind === undefined || bytes.value.length !== ED25519_BYTES + 1) {
    return refused(`an Ed25519 key of type 1 or 4, found ${other(text)}`)
  }
  const x = encodeBase64(bytes.value.subarray(1), 'base64url')
  const key = parseJwk({ kty: 'OKP', crv: 'Ed25519', x })
  if (!key.ok) return key
  const built = buildNoteKey(name, kind, key.value)
  if (!built.ok || encodeHex(built.value.keyId) === id) return built
  return refused(`the key id ${encodeHex(built.value.keyId)}, found ${quote(id)}`)
}

/** The text form: what others are given to verify notes with. */
export function encodeNoteKey({ name, kind, keyId, key }: NamedNoteKey): string {
  return `${name}+${encodeHex(keyId)}+${encodeBase64(typedKey(kind, key))}`
}

/** The same key, under whatever name and for whatever kind. */
export function isSameNoteKey(a: NoteKey, b: NoteKey): boolean {
  return equalBytes(spkiOf(a), spkiOf(b))
}

function spkiOf({ key }: NoteKey): Uint8Array {
  return key.key.export({ type: 'spki', format: 'der' })
}

/** The last bytes of an SPKI are the bare key (RFC 8410, section 4). */
function typedKey(kind: NoteKeyKind, { key }: PublicKey): Uint8Array {
  const bare = key.export({ type: 'spki', format: 'der' }).subarray(-ED25519_BYTES)
  return Buffer.concat([Uint8Array.of(TYPES[kind]), bare])
}

/** The beginning of SHA-256 over name, newline, type and key. */
function keyIdOf(name: string, typed: Uint8Array): Uint8Array {
  const digest = digestBytes('sha256', Buffer.concat([encodeUtf8(`${name}\n`), typed]))
  return new Uint8Array(Buffer.from(digest, 'hex').subarray(0, KEY_ID_BYTES))
}

function refused(expected: string): Result<never, TrustProblem> {
  return refuse({ code: 'trust/note-key', message: `Expected ${expected}` })
}

/** a file that holds no such keys may hold a secret, and its lines are not shown. */
function other(text: string): string {
  return `another text of ${countOf(text.length, 'character')}`
}
