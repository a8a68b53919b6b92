import { describe, expect, it } from 'vitest'
import { encodeDocument } from '../../../src/core/index.ts'

describe('encodeDocument()', () => {
  it('writes what JSON.stringify leaves raw as escapes, and changes nothing', () => {
    const document = { 'a\u009b': '\u001b\u202e\u2028\u{e0001}\ue000é"', n: [1, null, true] }
    const text = encodeDocument(document)
    expect(text).not.toMatch(/[^\P{C}\n]|\u2028/u)
    expect(text).toContain('\\u009b')
    expect(text).toContain('\\udb40\\udc01')
    expect(text).toContain('é')
    expect(JSON.parse(text)).toEqual(document)
    expect(text.endsWith('}\n')).toBe(true)
  })
})
