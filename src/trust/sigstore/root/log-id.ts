// How a log is named by its key (RFC 6962 section 3.2; C2SP signed-note.md, signatures).

import { createHash } from 'node:crypto'
import { equalBytes } from '../../../core/index.ts'
import type { LogKey } from './trusted-root.ts'

const DIGEST_BYTES = 32
/** Of a key id in a signed note. */
const NOTE_ID_BYTES = 4

/** A certificate log, or a log of Rekor v1: SHA-256 of its key. */
export function isKeyDigest(id: Uint8Array, key: LogKey): boolean {
  return equalBytes(id, digest(key))
}

/**
 * A transparency log: that, or the key id of its checkpoints, whole or its first four bytes.
 *
 * The key id of an Ed25519 key also covers the log's name, which need not be its address, so that nothing but its length can be
 * told here. It only chooses among keys: a signature by that key is demanded all the same.
 */
export function isLogId(id: Uint8Array, key: LogKey): boolean {
  if (isKeyDigest(id, key) || equalBytes(id, digest(key).subarray(0, NOTE_ID_BYTES))) return true
  return key.type === 'ed25519' && [NOTE_ID_BYTES, DIGEST_BYTES].includes(id.length)
}

function digest({ spki }: LogKey): Uint8Array {
  return createHash('sha256').update(spki).digest()
}
