// One header block of a tar archive (POSIX.1-2017 pax, "ustar Interchange Format"), read so that no two tools differ on it.

import { accept, parseUtf8, quote, type Result, refuse } from '../../core/index.ts'
import type { DigestProblem } from '../problem.ts'

/** Headers are one block; contents fill whole ones. */
export const TAR_BLOCK_BYTES = 512

/**
 * What a header says, as it is written; nothing here is judged but the form.
 *
 * @example { name: 'package/index.js', type: '0', size: 1204, linkName: '' }
 */
export interface TarHeader {
  readonly name: string
  /** The type flag, one character; a NUL of the oldest archives is given as `0`. */
  readonly type: string
  readonly size: number
  readonly linkName: string
}

const POSIX_MAGIC = 'ustar\u000000'
const GNU_MAGIC = 'ustar  \u0000'

/** Where each field lies: offset and length. */
const FIELD = {
  name: [0, 100],
  size: [124, 12],
  checksum: [148, 8],
  type: [156, 1],
  linkName: [157, 100],
  magic: [257, 8],
  prefix: [345, 155],
  afterNames: [345, 167],
} as const

/**
 * Reads a header block.
 *
 * @param block 512 bytes, not all of them zero
 * @returns `digest/archive-format` where the block is no header, or one that could be read in two ways
 */
export function parseTarHeader(block: Uint8Array): Result<TarHeader, DigestProblem> {
  const magic = latin1(field(block, 'magic'))
  if (magic !== POSIX_MAGIC && magic !== GNU_MAGIC) {
    return malformed(`Expected a tar header, found a block marked ${quote(magic)}`)
  }
  if (octal(field(block, 'checksum')) !== checksum(block)) {
    return malformed('Expected a tar header whose checksum fits, found another')
  }
  // Where POSIX keeps the beginning of a long name, GNU keeps times and maps of holes.
  if (magic === GNU_MAGIC && field(block, 'afterNames').some((byte) => byte !== 0)) {
    return malformed('Expected no GNU extensions in a tar header, found some')
  }
  const name = text(field(block, 'name'))
  if (!name.ok) return name
  const linkName = text(field(block, 'linkName'))
  if (!linkName.ok) return linkName
  const prefix = magic === GNU_MAGIC ? accept('') : text(field(block, 'prefix'))
  if (!prefix.ok) return prefix
  const whole = prefix.value === '' ? name.value : `${prefix.value}/${name.value}`
  const size = octal(field(block, 'size'))
  if (size === undefined) {
    return malformed(`Expected the size of ${quote(whole)} in octal digits, found something else`)
  }
  const type = latin1(field(block, 'type')).replace('\0', '0')
  return accept({ name: whole, type, size, linkName: linkName.value })
}

function field(block: Uint8Array, name: keyof typeof FIELD): Uint8Array {
  const [offset, length] = FIELD[name]
  return block.subarray(offset, offset + length)
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

/** Octal digits, blanks before them, blanks or NULs after; base-256 and negative numbers are not read. */
function octal(bytes: Uint8Array): number | undefined {
  const digits = /^ *(?<digits>[0-7]+)[ \0]*$/.exec(latin1(bytes))?.groups?.['digits']
  return digits === undefined ? undefined : Number.parseInt(digits, 8)
}

/** The sum of all bytes, with the checksum itself counted as blanks. */
function checksum(block: Uint8Array): number {
  let sum = FIELD.checksum[1] * 0x20
  for (const byte of block) sum += byte
  for (const byte of field(block, 'checksum')) sum -= byte
  return sum
}

/** UTF-8 up to the first NUL, and nothing but NULs after it. */
function text(bytes: Uint8Array): Result<string, DigestProblem> {
  const end = bytes.indexOf(0)
  const name = end === -1 ? bytes : bytes.subarray(0, end)
  if (bytes.subarray(name.length).some((byte) => byte !== 0)) {
    return malformed(`Expected nothing after the NUL of ${quote(latin1(name))}, found more bytes`)
  }
  const parsed = parseUtf8(name)
  if (parsed.ok) return parsed
  return refuse({
    code: 'digest/path-utf8',
    message: `Expected a name of UTF-8 alone, found ${quote(latin1(name))}`,
  })
}

function malformed(message: string): Result<never, DigestProblem> {
  return refuse({ code: 'digest/archive-format', message })
}
