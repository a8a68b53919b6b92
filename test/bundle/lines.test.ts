import { describe, expect, it } from 'vitest'
import { type BundleProblem, parseBundleLines } from '../../src/bundle/index.ts'
import { encodeUtf8 } from '../../src/core/index.ts'
import { bundleWith } from './bundles.ts'

/** For each line its number and `bundle`, or the codes of its refusal. */
function linesOf(text: string | Uint8Array): unknown {
  const lines = parseBundleLines(typeof text === 'string' ? encodeUtf8(text) : text)
  if (!lines.ok) return lines.problems.map(({ code }) => code)
  return lines.value.map(({ line, bundle }) => [
    line,
    bundle.ok ? 'bundle' : codesOf(bundle.problems),
  ])
}

const codesOf = (problems: readonly BundleProblem[]) =>
  problems.map(({ code, at }) => (at === undefined ? code : `${code} ${at}`)).join()

const ONE = bundleWith()

describe('parseBundleLines()', () => {
  it.each([
    ['one bundle', ONE, [[1, 'bundle']]],
    ['one bundle and a newline', `${ONE}\n`, [[1, 'bundle']]],
    [
      'a bundle a line',
      `${ONE}\n${ONE}\n`,
      [
        [1, 'bundle'],
        [2, 'bundle'],
      ],
    ],
    [
      'blank lines between',
      `\n${ONE}\r\n \t\r\n${ONE}`,
      [
        [2, 'bundle'],
        [4, 'bundle'],
      ],
    ],
    ['one bundle over several lines', JSON.stringify(JSON.parse(ONE), null, 2), [[1, 'bundle']]],
  ])('reads %s', (_, text, lines) => expect(linesOf(text)).toEqual(lines))

  it.each([
    ['that is no JSON', 'nonsense'],
    ['that is cut off', ONE.slice(0, -1)],
    ['with two bundles', ONE + ONE],
    ['with a byte order mark', `\ufeff${ONE}`],
    ['with a NUL', `\0${ONE}`],
    ['with another document', '{"_type":"link"}'],
  ])('tells a line %s and reads the others', (_, line) => {
    expect(linesOf(`${line}\n${ONE}\n`)).toEqual([
      [1, 'bundle/line line 1'],
      [2, 'bundle'],
    ])
    expect(linesOf(`${ONE}\n${line}\n`)).toEqual([
      [1, 'bundle'],
      [2, 'bundle/line line 2'],
    ])
  })

  it('takes a line separator of Unicode for a part of its line', () => {
    const text = bundleWith({ mediaType: 'a\u2028b' })
    expect(linesOf(text)).toEqual([[1, 'bundle/line line 1']])
  })

  it('tells what is wrong with one bundle over several lines', () => {
    const text = JSON.stringify(JSON.parse(bundleWith({ dsseEnvelope: null })), null, 2)
    expect(linesOf(text)).toEqual([[1, 'bundle/content']])
  })

  it('tells once what has no JSON object on any line, and each line where one has', () => {
    expect(linesOf('const a = 1\n\nconst b = []\n[]\n')).toEqual([[1, 'bundle/json']])
    expect(linesOf('const a = 1\n{}\n')).toEqual([
      [1, 'bundle/line line 1'],
      [2, 'bundle/line line 2'],
    ])
  })

  it('refuses a file with nothing in it', () => {
    expect(linesOf('\n \n')).toEqual(['bundle/empty'])
  })

  it('refuses more lines than the limit', () => {
    expect(linesOf('{}\n'.repeat(10_001))).toEqual(['bundle/limit'])
    expect(linesOf('{}\n'.repeat(10_000))).toHaveLength(10_000)
  })

  it('refuses a larger file than the limit', () => {
    expect(linesOf(new Uint8Array(64 * 1024 * 1024 + 1))).toEqual(['bundle/limit'])
  })
})
