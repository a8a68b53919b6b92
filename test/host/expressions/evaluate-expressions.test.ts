// What expressions come to, and that whatever is wrong with one never comes to `true`.

import { describe, expect, it } from 'vitest'
import { type JsonObject, LIMITS } from '../../../src/core/index.ts'
import { createHost } from '../../../src/host/index.ts'
import type { ExpressionAnswer } from '../../../src/policy/index.ts'

const NOW = Date.parse('2026-06-01T00:00:00Z')
const NUMBERS = Array.from({ length: 3_000 }, (_, index) => index)
const DOCUMENT: JsonObject = {
  predicate: {
    result: 'PASSED',
    count: 2,
    half: 1.5,
    nothing: null,
    numbers: NUMBERS,
    texts: ['a'],
  },
  signer: { roles: ['release'] },
  signedAt: '2026-05-31T00:00:00Z',
}

async function ask(...expressions: readonly string[]): Promise<readonly ExpressionAnswer[]> {
  const questions = expressions.map((expression) => ({ expression, document: DOCUMENT, now: NOW }))
  return createHost().evaluateExpressions(questions)
}

async function faultsOf(...expressions: readonly string[]): Promise<readonly string[]> {
  const answers = await ask(...expressions)
  return answers.map((answer) =>
    'fault' in answer ? `${answer.fault}: ${answer.message}` : String(answer.holds),
  )
}

describe('an expression', () => {
  it('is true or false of the document and the instant', async () => {
    const pairs = [
      ['predicate.result == "PASSED"', 'predicate.result == "FAILED"'],
      ['predicate.count + 1 == 3', 'predicate.count / 2 == 2'],
      ['predicate.half > 1', 'predicate.half > 2'],
      ['predicate.nothing == null', 'predicate.result == null'],
      ['has(predicate.result)', 'has(predicate.absent)'],
      ['"signedAt" in {"signedAt": 1}', '"absent" in predicate'],
      ['signer.roles.exists(role, role == "release")', 'signer.roles.all(role, role == "review")'],
      [
        'now - timestamp(signedAt) <= duration("24h")',
        'now - timestamp(signedAt) > duration("24h")',
      ],
      ['size(predicate.numbers) == 3000', 'predicate.numbers[0] == 1'],
    ]
    const answers = await ask(...pairs.flat())
    expect(answers).toEqual(pairs.flatMap(() => [{ holds: true }, { holds: false }]))
  })

  it('is asked nothing where there is no question', async () => {
    expect(await ask()).toEqual([])
  })

  it('is a fault where it comes to an error, which is no false that something could turn around', async () => {
    const faults = await faultsOf(
      'predicate.absent == 1',
      '!(predicate.absent == 1)',
      'predicate.absent == 1 || false',
      'predicate.absent == 1 && true',
      'predicate["absent"] != "x"',
      'predicate.numbers[3000] == 1',
      'predicate.toString == "x"',
      'unknown',
      '__proto__ != 1',
      'constructor != 1',
      'hasOwnProperty != 1',
      '1 / 0 == 1',
      'int("x") == 1',
      '9223372036854775807 + 1 > 0',
      '"a" + 1 == "a1"',
      'timestamp("soon") < now',
      'nothing()',
    )
    expect(faults.filter((fault) => !fault.startsWith('evaluation: '))).toEqual([])
  })

  it('may be right by one side of "or" alone, as CEL has it', async () => {
    expect(await faultsOf('predicate.absent == 1 || true')).toEqual(['true'])
    expect(await faultsOf('predicate.absent == 1 && false')).toEqual(['false'])
  })

  it('is a fault where it comes to something else than true or false', async () => {
    const said = 'not-boolean: It comes to something else than true or false'
    for (const fault of await faultsOf('1', '0', '"true"', 'null', '[true]', 'predicate', 'now')) {
      expect(fault).toBe(said)
    }
  })

  it('is a fault where it is no CEL', async () => {
    const faults = await faultsOf('1 +', 'true)', 'a b', '"', '=', 'true; true', '"\\u{0}" == ""')
    expect(faults.filter((fault) => !fault.startsWith('syntax: '))).toEqual([])
  })
})

