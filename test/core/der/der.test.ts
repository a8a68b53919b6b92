import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkDerTree,
  childrenOf,
  DER_TAGS,
  type DerValue,
  LIMITS,
  parseDer,
  readBitOctets,
  readBits,
  readBoolean,
  readCount,
  readGeneralizedTime,
  readIntegerBytes,
  readOctets,
  readOid,
  readText,
  readTime,
} from '../../../src/core/index.ts'
import { hexOf, readHex, REFUSED } from './hex.ts'

describe('parseDer()', () => {
  it('reads one value, whatever the length of its length', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
      const content = '07'.repeat(length)
      const digits = length.toString(16)
      const octets = digits.padStart(digits.length + (digits.length % 2), '0')
      const prefix = length < 128 ? '' : (0x80 + octets.length / 2).toString(16)
      expect(readHex(`04${prefix}${octets}${content}`, (value) => readOctets(value).length)).toBe(
        length,
      )
    }
  })

  it.each([
    ['nothing', ''],
    ['a tag alone', '04'],
    ['a value that is cut off', '0403aaaa'],
    ['a length that is cut off', '0482ff'],
    ['the indefinite form', '30800000'],
    ['the reserved length', '04ff'],
    ['a length in more octets than it needs', '048101aa'],
    ['a length with a leading zero', `04820080${'00'.repeat(128)}`],
    ['a length of four octets', '048401000000'],
    ['a tag of several octets', '1f8101'],
    ['a mark of the end of contents', '0000'],
    ['a byte after the value', '040000'],
  ])('refuses %s', (_, hex) => {
    expect(readHex(hex, hexOf)).toBe(REFUSED)
  })

  it('refuses documents above the limit of size', () => {
    const wrap = (length: number) => {
      const bytes = Buffer.alloc(length)
      bytes.writeUInt8(0x04, 0)
      bytes.writeUInt8(0x83, 1)
      bytes.writeUIntBE(length - 5, 2, 3)
      return parseDer(bytes, readOctets).ok
    }
    expect(wrap(LIMITS.derBytesMax)).toBe(true)
    expect(wrap(LIMITS.derBytesMax + 1)).toBe(false)
  })

  it('refuses values that are nested deeper than the limit', () => {
    const nested = (depth: number) => {
      let bytes = Buffer.from('0500', 'hex')
      for (let level = 0; level < depth; level += 1) {
        const length = bytes.length < 128 ? [bytes.length] : [0x81, bytes.length]
        bytes = Buffer.concat([Buffer.from([0x30, ...length]), bytes])
      }
      return parseDer(bytes, checkDerTree).ok
    }
    expect(nested(LIMITS.derDepthMax)).toBe(true)
    expect(nested(LIMITS.derDepthMax + 1)).toBe(false)
  })

  it('lets other errors than its own through: they are mistakes of a reader', () => {
    const mistaken = () => {
      throw new TypeError('a mistake')
    }
    expect(() => parseDer(Buffer.from('0500', 'hex'), mistaken)).toThrow('a mistake')
  })

  it('never throws on random bytes, whatever reads them', () => {
    const readers = [
      checkDerTree,
      childrenOf,
      readBits,
      readBoolean,
      readCount,
      readOid,
      readText,
      readTime,
      readGeneralizedTime,
      readBitOctets,
      readIntegerBytes,
    ]
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(...readers), (bytes, read) => {
        expect(parseDer<unknown>(bytes, read)).toHaveProperty('ok')
      }),
      { numRuns: 2_000 },
    )
  })

  it('gives back views that put together are the bytes that were read', () => {
    const tree = fc.letrec<{ node: Buffer }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.uint8Array({ maxLength: 200 }).map((content) => encode(0x04, content)),
        fc.array(tie('node'), { maxLength: 4 }).map((nodes) => encode(0x30, Buffer.concat(nodes))),
      ),
    })).node
    fc.assert(
      fc.property(tree, (bytes) => {
        const result = parseDer(bytes, (value) => {
          checkDerTree(value)
          return rebuild(value)
        })
        expect(result).toEqual({ ok: true, value: bytes })
      }),
    )
  })
})

function encode(tag: number, content: Uint8Array): Buffer {
  const { length } = content
  const head =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...head]), content])
}

function rebuild(value: DerValue): Buffer {
  if (value.tag !== DER_TAGS.sequence) return Buffer.from(value.bytes)
  return encode(value.tag, Buffer.concat(childrenOf(value).map(rebuild)))
}
