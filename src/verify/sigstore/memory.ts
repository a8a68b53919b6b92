// Remembers what was computed for the same bytes: certificates and their paths repeat from bundle to bundle.

/** How many answers are kept; the one that was not asked for longest goes first. */
const KEPT_MAX = 256

/**
 * A function that computes once for all inputs of the same key.
 *
 * @param keyOf must tell apart whatever `compute` can tell apart: a remembered answer is the one that would be computed again
 */
export function remember<Input, Answer extends object>(
  keyOf: (input: Input) => string,
  compute: (input: Input) => Answer,
): (input: Input) => Answer {
  const kept = new Map<string, Answer>()
  return (input) => {
    const key = keyOf(input)
    const answer = kept.get(key) ?? compute(input)
    kept.delete(key)
    kept.set(key, answer)
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_MAX) break
      kept.delete(oldest)
    }
    return answer
  }
}
