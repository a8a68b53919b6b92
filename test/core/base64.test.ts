import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeBase64, encodeUtf8, parseBase64 } from '../../src/core/index.ts'

const code = (text: string, ...alphabets: Parameters<typeof parseBase64>[1][]) => {
  const parsed = parseBase64(text, ...alphabets)
  return parsed.ok ? 'accepted' : parsed.problems[0].code
}

describe('parseBase64()', () => {
  it('reads the vectors of RFC 4648 section 10', () => {
    for (const [text, base64] of [
      ['', ''],
      ['f', 'Zg=='],
      ['fo', 'Zm8='],
      ['foobar', 'Zm9vYmFy'],
    ] as const) {
      expect(parseBase64(base64)).toEqual({ ok: true, value: encodeUtf8(text) })
    }
  })

  it.each([
    ['no padding', 'Zg', 'Zg=='],
    ['too much padding', 'Zm8==', 'Zm8='],
    ['stray bits', 'Zh==', 'Zg=='],
    ['a blank', 'Zm 8=', 'Zm8='],
    ['a line feed at the end', 'Zm8=\n', 'Zm8='],
    ['two texts in one', 'Zg==Zg==', 'ZgBm'],
    ['the other alphabet', '-_-_', '+/+/'],
    ['a character of neither', 'Zm8é', 'Zm8u'],
    ['a length that no bytes have', 'Zm9vY', 'Zm9v'],
  ])('refuses %s', (_, refused, accepted) => {
    expect(code(refused)).toBe('core/base64')
    expect(code(accepted)).toBe('accepted')
  })

  it('reads base64url when asked, padded or not, and either where both are allowed (DSSE-3)', () => {
    expect(code('-_-_Zg', 'base64url')).toBe('accepted')
    expect(code('-_-_Zg==', 'base64url')).toBe('accepted')
    expect(code('-_-_Zg=', 'base64url')).toBe('core/base64')
    expect(code('-_-_Zg======', 'base64url')).toBe('core/base64')
    expect(code('-_-_====', 'base64url')).toBe('core/base64')
    expect(code('+/+/', 'base64url')).toBe('core/base64')
    expect(code('-_-_', 'base64', 'base64url')).toBe('accepted')
    expect(code('+/+/', 'base64', 'base64url')).toBe('accepted')
    expect(code('+_+_', 'base64', 'base64url')).toBe('core/base64')
  })

  it('takes time in proportion to the length, whatever the text is', () => {
    const hostile = `${'='.repeat(4_000_000)}a`
    expect(code(hostile)).toBe('core/base64')
    expect(code(hostile, 'base64', 'base64url')).toBe('core/base64')
  }, 2_000)

  it('reads back what encodeBase64() writes, and nothing else means the same', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom('base64', 'base64url'), (bytes, alphabet) => {
        const text = encodeBase64(bytes, alphabet)
        expect(parseBase64(text, alphabet)).toEqual({ ok: true, value: bytes })
        expect(code(`${text} `, alphabet)).toBe('core/base64')
      }),
    )
  })
})
