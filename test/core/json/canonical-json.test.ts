import { describe, expect, it } from 'vitest'
import { encodeCanonicalJson, type JsonValue, parseJson } from '../../../src/core/index.ts'

const canonical = (value: JsonValue) => {
  const encoded = encodeCanonicalJson(value)
  return encoded.ok ? new TextDecoder().decode(encoded.value) : encoded.problems[0].code
}
const parsed = (text: string) => {
  const value = parseJson(text)
  if (!value.ok) throw new Error(value.problems[0].message)
  return value.value
}

describe('encodeCanonicalJson()', () => {
  it('sorts members as text, not as array indices (RFC 8785 section 3.2.3)', () => {
    expect(canonical(parsed('{"10":1,"9":2,"-1":3,"":4}'))).toBe('{"":4,"-1":3,"10":1,"9":2}')
  })

  it('sorts by UTF-16 code units', () => {
    expect(canonical(parsed('{"\ue000":1,"😀":2}'))).toBe('{"😀":2,"\ue000":1}')
  })

  it.each([
    ['a lone surrogate', '\ud800', '\ud83d\ude00'],
    ['a name with a lone surrogate', { '\udc00': 1 }, { é: 1 }],
    ['NaN', Number.NaN, 0],
    ['Infinity', [Number.POSITIVE_INFINITY], [1e300]],
    ['nothing', undefined as unknown as JsonValue, null],
  ])('refuses %s', (_, refused: JsonValue, accepted: JsonValue) => {
    expect(canonical(refused)).toBe('core/canonical-json')
    expect(canonical(accepted)).not.toBe('core/canonical-json')
  })
})
