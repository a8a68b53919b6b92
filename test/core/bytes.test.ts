import { describe, expect, it } from 'vitest'
import { AssayError, encodeHex, encodeUtf8, equalBytes, parseUtf8 } from '../../src/core/index.ts'

describe('parseUtf8()', () => {
  it('keeps a byte order mark in the text', () => {
    expect(parseUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toEqual({ ok: true, value: '\ufeffa' })
  })

  it.each([
    ['a byte that begins nothing', [0x61, 0x0a, 0x62, 0xff], 'line 2, column 2'],
    ['a sequence that is cut off', [0x61, 0xe2, 0x82], 'line 1, column 2'],
    ['an overlong form', [0xc0, 0xaf], 'line 1, column 1'],
    ['a surrogate', [0xed, 0xa0, 0x80], 'line 1, column 1'],
  ])('refuses %s', (_, bytes, at) => {
    expect(parseUtf8(Uint8Array.from(bytes))).toEqual({
      ok: false,
      problems: [{ code: 'core/utf8', message: 'Expected UTF-8, found other bytes', at }],
    })
    expect(parseUtf8(encodeUtf8('é')).ok).toBe(true)
  })
})

describe('bytes', () => {
  it('are written as lower-case hexadecimal', () => {
    expect(encodeHex(Uint8Array.of(0, 0xab, 0xff).subarray(1))).toBe('abff')
  })

  it('are equal when length and content are', () => {
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true)
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false)
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0))).toBe(false)
  })
})

describe('AssayError', () => {
  it('carries its code, a hint and what lies under it', () => {
    const cause = new Error('ENOSPC')
    const error = new AssayError('host/input-output', 'Cannot write', { hint: 'Free space', cause })
    expect([error.name, error.code, error.hint, error.cause]).toEqual([
      'AssayError',
      'host/input-output',
      'Free space',
      cause,
    ])
    expect('cause' in new AssayError('host/input-output', 'Cannot write')).toBe(false)
  })
})
