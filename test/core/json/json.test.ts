import { describe, expect, it } from 'vitest'
import { encodeUtf8, LIMITS, parseJson } from '../../../src/core/index.ts'

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...encodeUtf8(part)] : part)),
  )

const said = (input: string | Uint8Array) => {
  const parsed = parseJson(input)
  return parsed.ok ? 'accepted' : `${parsed.problems[0].code} at ${parsed.problems[0].at}`
}

describe('parseJson()', () => {
  it('reads every kind of value', () => {
    expect(
      parseJson(' {"a": [1, -0.5e2, true, false, null, "\\u00e9\\n"], "b": {}, "c": []} '),
    ).toEqual({
      ok: true,
      value: { a: [1, -50, true, false, null, 'é\n'], b: {}, c: [] },
    })
  })

  it('makes objects that inherit nothing', () => {
    const parsed = parseJson('{"constructor": 1}')
    const value = (parsed.ok ? parsed.value : {}) as object
    expect(Object.keys(value)).toEqual(['constructor'])
    for (const name of [...Object.getOwnPropertyNames(Object.prototype), 'then', 'toJSON']) {
      expect(name in value, name).toBe(name === 'constructor')
    }
    const prototype: unknown = Object.getPrototypeOf(value)
    expect(Reflect.ownKeys(prototype as object)).toEqual([])
    expect(Object.isFrozen(prototype)).toBe(true)
    expect(Object.getPrototypeOf(prototype)).toBeNull()
  })

  it('tells where each object and array begins, when asked', () => {
    const starts = new Map<object, number>()
    const parsed = parseJson('{"é": [\n {}]}', {}, starts)
    expect(parsed.ok && [...starts].map(([value, start]) => [value, start])).toEqual([
      [{}, 9],
      [[{}], 6],
      [{ é: [{}] }, 0],
    ])
  })

  // Each refusal, where it is found, and the nearest text that is accepted.
  it.each([
    ['one member twice', '{"a":1,"a":1}', 'duplicate-key at line 1, column 8', '{"a":1,"A":1}'],
    [
      'one member in two spellings',
      '{"a":1,\n"\\u0061":2}',
      'duplicate-key at line 2, column 1',
      '{"a":1,"\\u0062":2}',
    ],
    [
      'a duplicate further in',
      '[{"b":{"c":1,"c":2}}]',
      'duplicate-key at line 1, column 14',
      '[{"b":{"c":1},"c":2}]',
    ],
    ['"__proto__"', '{"__proto__":{}}', 'prototype-key at line 1, column 2', '{"proto":{}}'],
    [
      '"__proto__" escaped',
      '{"\\u005f_proto__":{}}',
      'prototype-key at line 1, column 2',
      '{"constructor":{}}',
    ],
    ['a lone surrogate', '["\\ud800"]', 'lone-surrogate at line 1, column 2', '["\\ud83d\\ude00"]'],
    [
      'a lone surrogate in a name',
      '{"\\udc00":1}',
      'lone-surrogate at line 1, column 2',
      '{"\\u00e9":1}',
    ],
    [
      'an integer that a double changes',
      '[9007199254740993]',
      'number-unsafe at line 1, column 2',
      '[9007199254740991]',
    ],
    [
      'one with a fraction',
      '9007199254740993.0',
      'number-unsafe at line 1, column 1',
      '9007199254740991.0',
    ],
    ['one with an exponent', '9007199254740993e0', 'number-unsafe at line 1, column 1', '1.5e300'],
    [
      'a negative one',
      '-9007199254740992',
      'number-unsafe at line 1, column 1',
      '-9007199254740991',
    ],
    ['a number beyond all doubles', '1e999', 'number-unsafe at line 1, column 1', '1e30'],
    ['a number that becomes zero', '1.5e-999', 'number-unsafe at line 1, column 1', '0.0e-999'],
    ['what follows the value', '{} {}', 'trailing at line 1, column 4', '{} \n'],
    ['a byte order mark', '\ufeff{}', 'byte-order-mark at line 1, column 1', '"\ufeff"'],
    ['nothing', '', 'syntax at line 1, column 1', '0'],
    ['a control character in a string', '"a\u0001"', 'syntax at line 1, column 3', '"a\u007f"'],
    ['an escape that JSON does not have', '"\\x41"', 'syntax at line 1, column 2', '"\\u0041"'],
    ['a string without an end', '["a', 'syntax at line 1, column 4', '["a"]'],
    ['a word that is none', 'nul', 'syntax at line 1, column 1', 'null'],
    ['a name without quotes', '{a:1}', 'syntax at line 1, column 2', '{"a":1}'],
    ['a comma at the end of an object', '{"a":1,}', 'syntax at line 1, column 8', '{"a":1}'],
    ['a comma at the end of an array', '[1,]', 'syntax at line 1, column 4', '[1]'],
    ['no colon', '{"a" 1}', 'syntax at line 1, column 6', '{"a" :1}'],
    ['an object that stays open', '{"a":1', 'syntax at line 1, column 7', '{"a":1}'],
    ['an array that stays open', '[1 2]', 'syntax at line 1, column 4', '[1,2]'],
    ['another blank than the four', '[\u00a01]', 'syntax at line 1, column 2', '[\t\r\n 1]'],
    ['a column that counts characters', '["😀", x]', 'syntax at line 1, column 7', '["😀", 0]'],
  ])('refuses %s', (_, refused, code, accepted) => {
    expect(said(refused)).toBe(`core/json-${code}`)
    expect(said(accepted)).toBe('accepted')
  })

  it('refuses bytes that are not UTF-8, and says where', () => {
    expect(said(bytes('["a",\n"é', [0xff], '"]'))).toBe('core/utf8 at line 2, column 3')
    expect(said(bytes('["a",\n"é"]'))).toBe('accepted')
  })

  it('refuses deep nesting without recursing into it', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    expect(said(nested(LIMITS.jsonDepthMax))).toBe('accepted')
    expect(said(nested(LIMITS.jsonDepthMax + 1))).toBe('core/json-depth at line 1, column 65')
    expect(said('{"a":'.repeat(1_000_000))).toMatch(/^core\/json-depth/)
  })

  it('refuses what is larger than its limits', () => {
    const code = (result: ReturnType<typeof parseJson>) => result.ok || result.problems[0].code
    expect(code(parseJson('"abc"', { bytesMax: 5 }))).toBe(true)
    expect(code(parseJson('"abcd"', { bytesMax: 5 }))).toBe('core/json-size')
    expect(code(parseJson('"abc"', { stringMax: 3 }))).toBe(true)
    expect(code(parseJson('"abcd"', { stringMax: 3 }))).toBe('core/json-size')
    expect(code(parseJson(`[0${',0'.repeat(LIMITS.jsonMembersMax - 1)}]`))).toBe(true)
    expect(code(parseJson(`[0${',0'.repeat(LIMITS.jsonMembersMax)}]`))).toBe('core/json-size')
  })

  it('shows what it found in a form that a terminal does not act on', () => {
    const parsed = parseJson('[\u001b[2J]')
    expect(parsed.ok || parsed.problems[0].message).toBe('Expected a value, found "\\u{1b}"')
  })
})
