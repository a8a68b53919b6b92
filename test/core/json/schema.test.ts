import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { type Breach, type JsonValue, LIMITS, parseBySchema } from '../../../src/core/index.ts'

const WORDS = { error: 'a lower-case name' }
const SCHEMA = z.strictObject({
  name: z.string().check(z.regex(/^[a-z]+$/, WORDS)),
  size: z.int().check(z.gte(1), z.lte(9)),
  colour: z.optional(z.enum(['red', 'blue'])),
  either: z.optional(z.union([z.string(), z.boolean()], { error: 'a text or a boolean' })),
  counts: z.optional(z.record(z.string().check(z.regex(/^[a-z]+$/, WORDS)), z.number())),
  even: z.optional(
    z.number().check(
      z.refine((value) => value % 2 === 0, {
        error: 'Expected an even number',
        params: { code: 'test/odd' },
      }),
    ),
  ),
  inner: z.optional(z.array(z.strictObject({ kind: z.enum(['a', 'b']), at: z.number() }))),
  plain: z.optional(z.number().check(z.refine((value) => value > 0, 'Expected more than nothing'))),
})

const GOOD = { name: 'app', size: 3 }

function ask(value: JsonValue): readonly Breach[] {
  const breaches: Breach[] = []
  const read = parseBySchema(SCHEMA, value, (breach) => {
    breaches.push(breach)
    return { code: 'test/schema', ...breach }
  })
  expect(read.ok).toBe(breaches.length === 0)
  return breaches
}

describe('parseBySchema()', () => {
  it('gives the value as the schema has it', () => {
    const more = { colour: 'red', either: true, counts: { a: 1 }, even: 2, plain: 1 }
    expect(ask({ ...GOOD, ...more })).toEqual([])
    const read = parseBySchema(SCHEMA, GOOD, () => ({ code: 'test/schema', message: 'none' }))
    expect(read).toEqual({ ok: true, value: GOOD })
  })

  it.each<[string, JsonValue, Breach]>([
    [
      'a member that is not there, by its name',
      { name: 'app' },
      { message: 'Expected the member "size", found none', at: '/size' },
    ],
    [
      'a member that is not there, by where it should stand',
      { ...GOOD, inner: [{ kind: 'a', at: 1 }, { kind: 'b' }] },
      { message: 'Expected the member "inner[1].at", found none', at: '/inner/1/at' },
    ],
    [
      'a member that is not there, with what it could be',
      { ...GOOD, inner: [{ at: 1 }] },
      {
        message: 'Expected the member "inner[0].kind", "a" or "b", found none',
        at: '/inner/0/kind',
      },
    ],
    ['another type, of the whole', [], { message: 'Expected a value of type object' }],
    [
      'another type',
      { ...GOOD, name: 1 },
      { message: 'Expected a value of type string', at: '/name' },
    ],
    ['a fraction', { ...GOOD, size: 1.5 }, { message: 'Expected a whole number', at: '/size' }],
    ['too little', { ...GOOD, size: 0 }, { message: 'Expected at least 1', at: '/size' }],
    ['too much', { ...GOOD, size: 10 }, { message: 'Expected at most 9', at: '/size' }],
    [
      'another form, in the words of the schema',
      { ...GOOD, name: 'A' },
      { message: 'Expected a lower-case name', at: '/name' },
    ],
    [
      'none of several forms, in the words of the schema',
      { ...GOOD, either: 1 },
      { message: 'Expected a text or a boolean', at: '/either' },
    ],
    [
      'a value that is not listed',
      { ...GOOD, colour: 'green' },
      { message: 'Expected "red" or "blue"', at: '/colour' },
    ],
    [
      'the name of a member',
      { ...GOOD, counts: { 'A/B': 1 } },
      { message: 'Expected another value', at: '/counts/A~1B' },
    ],
    [
      'an unknown member',
      { ...GOOD, sise: 1 },
      { message: 'Expected only known members, found "sise"', member: 'sise' },
    ],
    [
      'a rule with its code',
      { ...GOOD, even: 3 },
      { message: 'Expected an even number', params: { code: 'test/odd' }, at: '/even' },
    ],
    [
      'a rule without one',
      { ...GOOD, plain: 0 },
      { message: 'Expected more than nothing', at: '/plain' },
    ],
  ])('tells of %s', (_, value, breach) => {
    expect(ask(value)).toEqual([breach])
  })

  it('tells every member that is not there', () => {
    expect(ask({}).map(({ message }) => message)).toEqual([
      'Expected the member "name", found none',
      'Expected the member "size", found none',
    ])
  })

  it('tells every rule that is broken', () => {
    expect(ask({ name: 'A', size: 0, a: 1, b: 2 }).map(({ at, member }) => at ?? member)).toEqual([
      '/name',
      '/size',
      'a',
      'b',
    ])
  })

  const LIST = z.strictObject({ list: z.array(z.string()) })
  const problemOf = ({ message }: Breach) => ({ code: 'test/schema', message })

  it('tells the first of many mistakes, and of a list that is full of them that it can not', () => {
    const some = parseBySchema(LIST, { list: Array(1_000).fill(1) }, problemOf)
    expect(!some.ok && some.problems).toHaveLength(LIMITS.problemsMax)
    expect(parseBySchema(LIST, { list: Array(1_000_000).fill(1) }, problemOf)).toEqual({
      ok: false,
      problems: [problemOf({ message: expect.stringContaining('than can be told') as string })],
    })
  })

  it('hides no failure of another kind', () => {
    const faulty = z.string().check(
      z.refine(() => {
        throw new SyntaxError('a bug')
      }),
    )
    expect(() => parseBySchema(faulty, 'a', problemOf)).toThrow('a bug')
  })
})
