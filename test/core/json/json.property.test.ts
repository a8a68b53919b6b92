import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  encodeCanonicalJson,
  encodeUtf8,
  type JsonValue,
  parseJson,
} from '../../../src/core/index.ts'

const acceptedByBuiltIn = (text: string): unknown => {
  try {
    return { value: JSON.parse(text) }
  } catch {
    // A refusal is what the property compares.
    return undefined
  }
}

it('parseJson() reads what JSON.stringify() writes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false, maxDepth: 6 }), (value) => {
      const text = JSON.stringify(value)
      const parsed = parseJson(text)
      // What the built-in writer may write and a strict reader must not take.
      if (!parsed.ok) {
        expect(text).toMatch(/__proto__|\d{16}|\\u[dD][89a-fA-F]/)
        return
      }
      expect(parsed.value).toEqual(JSON.parse(text))
    }),
    { numRuns: 2_000 },
  )
})

it('parseJson() accepts no text that JSON.parse() refuses, and means the same', () => {
  const pieces = fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '1',
      '-',
      '0',
      '.5',
      'e3',
      'true',
      'null',
      ' ',
      '\n',
      '"',
    ],
  )
  const text = fc.array(pieces, { maxLength: 14 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, (text) => {
      const parsed = parseJson(text)
      const builtIn = acceptedByBuiltIn(text)
      if (parsed.ok) expect({ value: parsed.value }).toEqual(builtIn)
      else if (builtIn !== undefined)
        expect(parsed.problems[0].code).toBe('core/json-duplicate-key')
    }),
    { numRuns: 20_000 },
  )
})

it('parseJson() never throws, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      expect(typeof parseJson(bytes).ok).toBe('boolean')
    }),
    { numRuns: 5_000 },
  )
})

it('parseJson() reads back what encodeCanonicalJson() writes, and that is stable', () => {
  const value = fc.jsonValue({ noUnicodeString: false, maxDepth: 5 }) as fc.Arbitrary<JsonValue>
  fc.assert(
    fc.property(value, (value) => {
      const canonical = encodeCanonicalJson(value)
      if (!canonical.ok) return
      const parsed = parseJson(canonical.value)
      if (!parsed.ok) return
      expect(encodeCanonicalJson(parsed.value)).toEqual(canonical)
    }),
  )
  expect(encodeCanonicalJson({ b: 1, a: 2 })).toEqual({
    ok: true,
    value: encodeUtf8('{"a":2,"b":1}'),
  })
})
