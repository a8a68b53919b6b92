// Files waiting for a thread, in batches of about equal cost; the largest first, so that no thread ends with one of them.

/** Opening and closing a file takes the time of digesting about so many bytes. */
const FILE_COST_BYTES = 8 * 1024
/** Small enough that all threads end together, large enough that messages cost nothing. */
const BATCH_BYTES = 4 * 1024 * 1024

/** First in by number, out in the order that keeps all threads busy to the end. */
export interface BatchQueue {
  /** Puts a file in, by its number. */
  add(index: number, sizeBytes: number): void
  /** Everything that was ever put in, in bytes of digesting. */
  costBytes(): number
  /**
   * Takes a batch out: a large file alone, or small ones together.
   *
   * @param isLast also takes a batch that could still grow
   */
  take(isLast: boolean): readonly number[] | undefined
}

/** An empty queue. */
export function createBatchQueue(): BatchQueue {
  const large: { readonly index: number; readonly sizeBytes: number }[] = []
  const full: number[][] = []
  let growing: number[] = []
  let growingBytes = 0
  let costBytes = 0
  let sorted = true
  return {
    add(index, sizeBytes) {
      const cost = sizeBytes + FILE_COST_BYTES
      costBytes += cost
      if (cost >= BATCH_BYTES) {
        large.push({ index, sizeBytes })
        sorted = false
        return
      }
      growing.push(index)
      growingBytes += cost
      if (growingBytes < BATCH_BYTES) return
      full.push(growing)
      growing = []
      growingBytes = 0
    },
    costBytes: () => costBytes,
    take(isLast) {
      if (!sorted) large.sort((a, b) => a.sizeBytes - b.sizeBytes)
      sorted = true
      const alone = large.pop()
      if (alone !== undefined) return [alone.index]
      if (full.length > 0 || !isLast || growing.length === 0) return full.pop()
      const last = growing
      growing = []
      return last
    },
  }
}
