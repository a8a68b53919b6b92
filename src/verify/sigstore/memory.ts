// Remembers what was computed of the same bytes: certificates, their issuers and the checkpoints of logs repeat from bundle to bundle.
// Only pure functions of bytes are remembered, and the key is a digest of everything that they see. No time, no expectation and no
// trust in a root is among it, so that no answer of one question can become that of another. What is remembered is also handed out,
// so that nobody can change it.

import { hash } from 'node:crypto'
import { freezeDeep } from '../../core/index.ts'

/** How many answers are kept; the one that was not asked for longest goes first. */
const KEPT_MAX = 256

/** Whoever sends more than certificates have may do so, and is not remembered. */
const KEY_BYTES_MAX = 16_384

/**
 * A function that computes once for all inputs of the same bytes.
 *
 * @param partsOf everything that `compute` can tell apart: a remembered answer is the one that would be computed again
 */
export function remember<Input, Answer extends object | boolean>(
  partsOf: (input: Input) => readonly Uint8Array[],
  compute: (input: Input) => Answer,
): (input: Input) => Answer {
  const kept = new Map<string, Answer>()
  return (input) => {
    const key = keyOf(partsOf(input))
    if (key === undefined) return compute(input)
    const answer = kept.get(key) ?? freezeDeep(compute(input))
    kept.delete(key)
    kept.set(key, answer)
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_MAX) break
      kept.delete(oldest)
    }
    return answer
  }
}

/** One digest over all parts, each with its length, so that no bytes can move from one to the next. */
function keyOf(parts: readonly Uint8Array[]): string | undefined {
  const lengths = Uint32Array.from(parts, ({ length }) => length)
  const size = lengths.reduce((sum, length) => sum + length, 0)
  if (size > KEY_BYTES_MAX) return undefined
  return hash('sha256', Buffer.concat([new Uint8Array(lengths.buffer), ...parts]), 'base64')
}
