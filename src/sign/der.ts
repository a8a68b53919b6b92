// As much of DER (ITU-T X.690) as an encrypted private key needs: definite lengths, minimal, nothing left over.

/** One value: its tag byte and its content. */
export interface DerValue {
  readonly tag: number
  readonly content: Uint8Array
}

/** The tags that occur in encrypted keys. */
export const DER = { integer: 0x02, octets: 0x04, object: 0x06, sequence: 0x30 } as const

/** Tag, length, and the content put together. */
export function encodeDer(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(contents)
  return Buffer.concat([Uint8Array.of(tag), encodeLength(content.length), content])
}

/** A whole number of zero or more (X.690 section 8.3). */
export function encodeDerInteger(value: number): Uint8Array {
  const hex = value.toString(16)
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  // The top bit is the sign.
  const sign = (bytes[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array()
  return encodeDer(DER.integer, sign, bytes)
}

/**
 * The values that fill these bytes exactly.
 *
 * @returns `undefined` for anything that is not DER with one-byte tags
 */
export function parseDer(bytes: Uint8Array): readonly DerValue[] | undefined {
  const values: DerValue[] = []
  let at = 0
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0
    const length = parseLength(bytes, at + 1)
    if (length === undefined || (tag & 0x1f) === 0x1f) return undefined
    const end = length.start + length.value
    if (end > bytes.length) return undefined
    values.push({ tag, content: bytes.subarray(length.start, end) })
    at = end
  }
  return values
}

/** A whole number below 2^48, or nothing: no parameter of a key derivation needs more. */
export function parseDerInteger(value: DerValue | undefined): number | undefined {
  if (value?.tag !== DER.integer) return undefined
  const { content } = value
  const [first = 0x80, second = 0x80] = content
  const padded = first === 0 && content.length > 1 && second < 0x80
  if (first >= 0x80 || padded || content.length > 6) return undefined
  return Buffer.from(content).readUIntBE(0, content.length)
}

function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const hex = length.toString(16)
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return Buffer.concat([Uint8Array.of(0x80 | bytes.length), bytes])
}

function parseLength(
  bytes: Uint8Array,
  at: number,
): { readonly value: number; readonly start: number } | undefined {
  const first = bytes[at]
  if (first === undefined) return undefined
  if (first < 0x80) return { value: first, start: at + 1 }
  const count = first & 0x7f
  const start = at + 1 + count
  // Three bytes are 16 MiB; a longer length, the indefinite form and leading zeros are not for keys.
  if (count === 0 || count > 3 || start > bytes.length) return undefined
  const value = Buffer.from(bytes).readUIntBE(at + 1, count)
  return value < 0x80 || value < 256 ** (count - 1) ? undefined : { value, start }
}
