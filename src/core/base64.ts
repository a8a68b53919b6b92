// Base64 (RFC 4648 section 4) and base64url (section 5), canonical: one text for one sequence of bytes.

import type { CoreProblem } from './problem.ts'
import { accept, type Result, refuse } from './result.ts'

/** `base64` is padded; `base64url` is not. */
export type Base64Alphabet = 'base64' | 'base64url'

/**
 * Reads base64 that no other text spells: no blanks, no junk, right padding, zero trailing bits.
 *
 * DSSE-3 lets an envelope use either alphabet: `parseBase64(text, 'base64', 'base64url')` takes the first that fits.
 */
export function parseBase64(
  text: string,
  ...alphabets: readonly Base64Alphabet[]
): Result<Uint8Array, CoreProblem> {
  for (const alphabet of alphabets.length === 0 ? (['base64'] as const) : alphabets) {
    const bytes = decode(text, alphabet)
    // Buffer skips what it does not know; canonical text is the only one that comes back unchanged.
    const again = encodeBase64(bytes, alphabet)
    // RFC 4648 section 3.2: base64url may be padded as well.
    if (again === text || (alphabet === 'base64url' && pad(again) === text)) return accept(bytes)
  }
  return refuse({
    code: 'core/base64',
    message: 'Expected canonical base64, found other characters, wrong padding or stray bits',
  })
}

/** Into memory of its own: Buffer.from() would share it with others, and a copy takes as long as decoding. */
function decode(text: string, alphabet: Base64Alphabet): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text, alphabet))
  return new Uint8Array(bytes.buffer, 0, bytes.write(text, alphabet))
}

function pad(text: string): string {
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

/** Padded base64, or base64url without padding. */
export function encodeBase64(bytes: Uint8Array, alphabet: Base64Alphabet = 'base64'): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(alphabet)
}
