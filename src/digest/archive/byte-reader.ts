// Bytes that arrive in chunks of any size, read in the portions that a format has.

/** Reads forward only. */
export interface ByteReader {
  /** The next `count` bytes, or those that are left when the end comes first. Valid until the next call. */
  take(count: number): Promise<Uint8Array>
  /** Passes over `count` bytes; false when the end came first. */
  skip(count: number): Promise<boolean>
}

/** A reader of the chunks, which may be of any size and come at any time. */
export function createByteReader(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): ByteReader {
  const source =
    Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]()
  let chunk: Uint8Array = new Uint8Array()

  /** Makes `chunk` hold something; false at the end. */
  async function refill(): Promise<boolean> {
    while (chunk.length === 0) {
      const next = await source.next()
      if (next.done === true) return false
      chunk = next.value
    }
    return true
  }

  return {
    async take(count) {
      if (chunk.length >= count) {
        const taken = chunk.subarray(0, count)
        chunk = chunk.subarray(count)
        return taken
      }
      const taken = new Uint8Array(count)
      let filled = 0
      while (filled < count && (await refill())) {
        const part = chunk.subarray(0, count - filled)
        taken.set(part, filled)
        filled += part.length
        chunk = chunk.subarray(part.length)
      }
      return taken.subarray(0, filled)
    },
    async skip(count) {
      let left = count
      while (left > 0 && (await refill())) {
        const passed = Math.min(left, chunk.length)
        left -= passed
        chunk = chunk.subarray(passed)
      }
      return left === 0
    },
  }
}
