// Checkpoints (C2SP tlog-checkpoint): the log's signed word on how many entries it holds, and the root over them (CP-3).

import { accept, parseBase64, type Result, refuse } from '../../../core/index.ts'
import type { TransparencyLog } from '../../../trust/index.ts'
import type { SigstoreProblem } from '../problem.ts'
import { HASH_BYTES } from './merkle.ts'
import { type Note, type NoteKey, parseNote } from './note.ts'

/**
 * A checkpoint that was read. Nothing says yet that a log signed it.
 *
 * @example { origin: 'rekor.sigstore.dev - 2605736670972794746', size: 23083062n, root, note }
 */
export interface Checkpoint {
  readonly origin: string
  readonly size: bigint
  readonly root: Uint8Array
  readonly note: Note
}

/** Decimal, without leading zeros; 19 digits are the most of an int64. */
const SIZE = /^(?:0|[1-9]\d{0,18})$/

/** Reads a checkpoint. Lines after the third are extensions, which nobody here understands; they are signed all the same. */
export function parseCheckpoint(envelope: string): Result<Checkpoint, SigstoreProblem> {
  const parsed = parseNote(envelope)
  if (!parsed.ok) return parsed
  const note = parsed.value
  const lines = note.text.slice(0, -1).split('\n')
  const [origin = '', sizeText = '', rootText = ''] = lines
  if (lines.length < 3 || lines.includes('')) {
    return malformed('an origin, a size and a root, without empty lines')
  }
  const size = SIZE.test(sizeText) ? BigInt(sizeText) : INT64_END
  if (size >= INT64_END) return malformed('a decimal size of an int64')
  const root = parseBase64(rootText)
  if (!root.ok || root.value.length !== HASH_BYTES) return malformed('a root of 32 bytes in base64')
  return accept({ origin, size, root: root.value, note })
}

const INT64_END = 2n ** 63n

/**
 * The names of a log, each compared exactly: with the port of its address, as some instances sign, and without it, as others
 * do.
 */
function namesOf({ origin, baseUrl }: TransparencyLog): readonly string[] {
  return [origin, baseUrl.replace(/^https?:\/\//, '').replace(/\/{1,8}$/, '')]
}

/**
 * What a log signs its checkpoints with: its names, and the first four bytes of the id that the trusted root gives its key.
 *
 * That is the id of Rekor v1 (of SHA-256 over the key) and the one of C2SP (of SHA-256 over name and key), for both are begun by
 * what the root says.
 */
export function noteKeyOf(log: TransparencyLog): NoteKey {
  const { publicKey, logId, checkpointKeyId } = log
  return { names: namesOf(log), keyId: (checkpointKeyId ?? logId).subarray(0, 4), key: publicKey }
}

/** The tree of a shard, as Rekor v1 writes it after its name. */
const TREE_ID = / - (?:0|[1-9]\d{0,19})$/

/** RK-5: the first line is a name of the log; Rekor v1 adds which of its trees it is. Nothing else is that log. */
export function isOriginOf({ origin }: Pick<Checkpoint, 'origin'>, log: TransparencyLog): boolean {
  const names = namesOf(log)
  return names.includes(origin) || names.includes(origin.replace(TREE_ID, ''))
}

function malformed(expected: string): Result<never, SigstoreProblem> {
  return refuse({
    code: 'verify/checkpoint-malformed',
    message: `Expected ${expected} in the checkpoint, found other lines`,
  })
}
