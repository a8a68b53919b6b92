import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../../src/core/index.ts'
import { outcomeOfTests } from '../../../../src/record/observation/index.ts'
import { codes, valueOf } from '../../../trust/keys.ts'
import { listsOf, readText } from './reading.ts'

const tap = (...lines: readonly string[]) => `${['TAP version 13', ...lines].join('\n')}\n`

describe('TAP', () => {
  it('is read in version 13 and 14, with the plan before or behind, and with lines that end as in Windows', async () => {
    for (const text of [
      'TAP version 13\n1..1\nok 1 - a\n',
      'TAP version 14\nok a\n1..1 # all\n',
      'TAP version 14\r\n1..1\r\nok 1 a\r\n',
    ]) {
      expect(await listsOf(text), text).toEqual({ passed: ['a'] })
    }
    expect(codes(await readText('TAP version 12\n1..0\n', { format: 'tap' }))).toEqual([
      'record/test-report-format',
    ])
  })

  it.each([
    ['ok 1 - a', { passed: ['a'] }],
    ['not ok 1 - a', { failed: ['a'] }],
    ['ok 1 - a # SKIP later', { skipped: ['a'] }],
    ['not ok 1 - a # skipped', { skipped: ['a'] }],
    ['ok 1 - a # TODO', { todo: ['a'] }],
    ['not ok 1 - a # todo soon', { todo: ['a'] }],
    ['ok 1 - a # time=3.21ms', { passed: ['a'] }],
    ['ok 1 - a # time=soon', { passed: ['a # time=soon'] }],
    ['ok 1 - a \\# SKIP', { passed: ['a # SKIP'] }],
    ['ok 1 - a \\\\# SKIP', { skipped: ['a \\'] }],
    ['ok 1 - case #12', { passed: ['case #12'] }],
    ['ok - a', { passed: ['a'] }],
    ['ok 1 - a::b - c', { passed: ['a::b - c'] }],
  ])('takes %s for what it says', async (line, lists) => {
    expect(await listsOf(tap('1..1', line))).toEqual(lists)
  })

  it('passes over what is none of it, and over diagnostics', async () => {
    const text = tap(
      '# a comment',
      'okay',
      'not okay',
      '  ok 2 - not indented by four',
      '}',
      'ok 1 - a',
      '  ---',
      '  at: |',
      'not ok 2 - b',
      '    ...',
      '  ...',
      '---',
      '1..1',
    )
    expect(await listsOf(text)).toEqual({ passed: ['a'] })
  })

  it('names subtests by the test that they belong to, before it or in braces behind it', async () => {
    const before = tap(
      '    ok 1 - a',
      '        ok 1 - c',
      '        1..1',
      '    ok 2 - b',
      '    1..2',
      'ok 1 - s',
      '1..1',
    )
    const behind = tap(
      '1..1',
      'ok 1 - s {',
      '    1..2',
      '    ok 1 - a',
      '    ok 2 - b {',
      '        1..1',
      '        ok 1 - c',
      '    }',
      '}',
    )
    const lists = { passed: ['s > a', 's > b > c'] }
    expect(await listsOf(before)).toEqual(lists)
    expect(await listsOf(behind)).toEqual(lists)
  })

  it('counts a test with subtests as a case only where it failed by itself, was skipped or is to do', async () => {
    const parent = (subtest: string, point: string) =>
      tap(`    ${subtest}`, '    1..1', point, '1..1')
    expect(await listsOf(parent('ok 1 - a', 'ok 1 - s'))).toEqual({ passed: ['s > a'] })
    expect(await listsOf(parent('not ok 1 - a', 'not ok 1 - s'))).toEqual({ failed: ['s > a'] })
    expect(await listsOf(parent('ok 1 - a', 'not ok 1 - s'))).toEqual({
      failed: ['s'],
      passed: ['s > a'],
    })
    expect(await listsOf(parent('ok 1 - a', 'ok 1 - s # TODO'))).toEqual({
      todo: ['s'],
      passed: ['s > a'],
    })
    expect(await listsOf(parent('not ok 1 - a', 'ok 1 - s'))).toEqual([
      'record/test-report-contradiction: Expected the result of a test with subtests as the cases show it, which is not ok, found ok',
    ])
  })

  it('calls a report without any test that ran missing, and a suite without tests none', async () => {
    for (const text of [
      tap('1..0 # SKIP nothing to do'),
      tap('    1..0', 'ok 1 - s', '1..1'),
      tap('ok 1 - s {', '    1..0', '}', '1..1'),
      tap('ok 1 - s', '  ---', "  type: 'suite'", '  ...', '1..1'),
      tap('ok 1 - a # SKIP', '1..1'),
    ]) {
      expect(outcomeOfTests(valueOf(await readText(text))), text).toBe('missing')
    }
  })

  it.each([
    [['1..2', 'ok 1 - a'], '2 test points as planned, found 1'],
    [['1..1', 'ok 1 - a', 'ok 2 - b'], '1 test point as planned, found 2'],
    [['1..2', 'ok 1 - a', 'ok 1 - b'], '2 test points as planned, found 2, numbered 1 ways'],
    [['1..1', 'ok 2 - a'], '1 test point as planned'],
    [['1..1', 'ok 0 - a'], '1 test point as planned'],
    [['    1..2', '    ok 1 - a', 'ok 1 - s', '1..1'], '2 test points as planned'],
  ])('refuses a plan that its test points do not keep: %s', async (lines, message) => {
    expect(await readText(tap(...lines))).toMatchObject({
      problems: [
        { code: 'record/test-report-contradiction', message: expect.stringContaining(message) },
      ],
    })
  })

  it.each([
    ['no plan', ['ok 1 - a'], 'a plan such as 1..3'],
    ['an open block', ['1..1', 'ok 1 - a', '  ---', '  at: 1'], 'the end of a diagnostic block'],
    [
      'subtests without their test',
      ['1..1', 'ok 1 - a', '    ok 1 - b', '    1..1'],
      'a test point for the last subtests',
    ],
    [
      'subtests without their test before another',
      ['1..1', '        ok 1 - a', 'ok 1 - b'],
      'subtests before their test point',
    ],
    [
      'an open brace',
      ['1..1', 'ok 1 - s {', '    1..1', '    ok 1 - a'],
      'a test point for the last subtests',
    ],
    [
      'a test before the brace ends',
      ['1..2', 'ok 1 - s {', '    1..1', '    ok 1 - a', 'ok 2 - b'],
      'subtests before their test point',
    ],
    [
      'a plan before the test of its subtests',
      ['    ok 1 - a', '    1..1', '1..1'],
      'subtests before their test point',
    ],
    ['a bail out', ['1..1', 'ok 1 - a', 'Bail out! no disk'], 'a whole run, found "Bail out!"'],
  ])('refuses %s', async (_, lines, message) => {
    expect(await readText(tap(...lines))).toMatchObject({
      problems: [{ code: 'record/test-report-cut', message: expect.stringContaining(message) }],
    })
  })

  it('refuses a last line that is cut, and two plans', async () => {
    expect(codes(await readText(tap('1..1', 'ok 1 - a').trimEnd()))).toEqual([
      'record/test-report-cut',
    ])
    expect(codes(await readText(tap('1..1', 'ok 1 - a', '1..1')))).toEqual([
      'record/test-report-format',
    ])
  })

  it('refuses tests without a description, or with one that is too long', async () => {
    expect(codes(await readText(tap('1..1', 'ok 1')))).toEqual(['record/test-report-name'])
    const long = 'n'.repeat(LIMITS.testNameMax + 1)
    expect(codes(await readText(tap('1..1', `ok 1 - ${long}`)))).toEqual([
      'record/test-report-name',
    ])
  })

  it('spells what does not print', async () => {
    expect(await listsOf(tap('1..1', 'ok 1 - \u001b[2J\u2028b'))).toEqual({
      passed: ['\\u{1b}[2J\\u{2028}b'],
    })
  })

  it('reads suites in suites, of which the innermost stands first, as Node writes them', async () => {
    const inner = [
      '# Subtest: a',
      '    # Subtest: b',
      '        # Subtest: c',
      '        ok 1 - c',
      '        not ok 2 - d',
      '        1..2',
      '    not ok 1 - b',
      '    1..1',
      'not ok 1 - a',
      '1..1',
    ]
    expect(await listsOf(tap(...inner))).toEqual({ passed: ['a > b > c'], failed: ['a > b > d'] })
    // Without the suite between them it is another's output, or cut.
    const cut = inner.filter((line) => !/^ {4}\S/.test(line))
    expect(codes(await readText(tap(...cut)))).toEqual(['record/test-report-cut'])
  })

  it('refuses subtests deeper than anything that is read', async () => {
    const deep = (depth: number) => {
      const levels = Array.from({ length: depth + 1 }, (_, level) => ' '.repeat(4 * level))
      return tap(...levels.toReversed().flatMap((indent) => [`${indent}ok 1 - s`, `${indent}1..1`]))
    }
    const nested = (depth: number) => {
      const blocks = Array.from({ length: depth }, (_, level) => ' '.repeat(4 * level))
      return tap(
        ...blocks.map((indent) => `${indent}ok 1 - s {`),
        `${' '.repeat(4 * depth)}ok 1 - a`,
      )
    }
    expect(codes(await readText(nested(LIMITS.jsonDepthMax + 1)))).toEqual([
      'record/test-report-limit',
    ])
    expect(codes(await readText(nested(LIMITS.jsonDepthMax)))).toEqual(['record/test-report-cut'])
    expect(codes(await readText(deep(LIMITS.jsonDepthMax)))).toBe('accepted')
    expect(codes(await readText(deep(LIMITS.jsonDepthMax + 1)))).toEqual([
      'record/test-report-limit',
    ])
  })

  it('refuses a million test points, and reads as many as it takes', async () => {
    const many = (count: number) => tap(`1..${count}`, `${'ok - a\n'.repeat(count - 1)}ok - a`)
    expect(codes(await readText(many(1_000_000)))).toEqual(['record/test-report-limit'])
    expect(codes(await readText(many(LIMITS.testCasesMax)))).toBe('accepted')
  })
})
