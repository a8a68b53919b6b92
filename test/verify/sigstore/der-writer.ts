// DER for test certificates and timestamps: written without looking at the reader, and willing to write what is wrong.

/** Tag, length, and the contents one after the other. */
export function tlv(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content])
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const hex = length.toString(16)
  const octets = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return Buffer.concat([Buffer.from([0x80 | octets.length]), octets])
}

export const sequence = (...contents: readonly Uint8Array[]) => tlv(0x30, ...contents)
export const set = (...contents: readonly Uint8Array[]) => tlv(0x31, ...contents)
export const octets = (...contents: readonly Uint8Array[]) => tlv(0x04, ...contents)
export const utf8 = (text: string) => tlv(0x0c, Buffer.from(text))
export const explicit = (number: number, ...contents: readonly Uint8Array[]) =>
  tlv(0xa0 | number, ...contents)
export const implicit = (number: number, content: Uint8Array) => tlv(0x80 | number, content)
export const boolean = (value: boolean) => tlv(0x01, Buffer.from([value ? 0xff : 0]))
export const nothing = () => tlv(0x05)

/** A whole number, or the octets of any. */
export function integer(value: number | Uint8Array): Buffer {
  if (typeof value !== 'number') return tlv(0x02, value)
  const hex = value.toString(16)
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return tlv(0x02, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes)
}

/** @example oid('1.2.840.113549') */
export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...others] = text.split('.').map(Number)
  const octetsOf = (arc: number): number[] => {
    const digits = [arc % 128]
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
      digits.unshift((rest % 128) + 128)
    }
    return digits
  }
  return tlv(0x06, Buffer.from([first * 40 + second, ...others].flatMap(octetsOf)))
}

/** A BIT STRING of whole octets. */
export const bitOctets = (bytes: Uint8Array) => tlv(0x03, Buffer.alloc(1), bytes)

/** A BIT STRING with these bits set, without zero bits at its end. */
export function bits(...numbers: readonly number[]): Buffer {
  if (numbers.length === 0) return tlv(0x03, Buffer.alloc(1))
  const last = Math.max(...numbers)
  const bytes = Buffer.alloc(Math.floor(last / 8) + 1)
  for (const number of numbers) {
    const at = Math.floor(number / 8)
    bytes[at] = (bytes[at] ?? 0) | (0x80 >> (number % 8))
  }
  return tlv(0x03, Buffer.from([7 - (last % 8)]), bytes)
}

/** A UTCTime. */
export function utcTime(instant: number): Buffer {
  return tlv(0x17, Buffer.from(digitsOf(instant).slice(2)))
}

/** A GeneralizedTime, with the fraction as it is given. */
export function generalizedTime(instant: number, fraction = ''): Buffer {
  const text = digitsOf(instant).replace('Z', fraction === '' ? 'Z' : `.${fraction}Z`)
  return tlv(0x18, Buffer.from(text))
}

function digitsOf(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`
}
