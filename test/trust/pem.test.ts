import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodePem, isPem, parsePem } from '../../src/trust/index.ts'
import { codes, valueOf } from './keys.ts'

describe('parsePem()', () => {
  it('reads back what encodePem() writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (bytes) => {
        const text = encodePem('PUBLIC KEY', bytes)
        expect(text.split('\n').every((line) => line.length <= 64)).toBe(true)
        expect(valueOf(parsePem(text))).toEqual([{ label: 'PUBLIC KEY', headers: [], bytes }])
      }),
    )
  })

  it('reads several blocks with text between them, and the headers of old keys', () => {
    const old = encodePem('RSA PRIVATE KEY', Uint8Array.of(1)).replace('\n', '\nProc-Type: 4\n\n')
    const blocks = valueOf(parsePem(`one\n${encodePem('A', Uint8Array.of(2))}two\n${old}`))
    expect(blocks.map(({ label, headers }) => [label, headers])).toEqual([
      ['A', []],
      ['RSA PRIVATE KEY', ['Proc-Type: 4']],
    ])
  })

  it('refuses a text without a block', () => {
    expect(isPem('hello')).toBe(false)
    expect(codes(parsePem('hello'))).toEqual(['trust/key-invalid'])
  })
})
