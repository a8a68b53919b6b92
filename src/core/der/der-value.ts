// DER (ITU-T X.690 section 10) as it is read from strangers: one encoding for one value, and no leniency. Children are read when
// they are asked for; what is wrong is thrown as a DerFault, which never leaves `parseDer`.

import { LIMITS } from '../limits.ts'
import type { CoreProblem } from '../problem.ts'
import { accept, type Result, refuse } from '../result.ts'
import { DER_TAGS } from './tags.ts'

/** One value: views of the bytes that were read, nothing is copied. */
export interface DerValue {
  /** The identifier octet. */
  readonly tag: number
  /** Tag, length and content, as a signature covers them. */
  readonly bytes: Uint8Array
  readonly content: Uint8Array
  /** How many values this one is inside of. */
  readonly depth: number
}

/** Why bytes are not the DER that was expected; only readers that run inside {@link parseDer} may throw it. */
class DerFault extends Error {
  override readonly name = 'DerFault'
}

/** Ends the reading: the bytes are not what they have to be. */
export function failDer(message: string): never {
  throw new DerFault(message)
}

/**
 * Reads one value that fills the bytes exactly, the way `read` says.
 *
 * @param read may call whatever takes a {@link DerValue}; every fault that this throws becomes `core/der`
 */
export function parseDer<T>(
  bytes: Uint8Array,
  read: (value: DerValue) => T,
): Result<T, CoreProblem> {
  try {
    if (bytes.length > LIMITS.derBytesMax) {
      failDer(`Expected at most ${LIMITS.derBytesMax} bytes of DER, found ${bytes.length}`)
    }
    return accept(read(readWhole(bytes)))
  } catch (error) {
    if (!(error instanceof DerFault)) throw error
    return refuse({ code: 'core/der', message: error.message })
  }
}

/** The one value that bytes inside DER hold, such as the content of an octet string. */
export function readWhole(bytes: Uint8Array, depth = 0): DerValue {
  const value = readAt(bytes, 0, depth)
  if (value.bytes.length !== bytes.length) failDer('Expected the end of the DER, found more bytes')
  return value
}

/** The values inside a constructed one, in their order. */
export function childrenOf(value: DerValue): readonly DerValue[] {
  if ((value.tag & 0x20) === 0) failDer('Expected a constructed value, found a primitive one')
  if (value.depth >= LIMITS.derDepthMax) {
    failDer(`Expected DER at most ${LIMITS.derDepthMax} deep, found deeper`)
  }
  const children: DerValue[] = []
  for (let at = 0; at < value.content.length; ) {
    const child = readAt(value.content, at, value.depth + 1)
    children.push(child)
    at += child.bytes.length
  }
  return children
}

/** Faults unless the value has this tag. */
export function expectTag(value: DerValue | undefined, tag: number): DerValue {
  if (value?.tag === tag) return value
  const found = value === undefined ? 'nothing' : describeTag(value.tag)
  return failDer(`Expected ${describeTag(tag)}, found ${found}`)
}

function readAt(bytes: Uint8Array, at: number, depth: number): DerValue {
  const tag = bytes[at]
  if (tag === undefined) return failDer('Expected a DER value, found nothing')
  // Universal number 0 is the end-of-contents mark of BER; numbers from 31 on take several octets, and no format here has them.
  if ((tag & 0x1f) === 0x1f || tag === 0x00)
    failDer('Expected a DER tag of one octet, found another')
  const { start, end } = readLength(bytes, at + 1)
  if (end > bytes.length) failDer('Expected a whole DER value, found a part of one')
  return { tag, bytes: bytes.subarray(at, end), content: bytes.subarray(start, end), depth }
}

/** X.690 section 10.1: the definite form, in as few octets as can be. */
function readLength(
  bytes: Uint8Array,
  at: number,
): { readonly start: number; readonly end: number } {
  const first = bytes[at] ?? failDer('Expected a DER length, found nothing')
  if (first < 0x80) return { start: at + 1, end: at + 1 + first }
  const count = first & 0x7f
  // No more than three octets: what is longer is above every limit.
  if (count === 0 || count > 3) failDer('Expected a definite DER length, found another form')
  let length = 0
  for (let index = 1; index <= count; index += 1) {
    length =
      length * 256 + (bytes[at + index] ?? failDer('Expected a DER length, found a part of one'))
  }
  if (length < 0x80 || length < 256 ** (count - 1)) {
    failDer('Expected a minimal DER length, found a longer one')
  }
  return { start: at + 1 + count, end: at + 1 + count + length }
}

function describeTag(tag: number): string {
  const name = Object.entries(DER_TAGS).find(([, value]) => value === tag)?.[0]
  return name ?? `the DER tag 0x${tag.toString(16).padStart(2, '0')}`
}
