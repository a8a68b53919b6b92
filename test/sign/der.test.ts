import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DER, encodeDer, encodeDerInteger, parseDer, parseDerInteger } from '../../src/sign/der.ts'

const bytes = (hex: string) => Buffer.from(hex, 'hex')

describe('DER', () => {
  it('is read back as it was written, at every length', () => {
    for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536]) {
      const content = new Uint8Array(length).fill(7)
      const [value, ...rest] = parseDer(encodeDer(DER.octets, content)) ?? []
      expect(rest).toEqual([])
      expect(value?.content.length).toBe(length)
    }
  })

  it('holds whole numbers up to 2^47', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.nat(65_535), (high, low) => {
        const number = high * 65_536 + low
        const [value] = parseDer(encodeDerInteger(number)) ?? []
        expect(parseDerInteger(value)).toBe(number)
      }),
    )
  })

  it.each([
    ['a cut value', '0403aa'],
    ['a cut length', '0482'],
    ['no length', '04'],
    ['the indefinite form', '30800000'],
    ['a length in more bytes than needed', '048101aa'],
    ['a length with a leading zero', '0482000100'],
    ['a length of four bytes', '048400000001aa'],
    ['a tag of several bytes', '1f8101'],
  ])('is not %s', (_, hex) => {
    expect(parseDer(bytes(hex))).toBeUndefined()
  })

  it.each([
    ['a negative one', '0201ff'],
    ['one with a leading zero too many', '0202007f'],
    ['an empty one', '0200'],
    ['one that is too large', '020701000000000000'],
    ['another type', '040101'],
  ])('gives no number for %s', (_, hex) => {
    expect(parseDerInteger(parseDer(bytes(hex))?.[0])).toBeUndefined()
    expect(parseDerInteger(undefined)).toBeUndefined()
  })
})
