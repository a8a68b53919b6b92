// What primitive DER values mean (ITU-T X.690 sections 8 and 11). Each reader faults on every encoding but the one.

import { parseUtf8 } from '../bytes.ts'
import { type DerValue, expectTag, failDer } from './der-value.ts'
import { DER_TAGS } from './tags.ts'

/** X.690 section 11.1: true is 0xff, and nothing else is. */
export function readBoolean(value: DerValue): boolean {
  const { content } = expectTag(value, DER_TAGS.boolean)
  const [octet] = content
  if (content.length !== 1 || (octet !== 0x00 && octet !== 0xff)) failDer('Expected a DER boolean')
  return octet === 0xff
}

/**
 * The octets of an INTEGER: two's complement, minimal (X.690 section 8.3.2).
 *
 * @param tag of an integer under a context tag
 */
export function readIntegerBytes(value: DerValue, tag: number = DER_TAGS.integer): Uint8Array {
  const { content } = expectTag(value, tag)
  const [first, second = 0] = content
  if (first === undefined) return failDer('Expected an integer, found no octets')
  const isPadded = (first === 0x00 && second < 0x80) || (first === 0xff && second >= 0x80)
  if (content.length > 1 && isPadded) failDer('Expected a minimal integer, found a longer one')
  return content
}

/** An INTEGER from 0 to 2^47, for versions, counts and parts of a second. */
export function readCount(value: DerValue, tag: number = DER_TAGS.integer): number {
  const content = readIntegerBytes(value, tag)
  const number = content.length > 6 ? -1 : Buffer.from(content).readIntBE(0, content.length)
  return number < 0 ? failDer('Expected a small integer, found another') : number
}

/** The octets of an OBJECT IDENTIFIER: whole arcs without leading zeros (X.690 section 8.19.2). */
export function readOidBytes(value: DerValue): Uint8Array {
  const { content } = expectTag(value, DER_TAGS.oid)
  const isWhole = content.every((octet, at) => octet !== 0x80 || (content[at - 1] ?? 0) >= 0x80)
  if (!isWhole || (content.at(-1) ?? 0x80) >= 0x80) failDer('Expected a whole object identifier')
  return content
}

/** Arcs in decimal, as in `1.2.840.10045.4.3.2`; none of those that are known here is beyond 2^49. */
export function readOid(value: DerValue): string {
  const arcs: number[] = []
  let arc = 0
  for (const octet of readOidBytes(value)) {
    if (arc > 2 ** 42) failDer('Expected an object identifier of small arcs, found a large one')
    arc = arc * 128 + (octet & 0x7f)
    if (octet >= 0x80) continue
    arcs.push(arc)
    arc = 0
  }
  const [first = 0, ...others] = arcs
  const root = Math.min(Math.floor(first / 40), 2)
  return [root, first - root * 40, ...others].join('.')
}

/** The octets of an OCTET STRING, which DER never cuts in parts. */
export function readOctets(value: DerValue, tag: number = DER_TAGS.octetString): Uint8Array {
  return expectTag(value, tag).content
}

/** A BIT STRING of whole octets, as signatures and keys are. */
export function readBitOctets(value: DerValue): Uint8Array {
  const { content } = expectTag(value, DER_TAGS.bitString)
  if (content[0] !== 0) failDer('Expected a bit string of whole octets')
  return content.subarray(1)
}

/**
 * The numbers of the bits that are set in a named-bit list (X.690 section 11.2.2: without zero bits at its end).
 *
 * @example keyUsage digitalSignature is [0]
 */
export function readBits(value: DerValue): readonly number[] {
  const { content } = expectTag(value, DER_TAGS.bitString)
  const [unused = 8, ...octets] = content
  const last = octets.at(-1)
  const bits = octets.flatMap((octet, index) =>
    [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => octet & (0x80 >> bit)).map((bit) => index * 8 + bit),
  )
  // The last bit that is there is the last that is set, so that nothing hides in the unused ones either.
  const isMinimal =
    last === undefined ? unused === 0 : bits.at(-1) === octets.length * 8 - 1 - unused
  if (!isMinimal) failDer('Expected a minimal bit list, found a longer one')
  return bits
}

/** A UTF8String. */
export function readText(value: DerValue): string {
  return readUtf8(expectTag(value, DER_TAGS.utf8String).content)
}

/** Octets that are text without a tag of their own. */
export function readUtf8(octets: Uint8Array): string {
  const text = parseUtf8(octets)
  return text.ok ? text.value : failDer(text.problems[0].message)
}
