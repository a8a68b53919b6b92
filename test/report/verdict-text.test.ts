import { describe, expect, it } from 'vitest'
import type { Check } from '../../src/core/index.ts'
import { documentOfVerdict, renderVerdict, wrapText } from '../../src/report/index.ts'

const VERDICT: Check = {
  name: 'verification',
  outcome: 'rejected',
  message: '0 of 1 bundle accepted',
  checks: [
    {
      name: 'key-validity',
      outcome: 'rejected',
      message: 'The key "release" was retired',
      code: 'verify/key-retired',
      expected: 'retired at 2026-04-10T12:00:00Z',
      found: '2026-05-01T00:00:00Z',
      hint: 'Sign again with the new key',
      because: [
        {
          code: 'core/one',
          message: 'A reason',
          at: '/a',
          because: [{ code: 'core/two', message: 'A reason under it' }],
        },
      ],
    },
    { name: 'role', outcome: 'accepted', message: 'It may', expected: 'release', found: 'release' },
    { name: 'statement', outcome: 'missing', message: 'There is none' },
  ],
}

describe('renderVerdict()', () => {
  it('shows each check with its outcome, what was expected and what was found', () => {
    expect(renderVerdict(VERDICT, { columns: 80 })).toBe(
      [
        'rejected  0 of 1 bundle accepted',
        '  rejected  The key "release" was retired',
        '            expected: retired at 2026-04-10T12:00:00Z',
        '            found: 2026-05-01T00:00:00Z',
        '            because: A reason (/a) [core/one]',
        '            because: A reason under it [core/two]',
        '            code: verify/key-retired',
        '            hint: Sign again with the new key',
        '  accepted  It may',
        '            as expected: release',
        '  missing   There is none',
        '',
      ].join('\n'),
    )
  })

  it('repeats what was not accepted at the end of a verdict that is longer than a screen', () => {
    const accepted = (count: number): Check[] =>
      Array.from({ length: count }, (_, index) => {
        return { name: 'x', outcome: 'accepted', message: `Right ${index}` }
      })
    const refused: Check = { name: 'y', outcome: 'rejected', message: 'Wrong', code: 'verify/x' }
    const verdict = (outcome: Check['outcome'], checks: readonly Check[]): string => {
      const part: Check = { name: 'bundle', outcome, message: 'The bundle', checks }
      const whole: Check = { name: 'all', outcome, message: 'All', checks: [part] }
      return renderVerdict(whole, { columns: 80 })
    }
    const long = verdict('rejected', [...accepted(20), refused, ...accepted(20)])
    expect(long.split('\n').slice(-8)).toEqual([
      '    accepted  Right 19',
      '',
      'What was not accepted:',
      'rejected  All',
      '  rejected  The bundle',
      '    rejected  Wrong',
      '              code: verify/x',
      '',
    ])
    expect(verdict('rejected', [...accepted(3), refused])).not.toContain('What was')
    expect(verdict('accepted', accepted(60))).not.toContain('What was')
    expect(
      verdict(
        'rejected',
        Array.from({ length: 60 }, () => refused),
      ),
    ).not.toContain('What was')
  })

  it('breaks no line where no terminal is', () => {
    const digest = `sha256:${'a'.repeat(64)}`
    const check = {
      name: 'x',
      outcome: 'rejected',
      message: 'No '.repeat(40),
      found: digest,
    } as const
    expect(renderVerdict(check, { columns: Number.POSITIVE_INFINITY }).split('\n')).toEqual([
      `rejected  ${'No '.repeat(40).trim()}`,
      `          found: ${digest}`,
      '',
    ])
  })

  it('fits a narrow terminal, but for words that are longer than it', () => {
    const lines = renderVerdict(VERDICT, { columns: 44 }).split('\n')
    expect(lines.filter((line) => line.length > 44)).toEqual([])
    expect(lines).toContain('              2026-04-10T12:00:00Z')
  })

  it('escapes whatever a terminal or a CI system would act on (A-115, A-117)', () => {
    const hostile = '\u001b[2J\u009b31m\u202e\n✓ accepted\r\n::set-output name=a::b\u2028\u200b'
    const check: Check = {
      name: 'x',
      outcome: 'rejected',
      message: hostile,
      expected: hostile,
      found: hostile,
      hint: hostile,
      because: [{ code: 'x/y', message: hostile, at: hostile }],
    }
    const text = renderVerdict(check, { columns: 80 })
    expect(text).not.toMatch(/[^\P{C}\n]|\u2028/u)
    expect(text).not.toMatch(/::/)
    expect(text.split('\n').filter((line) => line.startsWith('accepted'))).toEqual([])
  })
})

describe('wrapText()', () => {
  it('breaks between words, and never inside quotes', () => {
    expect(wrapText('one "two three" four', 20)).toEqual(['one "two three" four'])
    expect(wrapText('some words "accepted or not, \\" it says" at the end', 20)).toEqual([
      'some words',
      '"accepted or not, \\" it says"',
      'at the end',
    ])
    expect(wrapText('an open " quote', 20)).toEqual(['an open " quote'])
    expect(wrapText('', 20)).toEqual([])
  })

  it('leaves words whole that are longer than a line, and columns that are none', () => {
    const digest = 'a'.repeat(64)
    expect(wrapText(`found ${digest} here`, 30)).toEqual(['found', digest, 'here'])
    expect(wrapText('one two three four five', 3)).toEqual(['one two three four', 'five'])
  })
})

describe('documentOfVerdict()', () => {
  it('is the tree with the members that are there', () => {
    expect(documentOfVerdict(VERDICT)).toEqual(VERDICT)
  })
})
