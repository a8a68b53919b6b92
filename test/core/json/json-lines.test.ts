import { describe, expect, it } from 'vitest'
import { encodeUtf8, splitJsonLines } from '../../../src/core/index.ts'

const split = (text: string): readonly string[] =>
  splitJsonLines(encodeUtf8(text)).map(
    ({ line, bytes }) => `${line}:${JSON.stringify(Buffer.from(bytes).toString())}`,
  )

describe('splitJsonLines()', () => {
  it('counts blank lines and passes over them', () => {
    expect(split('a\n\n \t\r\nb')).toEqual(['1:"a"', '4:"b"'])
    expect(split('')).toEqual([])
    expect(split('\n\n')).toEqual([])
  })

  it('ends a line at 0A and nowhere else (A-104)', () => {
    expect(split('a\r\nb\rc\u2028d\n')).toEqual(['1:"a\\r"', '2:"b\\rc\u2028d"'])
  })

  it('takes nothing but space, tab and carriage return for blank', () => {
    expect(split('\u0001\n\u00a0\n\v')).toEqual(['1:"\\u0001"', '2:"\u00a0"', '3:"\\u000b"'])
  })
})
