import { describe, expect, it } from 'vitest'
import {
  checkDerTree,
  childrenOf,
  constructedTag,
  DER_TAGS,
  type DerValue,
  fieldsOf,
  onlyChildOf,
  primitiveTag,
  readBoolean,
  readCount,
} from '../../../src/core/index.ts'
import { hexOf, readHex, REFUSED } from './hex.ts'

describe('the fields of a sequence', () => {
  const read = (hex: string) =>
    readHex(hex, (value) => {
      const fields = fieldsOf(value)
      const count = readCount(fields.take(DER_TAGS.integer))
      const flag = fields.takeIf(DER_TAGS.boolean)
      fields.end()
      return [count, flag === undefined ? undefined : readBoolean(flag)]
    })

  it('are taken in their order, optional ones where they are there', () => {
    expect(read('3003020105')).toEqual([5, undefined])
    expect(read('30060201050101ff')).toEqual([5, true])
  })

  it.each([
    ['one is missing', '3000'],
    ['one has another tag', '3003040105'],
    ['one more follows', '3005020105 0500'.replace(' ', '')],
    ['they are in another order', '30060101ff020105'],
    ['they are in a set', '3103020105'],
    ['they are in a string', '040105'],
  ])('are refused where %s', (_, hex) => {
    expect(read(hex)).toBe(REFUSED)
  })

  it('are one where one is expected', () => {
    const only = (hex: string) =>
      readHex(hex, (value) => hexOf(onlyChildOf(value, constructedTag(0))))
    expect(only('a003020105')).toBe('05')
    for (const hex of ['a000', 'a006020105020106', 'a103020105', '8003020105']) {
      expect(only(hex)).toBe(REFUSED)
    }
  })

  it('may stand under a tag of their place', () => {
    const read = (value: DerValue) =>
      readCount(fieldsOf(value, constructedTag(3)).take(DER_TAGS.integer))
    expect(readHex('a303020105', read)).toBe(5)
    expect(readHex('800109', (value) => readCount(value, primitiveTag(0)))).toBe(9)
  })

  it('are no children of a primitive value', () => {
    expect(readHex('0403020105', childrenOf)).toBe(REFUSED)
  })
})

describe('checkDerTree()', () => {
  it.each([
    ['an integer with a leading zero', '30040202007f'],
    ['a boolean that is neither', '3003010101'],
    ['an identifier that is cut off', '3003060188'],
    ['a null with content', '3003050100'],
    ['a string in parts', '30052403040100'],
    ['a primitive sequence', '30021000'],
    ['a primitive set', '30021100'],
    ['a value that is cut off', '30020405'],
  ])('finds %s anywhere', (_, hex) => {
    expect(readHex(hex, checkDerTree)).toBe(REFUSED)
  })

  it('passes what is DER, under tags of any class', () => {
    expect(readHex('300c020105a103040161820161', checkDerTree)).toBe(REFUSED)
    expect(readHex('300b020105a103040161820161', checkDerTree)).toBeUndefined()
    expect(readHex('3006310405000500', checkDerTree)).toBeUndefined()
  })
})
