// Signed notes (C2SP signed-note): a text, a blank line, and lines with signatures of it (CP-1, CP-2).

import {
  accept,
  encodeBase64,
  encodeHex,
  equalBytes,
  LIMITS,
  parseBase64,
  type Result,
  refuse,
} from '../../core/index.ts'
import { isSignedBy } from '../key/signature.ts'
import type { TrustProblem } from '../problem.ts'
import type { LogKey } from '../sigstore/root/trusted-root.ts'

/** One signature; whose it is, nobody has checked yet. */
export interface NoteSignature {
  readonly name: string
  /** Four bytes; they narrow the keys, and prove nothing. */
  readonly keyId: Uint8Array
  readonly signature: Uint8Array
}

/**
 * A note that was read.
 *
 * @example { text: 'log.example\n7\nqz1…=\n', signatures: [{ name: 'log.example', keyId, signature }] }
 */
export interface Note {
  /** What is signed: with its last newline, without the blank line. */
  readonly text: string
  /** Possibly none, which {@link judgeNote} says. */
  readonly signatures: readonly NoteSignature[]
}

/** A key that is known, under the names that its signatures may have. */
export interface NoteKey {
  readonly names: readonly string[]
  readonly keyId: Uint8Array
  readonly key: Pick<LogKey, 'type' | 'key'>
}

/** Bytes of the id of a key. */
export const KEY_ID_BYTES = 4

/** The name of a key, which has no blanks, no controls and no plus signs. */
export const KEY_NAME = /^[^\p{Cc}\s\u0085+]+$/u

/** An em dash, a name without blanks and plus signs, base64. */
const SIGNATURE_LINE = /^\u2014 ([^\s\u0085+]+) ([^\s\u0085]+)$/u

/** Below the blank, the newline alone may stand in a note. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0009\u000B-\u001F]/

/** Reads a note, or says the first thing that is wrong with it. */
export function parseNote(envelope: string): Result<Note, TrustProblem> {
  if (Buffer.byteLength(envelope) > LIMITS.checkpointBytesMax) return malformed('a longer text')
  if (!envelope.isWellFormed()) return malformed('a lone surrogate')
  if (CONTROL.test(envelope)) return malformed('a control character')
  // The last blank line: what looks like signatures above it is text.
  const blank = envelope.lastIndexOf('\n\n')
  if (blank === -1) return malformed('no blank line before the signatures')
  const text = envelope.slice(0, blank + 1)
  const lines = envelope.slice(blank + 2).split('\n')
  if (lines.pop() !== '') return malformed('no newline at the end')
  if (lines.length > LIMITS.checkpointSignaturesMax) return malformed('more signatures')
  const signatures: NoteSignature[] = []
  for (const line of lines) {
    const signature = parseSignature(line)
    if (signature === undefined) return malformed('a line that is no signature')
    signatures.push(signature)
  }
  return accept({ text, signatures })
}

/** The note, as {@link parseNote} reads it. */
export function encodeNote({ text, signatures }: Note): string {
  const lines = signatures.map(({ name, keyId, signature }) => {
    return `\u2014 ${name} ${encodeBase64(Buffer.concat([keyId, signature]))}\n`
  })
  return `${text}\n${lines.join('')}`
}

function parseSignature(line: string): NoteSignature | undefined {
  const [, name = '', base64 = ''] = SIGNATURE_LINE.exec(line) ?? []
  const bytes = parseBase64(base64)
  if (!bytes.ok || bytes.value.length <= KEY_ID_BYTES) return undefined
  return {
    name,
    keyId: bytes.value.subarray(0, KEY_ID_BYTES),
    signature: bytes.value.subarray(KEY_ID_BYTES),
  }
}

/**
 * What a key says of a note: it signed it, it did not, or a signature under its name and id is not its own.
 *
 * CP-2: signatures under any other name or id are ignored, and one that does not fit spoils all. A-08: names are equal or they are
 * not.
 *
 * @param isSigned checks one signature; whoever asks for the same ones again may remember them
 */
export function judgeNote(
  note: Note,
  known: NoteKey,
  isSigned: typeof isSignedBy = isSignedBy,
): 'signed' | 'unsigned' | 'invalid' {
  const own = note.signatures.filter(
    ({ name, keyId }) => known.names.includes(name) && equalBytes(keyId, known.keyId),
  )
  if (own.length === 0) return 'unsigned'
  const text = Buffer.from(note.text)
  return own.every(({ signature }) => isSigned(known.key, text, signature)) ? 'signed' : 'invalid'
}

/** Names that one message shows. */
const SHOWN_MAX = 3

/** Some of the names and ids that a note is signed under, for people. */
export function describeSignatures({ signatures }: Note): string {
  const names = signatures
    .slice(0, SHOWN_MAX)
    .map(({ name, keyId }) => `${name} (key id ${encodeHex(keyId)})`)
  return names.length === 0 ? 'no signature' : `signatures of ${names.join(', ')}`
}

function malformed(found: string): Result<never, TrustProblem> {
  return refuse({
    code: 'trust/note-malformed',
    message: `Expected a signed note of at most ${LIMITS.checkpointBytesMax} bytes and ${LIMITS.checkpointSignaturesMax} signatures, found ${found}`,
  })
}
