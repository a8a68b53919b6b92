// DER, as far as certificates of a test need it: written from parts, and taken apart one level at a time.

/** Tags that occur in certificates (X.680 section 8). */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const

/** One element: `[explicit 3]` has the tag 0xa3. */
export function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag]), encodeLength(body.length), body])
}

export function sequence(...content: readonly Uint8Array[]): Buffer {
  return der(TAG.sequence, ...content)
}

/** @param dotted such as `2.5.29.19` */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(encodeArc)]))
}

/** A whole number that is not negative, given as its big-endian bytes. */
export function integer(bytes: Uint8Array): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0)
  const digits = start === -1 ? Buffer.from([0]) : bytes.subarray(start)
  const isNegative = ((digits[0] ?? 0) & 0x80) !== 0
  return der(TAG.integer, Buffer.from(isNegative ? [0] : []), digits)
}

/** @param unused how many of the last byte's bits do not count */
export function bitString(bytes: Uint8Array, unused = 0): Buffer {
  return der(TAG.bitString, Buffer.from([unused]), bytes)
}

/** The elements inside of an element, each with its tag and length: `whole` is its bytes, `content` those after the length. */
export function children(element: Uint8Array): readonly { whole: Buffer; content: Buffer }[] {
  const found: { whole: Buffer; content: Buffer }[] = []
  let rest = contentOf(Buffer.from(element))
  while (rest.length > 0) {
    const { start, end } = extentOf(rest)
    found.push({ whole: rest.subarray(0, end), content: rest.subarray(start, end) })
    rest = rest.subarray(end)
  }
  return found
}

function contentOf(element: Buffer): Buffer {
  const { start, end } = extentOf(element)
  return element.subarray(start, end)
}

function extentOf(element: Buffer): { start: number; end: number } {
  const first = element[1] ?? 0
  if (first < 0x80) return { start: 2, end: 2 + first }
  const width = first & 0x7f
  const start = 2 + width
  return { start, end: start + element.readUIntBE(2, width) }
}

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const hex = length.toString(16)
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes])
}

/** Base 128, the highest digits first, each but the last with its top bit set. */
function encodeArc(arc: number): number[] {
  const digits = [arc % 128]
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
    digits.unshift((rest % 128) | 0x80)
  }
  return digits
}
