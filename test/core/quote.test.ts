import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeText, quote } from '../../src/core/index.ts'

describe('escapeText()', () => {
  it.each([
    ['a terminal sequence', '\u001b]8;;x\u0007', '\\u{1b}]8;;x\\u{7}'],
    ['a C1 control', '\u009b2J', '\\u{9b}2J'],
    ['a direction mark', 'a\u202eb', 'a\\u{202e}b'],
    ['a zero-width joiner', 'a\u200db', 'a\\u{200d}b'],
    ['a line that would be forged', 'ok\n✓ verified', 'ok\\u{a}✓ verified'],
    ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
    ['a workflow command', '::set-output::', '\\u{3a}:set-output\\u{3a}:'],
    ['an older workflow command', '##[error]', '\\u{23}#[error]'],
    ['a command of Azure Pipelines', '##vso[task.x]', '\\u{23}#vso[task.x]'],
    ['a command of TeamCity', '##teamcity[x]', '\\u{23}#teamcity[x]'],
    ['a lone surrogate', 'a\ud800', 'a\\u{d800}'],
  ])('spells out %s', (_, text, shown) => {
    expect(escapeText(text)).toBe(shown)
  })

  it('leaves ordinary text of any script as it is', () => {
    expect(escapeText('release 1.0: é 漢字 😀 a:b')).toBe('release 1.0: é 漢字 😀 a:b')
  })

  it('cuts long text, and says so', () => {
    expect(escapeText('x'.repeat(5_000))).toBe(`${'x'.repeat(1_000)}… (5000 characters)`)
  })

  it('lets no control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeText(text)).not.toMatch(/[\p{Cc}\p{Bidi_Control}]|::/u)
      }),
    )
  })
})

describe('quote()', () => {
  it('marks quotes and backslashes, so that a value has one reading', () => {
    expect(quote('a"b\\c')).toBe('"a\\"b\\\\c"')
    expect(quote('\n')).toBe('"\\u{a}"')
    expect(quote('\\u{a}')).toBe('"\\\\u{a}"')
  })
})
