// Text and bytes: strict UTF-8 both ways, hexadecimal, and order-free comparison.

import { accept, type Result, refuse } from './result.ts'
import { positionAfter } from './text-position.ts'
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
    return refuse({
      code: 'core/utf8',
      message: 'Expected UTF-8, found other bytes',
      at: positionAfter(validBeginning(bytes)),
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

/** The longest beginning that is valid, as text. */
function validBeginning(bytes: Uint8Array): string {
  let valid = 0
  let end = bytes.length
  while (valid < end) {
    const middle = Math.ceil((valid + end) / 2)
    if (isUtf8Prefix(bytes.subarray(0, middle))) valid = middle
    else end = middle - 1
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, valid), {
    stream: true,
  })
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
