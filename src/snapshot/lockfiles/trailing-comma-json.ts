// JSON with trailing commas, as bun writes it. The only door to `jsonc-parser`, whose scanner finds
// the commas; what is left is read by the strict reader, because the package's own parser takes
// duplicate members in silence.

import { createScanner } from 'jsonc-parser'
import { accept, LIMITS, parseJson, parseUtf8 } from '../../core/index.ts'
import type { TreeReader } from './document.ts'

/** Reads strict JSON in which a comma may stand before a closing bracket; no comments. */
export const readTrailingCommaJson: TreeReader = (bytes, starts) => {
  const text = parseUtf8(bytes)
  if (!text.ok) return text
  const parsed = parseJson(
    blankTrailingCommas(text.value),
    { bytesMax: LIMITS.inputBytesMax },
    starts,
  )
  return parsed.ok ? accept({ value: parsed.value, text: text.value }) : parsed
}

/**
 * Every comma before a closing bracket becomes a blank: all other characters stay where they are.
 */
function blankTrailingCommas(text: string): string {
  const scanner = createScanner(text, true)
  const pieces: string[] = []
  let copied = 0
  let comma = -1
  // A token is known by its first character: a string starts with its quote, a comment with its
  // slash.
  let before = ''
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const token = text[scanner.getTokenOffset()] ?? ''
    if (comma >= 0 && (token === '}' || token === ']')) {
      pieces.push(text.slice(copied, comma), ' ')
      copied = comma + 1
    }
    // A comma trails something: after an opening bracket it stays, to be refused.
    const trails = token === ',' && before !== '{' && before !== '['
    comma = trails ? scanner.getTokenOffset() : -1
    before = token
  }
  return pieces.join('') + text.slice(copied)
}
