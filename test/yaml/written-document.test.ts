import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIMITS, parseJson } from '../../src/core/index.ts'
import { type DocumentForm, parseWritten } from '../../src/yaml/index.ts'

function read(text: string, form: DocumentForm = 'yaml'): unknown {
  const document = parseWritten(Buffer.from(text), form)
  if (document.ok) return document.value.value
  return document.problems.map(({ code, at }) => `${code} ${at ?? ''}`)
}

function position(text: string, pointer?: string): string {
  const document = parseWritten(Buffer.from(text), 'yaml')
  return document.ok ? document.value.position(pointer) : 'refused'
}

describe('parseWritten()', () => {
  it('reads YAML as the JSON that it means', () => {
    expect(read('a: 1\nb: [x, "2", true, null]\nc:\n  d: -1.5e3\n  e: |\n    text\n')).toEqual({
      a: 1,
      b: ['x', '2', true, null],
      c: { d: -1500, e: 'text\n' },
    })
  })

  it('takes a word for text that older YAML takes for something else', () => {
    expect(read('[no, yes, on, 12:30, 2026-04-10, 1_000]')).toEqual([
      'no',
      'yes',
      'on',
      '12:30',
      '2026-04-10',
      '1_000',
    ])
  })

  it('makes objects that inherit nothing', () => {
    const document = parseWritten(Buffer.from('constructor: 1\n'), 'yaml')
    expect(document.ok && Object.getPrototypeOf(document.value.value)).toBeNull()
  })

  it.each([
    ['an anchor', 'a: &x 1', 'yaml/alias line 1, column 7'],
    ['an alias', 'a: *x', 'yaml/alias line 1, column 4'],
    ['a tag', 'a: !!str 1', 'yaml/alias line 1, column 10'],
    ['a tag of a language', 'a: !!js/function "x"', 'yaml/alias line 1, column 18'],
    ['an ordered map', 'a: !!omap [b: 1, b: 2]', 'yaml/syntax line 1, column 4'],
    ['a merge key', 'a: { <<: { x: 1 } }', 'yaml/alias line 1, column 6'],
    ['an older version', '%YAML 1.1\n---\na: yes', 'yaml/directive line 3, column 1'],
    ['this version, said', '%YAML 1.2\n---\na: 1', 'yaml/directive line 3, column 1'],
    ['an unknown directive', '%FOO\n---\na: 1', 'yaml/directive line 3, column 1'],
    ['a key twice', 'a: 1\n"a": 2', 'yaml/duplicate-key line 2, column 1'],
    ['a number as a key', '1: a', 'yaml/value line 1, column 1'],
    ['nothing as a key', '~: a', 'yaml/value line 1, column 1'],
    ['__proto__', 'a: { __proto__: 1 }', 'yaml/value line 1, column 6'],
    ['a hexadecimal number', 'a: 0x1F', 'yaml/value line 1, column 4'],
    ['an octal number', 'a: 0o17', 'yaml/value line 1, column 4'],
    ['an infinite number', 'a: .inf', 'yaml/value line 1, column 4'],
    ['what is no number', 'a: .nan', 'yaml/value line 1, column 4'],
    ['a number with a plus', 'a: +1', 'yaml/value line 1, column 4'],
    ['a number that a double changes', 'a: 9007199254740993', 'yaml/value line 1, column 4'],
    ['half of a character', 'a: "\\ud800"', 'yaml/value line 1, column 4'],
    ['half of a character in a key', '"\\ud800": 1', 'yaml/value line 1, column 1'],
    ['two documents', 'a: 1\n---\nb: 2', 'yaml/syntax '],
    ['nothing', '', 'yaml/syntax '],
    ['a broken text', 'a: [1', 'yaml/syntax line 1, column 6'],
  ])('refuses %s (A-100)', (_, text, expected) => {
    expect(read(text)).toEqual([expected])
    expect(read('a: 1')).toEqual({ a: 1 })
  })

  it('refuses what is larger than a person writes, and longer than a text may be', () => {
    expect(read(`# ${'x'.repeat(LIMITS.writtenBytesMax)}\na: 1`)).toEqual(['yaml/size '])
    const long = 'x'.repeat(LIMITS.stringMax + 1)
    expect(parseWritten(Buffer.from(`a: ${long}`), 'yaml', 2 * LIMITS.stringMax)).toMatchObject({
      problems: [{ code: 'yaml/value', at: 'line 1, column 4' }],
    })
    expect(read(`# ${'x'.repeat(1_000)}\na: 1`)).toEqual({ a: 1 })
  })

  it('reads many keys in the time that they take', () => {
    const keys = Array.from({ length: 60_000 }, (_, index) => `k${index}: 1`).join('\n')
    const started = performance.now()
    const document = parseWritten(Buffer.from(keys), 'yaml', keys.length)
    expect(document.ok && Object.keys(document.value.value as object)).toHaveLength(60_000)
    expect(performance.now() - started).toBeLessThan(8_000)
  })

  it('reads JSON by the rules of JSON as well', () => {
    expect(read('{"a": [1, "\\u00e9\\ud83d\\ude00"]}', 'json')).toEqual({ a: [1, 'é😀'] })
    expect(read('{"a": 1} # comment', 'json')).toEqual(['yaml/json line 1, column 10'])
    expect(read('a: 1', 'json')).toEqual(['yaml/json line 1, column 1'])
    expect(read('{"a": 1, "\\u0061": 2}', 'json')).toEqual(['yaml/json line 1, column 10'])
  })

  it('reads each JSON text as JSON is read', () => {
    fc.assert(
      fc.property(
        fc.json({ noUnicodeString: false }),
        fc.constantFrom(0, 2, '\t'),
        (json, indent) => {
          const text = JSON.stringify(JSON.parse(json), null, indent)
          const expected = parseJson(text)
          const found = parseWritten(Buffer.from(text), 'json')
          expect(found.ok).toBe(expected.ok)
          expect(found.ok && found.value.value).toEqual(expected.ok && expected.value)
        },
      ),
    )
  })
})

describe('a written document', () => {
  const TEXT = 'a:\n  - b: 1\n    "c/d": 2\n  - ~\n'

  it.each([
    [undefined, 'line 1, column 1'],
    ['', 'line 1, column 1'],
    ['/a', 'line 1, column 1'],
    ['/a/0', 'line 2, column 5'],
    ['/a/0/b', 'line 2, column 5'],
    ['/a/0/c~1d', 'line 3, column 5'],
    ['/a/1', 'line 4, column 5'],
    ['/a/1/none', 'line 4, column 5'],
    ['/a/2', 'line 1, column 1'],
    ['/a/0/c~0d', 'line 2, column 5'],
    ['/none', 'line 1, column 1'],
  ])('has %s at %s', (pointer, at) => {
    expect(position(TEXT, pointer)).toBe(at)
  })
})
