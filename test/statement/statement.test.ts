import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { encodeUtf8, parseJson } from '../../src/core/index.ts'
import { encodeStatement, parseStatement, STATEMENT_SCHEMA } from '../../src/statement/index.ts'

const SHA256 = 'a'.repeat(64)
const BOTH = { versions: ['v1', 'v0.1'] } as const

function statementWith(members: Readonly<Record<string, unknown>> = {}): Uint8Array {
  return encodeUtf8(
    JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'app.js', digest: { sha256: SHA256 } }],
      predicateType: 'https://example.com/type',
      predicate: { a: 1 },
      ...members,
    }),
  )
}

/** `accepted`, or each code with its place. What is JSON at all, the schema must judge alike. */
function codesOf(bytes: Uint8Array): string | string[] {
  const result = parseStatement(bytes)
  const json = parseJson(bytes)
  if (json.ok) expect(z.safeParse(STATEMENT_SCHEMA, json.value).success).toBe(result.ok)
  return result.ok
    ? 'accepted'
    : result.problems.map(({ code, at }) => `${code} ${at ?? ''}`.trim())
}

describe('parseStatement()', () => {
  it('reads a statement, and what it does not know stays where it was', () => {
    const subject = { name: 'app.js', digest: { sha256: SHA256 }, com_example: { x: 1 } }
    expect(parseStatement(statementWith({ subject: [subject], extra: 1 }))).toEqual({
      ok: true,
      value: {
        version: 'v1',
        subjects: [subject],
        predicateType: 'https://example.com/type',
        predicate: { a: 1 },
      },
    })
  })

  it('reads v0.1 only where it is asked for', () => {
    const old = statementWith({ _type: 'https://in-toto.io/Statement/v0.1' })
    expect(codesOf(old)).toEqual(['statement/type /_type'])
    expect(parseStatement(old, BOTH)).toMatchObject({ ok: true, value: { version: 'v0.1' } })
  })

  it.each([undefined, null, {}])('takes the predicate %j for an empty one', (predicate) => {
    expect(parseStatement(statementWith({ predicate }))).toMatchObject({
      ok: true,
      value: { predicate: {} },
    })
  })

  it('takes null in a subject for nothing', () => {
    const subject = [{ name: null, uri: null, annotations: null, digest: { sha256: SHA256 } }]
    expect(parseStatement(statementWith({ subject }))).toMatchObject({
      ok: true,
      value: { subjects: [{ digest: { sha256: SHA256 } }] },
    })
  })

  it.each([
    ['no JSON', encodeUtf8('{')],
    ['nothing', new Uint8Array()],
    ['a list', encodeUtf8('[]')],
    ['null', encodeUtf8('null')],
    ['text', encodeUtf8('"x"')],
    ['UTF-16', new Uint8Array(Buffer.from('{}', 'utf16le'))],
    ['two members of one name', encodeUtf8('{"subject":[],"subject":[]}')],
    ['more than the limit', new Uint8Array(8 * 1024 * 1024 + 1).fill(0x20)],
  ])('refuses %s', (_, bytes) => expect(codesOf(bytes)).toEqual(['statement/json']))

  const subject = (members: object) => ({ subject: [{ digest: { sha256: SHA256 }, ...members }] })
  const many = (count: number) => ({
    subject: Array.from({ length: count }, () => ({ digest: { sha256: SHA256 } })),
  })
  it.each([
    ['no type', 'type /_type', { _type: undefined }, {}],
    ['another version', 'type /_type', { _type: 'https://in-toto.io/Statement/v2' }, {}],
    ['a type that is no text', 'type /_type', { _type: 1 }, {}],
    ['no predicate type', 'predicate-type /predicateType', { predicateType: '' }, {}],
    ['a predicate type that is no text', 'predicate-type /predicateType', { predicateType: 1 }, {}],
    ['a predicate that is no object', 'member /predicate', { predicate: [] }, { predicate: {} }],
    ['no subjects', 'subjects /subject', { subject: undefined }, {}],
    ['an empty list of subjects', 'subjects /subject', { subject: [] }, {}],
    ['subjects that are no list', 'subjects /subject', { subject: {} }, {}],
    ['a subject that is null', 'subjects /subject/0', { subject: [null] }, {}],
    ['10,001 subjects', 'subjects /subject', many(10_001), many(10_000)],
    [
      'a name that is no text',
      'member /subject/0/name',
      subject({ name: 1 }),
      subject({ name: '' }),
    ],
    [
      'annotations that are no object',
      'member /subject/0/annotations',
      subject({ annotations: [] }),
      subject({ annotations: {} }),
    ],
  ])('refuses %s (%s)', (_, code, refused, accepted) => {
    expect(codesOf(statementWith({ ...refused }))).toEqual([`statement/${code}`])
    expect(codesOf(statementWith({ ...accepted }))).toBe('accepted')
  })

  it('tells every problem, not only the first', () => {
    expect(codesOf(statementWith({ _type: 'x', predicateType: null, subject: [{}, 1] }))).toEqual([
      'statement/type /_type',
      'statement/predicate-type /predicateType',
      'statement/digest /subject/0/digest',
      'statement/subjects /subject/1',
    ])
  })
})

describe('encodeStatement()', () => {
  it('writes the members in the order of the specification', () => {
    const bytes = encodeStatement({
      predicate: { b: 1, a: 2 },
      predicateType: 'https://example.com/type',
      subjects: [{ name: 'x', digest: { sha256: SHA256 } }],
      version: 'v1',
    })
    expect(Buffer.from(bytes).toString()).toBe(
      `{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"x","digest":{"sha256":"${SHA256}"}}],"predicateType":"https://example.com/type","predicate":{"b":1,"a":2}}`,
    )
  })

  it.each(examples())('writes %s again as it was', (_, text) => {
    const statement = parseStatement(encodeUtf8(text), BOTH)
    const again = statement.ok ? Buffer.from(encodeStatement(statement.value)).toString() : ''
    expect(JSON.parse(again)).toEqual(JSON.parse(text))
  })

  it('writes what parseStatement() reads back', () => {
    const statement = fc.record({
      version: fc.constant('v1' as const),
      subjects: fc.array(
        fc.record(
          {
            name: fc.string(),
            digest: fc.constant({ sha256: SHA256 }),
            annotations: fc.dictionary(
              fc.string().filter((name) => name !== '__proto__'),
              fc.nat(),
            ),
          },
          { requiredKeys: ['digest'] },
        ),
        { minLength: 1, maxLength: 4 },
      ),
      predicateType: fc.webUrl(),
      predicate: fc.constant({ a: [1, null, 'é'] }),
    })
    fc.assert(
      fc.property(statement, (statement) => {
        expect(parseStatement(encodeStatement(statement))).toEqual({ ok: true, value: statement })
      }),
    )
  })
})

/** One statement for each example of the predicate pages (fixtures/statements/README.md). */
function examples(): (readonly [string, string])[] {
  const folder = join(import.meta.dirname, '../../fixtures/statements')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const)
}
