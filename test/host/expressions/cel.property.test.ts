// Whatever is asked, there is an answer, it is the same each time, and what is not plainly true does not hold.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../src/core/index.ts'
import { createCel } from '../../../src/host/expressions/cel.ts'

const TOKENS = [
  ...['predicate', 'signer', 'now', 'x', '.a', '.b', '[0]', '["a"]', '(', ')', '[', ']', '{', '}'],
  ...[
    '&&',
    '||',
    '!',
    '==',
    '<',
    '+',
    '-',
    '/',
    '%',
    '?',
    ':',
    ',',
    ' in ',
    'true',
    'false',
    'null',
  ],
  ...[
    '1',
    '0',
    '1.5',
    '1u',
    '9223372036854775807',
    '"a"',
    'has(',
    'size(',
    'int(',
    'string(',
    'type(',
  ],
  ...[
    '.all(x, ',
    '.exists(x, ',
    '.map(x, ',
    '.matches(',
    'timestamp(',
    'duration(',
    '__proto__',
    '.constructor',
  ],
]

const JSON_VALUE = fc
  .jsonValue({ maxDepth: 3, noUnicodeString: true })
  .map((value) => value as JsonValue)

describe('CEL', () => {
  it('answers any text, and holds for nothing but true', () => {
    const cel = createCel()
    const text = fc.oneof(
      fc
        .array(fc.constantFrom(...TOKENS), { minLength: 1, maxLength: 10 })
        .map((all) => all.join('')),
      fc.string({ maxLength: 30 }),
    )
    fc.assert(
      fc.property(text, JSON_VALUE, (expression, predicate) => {
        const question = { expression, document: { predicate }, now: 0 }
        const answer = cel(question)
        expect('holds' in answer ? typeof answer.holds : typeof answer.message).toMatch(
          /^(?:boolean|string)$/,
        )
        expect(cel(question)).toEqual(answer)
        if (!('holds' in answer) || !answer.holds) return
        expect(cel({ ...question, expression: `!(${expression}\n)` })).toEqual({ holds: false })
      }),
      { numRuns: 1_000 },
    )
  })

  it('takes a document for what it is', () => {
    const cel = createCel()
    fc.assert(
      fc.property(fc.integer(), fc.string({ unit: 'grapheme-ascii' }), (number, text) => {
        const document = {
          predicate: { number, text, list: [number], map: { [`k${text}`]: number } },
        }
        const ask = (expression: string) => cel({ expression, document, now: number })
        expect(ask(`predicate.number == ${number}`)).toEqual({ holds: true })
        expect(ask(`predicate.number != ${number}`)).toEqual({ holds: false })
        expect(ask(`predicate.text == ${JSON.stringify(text)}`)).toEqual({ holds: true })
        expect(ask(`predicate.list == [${number}]`)).toEqual({ holds: true })
        expect(ask(`predicate.map[${JSON.stringify(`k${text}`)}] == ${number}`)).toEqual({
          holds: true,
        })
      }),
      { numRuns: 200 },
    )
  })
})