describe('what would take for ever', () => {
  it('is refused before it is evaluated', async () => {
    const chain = (length: number) => Array.from({ length }, () => '1').join(' + ')
    const all = (body: string, name: string) => `predicate.texts.all(${name}, ${body})`
    expect(
      await faultsOf(
        `${chain(LIMITS.expressionDepthMax)} > 0`,
        `${'('.repeat(2_000)}1${')'.repeat(2_000)} > 0`,
        `${'['.repeat(40)}1${']'.repeat(40)} == []`,
        `${'{1: '.repeat(40)}1${'}'.repeat(40)} == {}`,
        `${'{'.repeat(40)}1${': 1}'.repeat(40)} == {}`,
        all(all(all('true', 'z'), 'y'), 'x'),
        'predicate.texts.map(x, predicate.texts.filter(y, predicate.texts.exists(z, true))) == []',
        'size(bytes(predicate.result)) > 0',
        'b"a" == b"a"',
        '99999999999999999999 > 0',
        '9223372036854775808u > 0u',
      ),
    ).toEqual([
      'bounds: It is nested deeper than 32',
      'bounds: It is nested too deep to be read',
      'bounds: It is nested deeper than 32',
      'bounds: It is nested deeper than 32',
      'bounds: It is nested deeper than 32',
      'bounds: More than 2 comprehensions are nested',
      'bounds: More than 2 comprehensions are nested',
      'bounds: Bytes are not evaluated',
      'bounds: Bytes are not evaluated',
      'bounds: A whole number has more than 64 bits',
      'bounds: A whole number has more than 64 bits',
    ])
    expect(
      await faultsOf(`${chain(20)} == 20`, all(all('true', 'y'), 'x'), '9223372036854775807 > 0'),
    ).toEqual(['true', 'true', 'true'])
  })

  it('is no regular expression: those of CEL are done in linear time, or not at all', async () => {
    const text = `"${'a'.repeat(1_000)}!"`
    const patterns = ['^(a+)+$', '(a|aa)+$', '(.*a){20}$', '^(a?){99}a{99}$']
    const found = await faultsOf(
      ...patterns.map((pattern) => `${text}.matches("${pattern}")`),
      `${text}.matches("^a+!$")`,
      `${text}.matches("(a{1000}){1000}")`,
      String.raw`${text}.matches("(a)\1")`,
      `${text}.matches("(?=a)a")`,
    )
    expect(found.slice(0, 5)).toEqual(['false', 'false', 'false', 'false', 'true'])
    for (const fault of found.slice(5)) expect(fault).toMatch(/^(?:evaluation|limit): /)
  })

  it('is stopped, is not tried again, and leaves the others alone', async () => {
    const bomb = 'predicate.numbers.all(x, predicate.numbers.all(y, x + y >= 0))'
    const start = performance.now()
    expect(await faultsOf('true', bomb, bomb, 'predicate.count == 2', bomb)).toEqual([
      'true',
      'limit: It took longer than 1000 ms',
      'limit: It took longer than 1000 ms',
      'true',
      'limit: It took longer than 1000 ms',
    ])
    expect(performance.now() - start).toBeGreaterThan(LIMITS.expressionMsMax - 1)
  })

  it('is stopped when it takes too much memory', async () => {
    const tripled = (text: string) => `${text} + ${text} + ${text}`
    const text = `[${tripled('predicate.numbers')}][0]`
    const bomb = `predicate.numbers.map(x, ${text}.map(y, "text of " + string(y))).size() == 0`
    const [fault, next] = await faultsOf(bomb, 'true')
    expect(fault).toMatch(/^limit: It took (?:longer than 1000 ms|more memory than there is)$/)
    expect(next).toBe('true')
  })

  it('is not given a document that is too large', async () => {
    const evaluate = (length: number) =>
      createHost().evaluateExpressions([
        {
          expression: 'true',
          document: { predicate: Array.from({ length }, () => 1) },
          now: NOW,
        },
      ])
    expect(await evaluate(LIMITS.expressionElementsMax - 1)).toEqual([{ holds: true }])
    expect(await evaluate(LIMITS.expressionElementsMax)).toEqual([
      { fault: 'bounds', message: 'The document has more than 10000 values' },
    ])
  })
})
