// Cosignatures (C2SP tlog-cosignature, cosignature/v1): a witness signs a checkpoint together with the time at which it saw it (CP-5).

import { encodeUtf8, equalBytes, type Instant } from '../../core/index.ts'
import { isSignedBy } from '../key/signature.ts'
import type { Note, NoteKey } from './note.ts'

/** Eight bytes of seconds, then the signature of Ed25519. */
const TIME_BYTES = 8
const COSIGNATURE_BYTES = TIME_BYTES + 64

/** The last second that a timestamp can spell. */
const SECONDS_MAX = 253_402_300_799n

/** What a witness signs for the text of a note; the time counts in whole seconds. */
export function encodeCosigned(text: string, at: Instant): Uint8Array {
  return encodeUtf8(`cosignature/v1\ntime ${secondsOf(at)}\n${text}`)
}

/** What stands in the note: the time, and the signature of {@link encodeCosigned}. */
export function encodeCosignature(at: Instant, signature: Uint8Array): Uint8Array {
  const time = Buffer.alloc(TIME_BYTES)
  time.writeBigUInt64BE(BigInt(secondsOf(at)))
  return Buffer.concat([time, signature])
}

/**
 * When the witness saw the checkpoint, the latest where it says so more than once; or that it did not sign, or that a signature under
 * its name and id is not its own, which spoils all (CP-2).
 */
export function judgeCosignature(note: Note, known: NoteKey): Instant | 'unsigned' | 'invalid' {
  const own = note.signatures.filter(
    ({ name, keyId }) => known.names.includes(name) && equalBytes(keyId, known.keyId),
  )
  const times = own.map(({ signature }) => timeOf(note.text, signature, known))
  const [first, ...others] = times
  if (first === undefined) return own.length === 0 ? 'unsigned' : 'invalid'
  return others.reduce<Instant | 'invalid'>(
    (latest, at) => (latest === 'invalid' || at === undefined ? 'invalid' : Math.max(latest, at)),
    first,
  )
}

function timeOf(text: string, bytes: Uint8Array, { key }: NoteKey): Instant | undefined {
  if (bytes.length !== COSIGNATURE_BYTES) return undefined
  const seconds = Buffer.from(bytes).readBigUInt64BE()
  // A zero is the word of a witness that tells no time; all that we ask one for is its time.
  if (seconds === 0n || seconds > SECONDS_MAX) return undefined
  const at = Number(seconds) * 1000
  const signature = bytes.subarray(TIME_BYTES)
  return isSignedBy(key, encodeCosigned(text, at), signature) ? at : undefined
}

function secondsOf(at: Instant): number {
  return Math.floor(at / 1000)
}
