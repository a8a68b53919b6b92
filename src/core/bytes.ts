// Text and bytes: strict UTF-8 both ways, hexadecimal, and order-free comparison.

import { accept, type Result, refuse } from './result.ts'
import type { CoreProblem } from './problem.ts'

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const UTF8 = new TextEncoder()

/** The text's bytes. A lone surrogate becomes U+FFFD: callers check `isWellFormed` where that matters. */
export function encodeUtf8(text: string): Uint8Array {
  return UTF8.encode(text)
}

/** Reads UTF-8 and nothing else; a byte order mark stays in the text, for the caller to refuse. */
export function parseUtf8(bytes: Uint8Array): Result<string, CoreProblem> {
  try {
    return accept(STRICT_UTF8.decode(bytes))
  } catch {
    // The decoder says only that it failed; the offset is found by looking again.
    const line = lineOfInvalidByte(bytes)
    return refuse({
      code: 'core/utf8',
      message: 'Expected UTF-8, found other bytes',
      at: `line ${line.line}, column ${line.column}`,
    })
  }
}

/** Lower-case hexadecimal, two digits a byte. */
export function encodeHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** True when both hold the same bytes. Not for secrets: it stops at the first difference. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0
}

/** Where the longest valid beginning ends; columns count code points. */
function lineOfInvalidByte(bytes: Uint8Array): { line: number; column: number } {
  let valid = 0
  let end = bytes.length
  while (valid < end) {
    const middle = Math.ceil((valid + end) / 2)
    if (isUtf8Prefix(bytes.subarray(0, middle))) valid = middle
    else end = middle - 1
  }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, valid), {
    stream: true,
  })
  const lines = text.split('\n')
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 }
}

/** Valid so far: a sequence that is cut off at the end may still become a character. */
function isUtf8Prefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}
