// The schema library puts every mistake of a list on the stack at once: a list that is wrong a hundred thousand times does not fit.

/** What `run` gives, or undefined where the input made it need more stack than there is. */
export function unlessOverflow<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (cause) {
    if (cause instanceof RangeError) return undefined
    throw cause
  }
}
