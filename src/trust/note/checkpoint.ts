// Checkpoints (C2SP tlog-checkpoint): the log's signed word on how many entries it holds, and the root over them (CP-3).

import { accept, encodeBase64, parseBase64, type Result, refuse } from '../../core/index.ts'
import { HASH_BYTES } from '../../digest/index.ts'
import type { TrustProblem } from '../problem.ts'
import { type Note, parseNote } from './note.ts'

/**
 * A checkpoint that was read. Nothing says yet that a log signed it.
 *
 * @example { origin: 'rekor.sigstore.dev - 2605736670972794746', size: 23083062n, root, extensions: [], note }
 */
export interface Checkpoint {
  readonly origin: string
  readonly size: bigint
  readonly root: Uint8Array
  /** Lines after the root, which mean something to whoever wrote them. */
  readonly extensions: readonly string[]
  readonly note: Note
}

/** Decimal, without leading zeros; 19 digits are the most of an int64. */
const SIZE = /^(?:0|[1-9]\d{0,18})$/

/** Reads a checkpoint. Lines after the third are extensions, which nobody here understands; they are signed all the same. */
export function parseCheckpoint(envelope: string): Result<Checkpoint, TrustProblem> {
  const parsed = parseNote(envelope)
  if (!parsed.ok) return parsed
  const note = parsed.value
  const lines = note.text.slice(0, -1).split('\n')
  const [origin = '', sizeText = '', rootText = '', ...extensions] = lines
  if (lines.length < 3 || lines.includes('')) {
    return malformed('an origin, a size and a root, without empty lines')
  }
  const size = SIZE.test(sizeText) ? BigInt(sizeText) : INT64_END
  if (size >= INT64_END) return malformed('a decimal size of an int64')
  const root = parseBase64(rootText)
  if (!root.ok || root.value.length !== HASH_BYTES) return malformed('a root of 32 bytes in base64')
  return accept({ origin, size, root: root.value, extensions, note })
}

const INT64_END = 2n ** 63n

/** The text of a checkpoint, for its signers. */
export function encodeCheckpoint({
  origin,
  size,
  root,
  extensions,
}: Omit<Checkpoint, 'note'>): string {
  return [origin, String(size), encodeBase64(root), ...extensions, ''].join('\n')
}

function malformed(expected: string): Result<never, TrustProblem> {
  return refuse({
    code: 'trust/checkpoint-malformed',
    message: `Expected ${expected} in the checkpoint, found other lines`,
  })
}
