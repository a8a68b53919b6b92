// JSON Lines: one JSON text a line.

/** One line of a file that is not blank. */
export interface JsonLine {
  /** From 1, blank lines counted. */
  readonly line: number
  readonly bytes: Uint8Array
}

const NEWLINE = 0x0a
/** Space, tab, carriage return. */
const BLANKS: readonly number[] = [0x20, 0x09, 0x0d]

/** Lines end at the byte 0A and nowhere else; blank ones are skipped, and nothing else is. */
export function splitJsonLines(bytes: Uint8Array): readonly JsonLine[] {
  const lines = []
  for (let line = 1, start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline < 0 ? bytes.length : newline
    const part = bytes.subarray(start, end)
    if (!part.every((byte) => BLANKS.includes(byte))) lines.push({ line, bytes: part })
    start = end + 1
  }
  return lines
}
