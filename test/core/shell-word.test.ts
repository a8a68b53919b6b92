import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shellWord } from '../../src/core/index.ts'

/** The words that a shell makes of a line. */
function readByShell(line: string): readonly string[] {
  const printed = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
  return printed.split('\0').slice(0, -1)
}

describe('shellWord', () => {
  it('leaves plain words as they are', () => {
    expect(shellWord('https://ci.example/a/b.yml@refs/tags/v1')).toBe(
      'https://ci.example/a/b.yml@refs/tags/v1',
    )
  })

  it('makes one word of a branch that is called like a command', () => {
    const word = shellWord('refs/heads/$(touch${IFS}owned)`id`;"')
    expect(word).toBe(`'refs/heads/$(touch\${IFS}owned)\`id\`;"'`)
    expect(readByShell(word ?? '')).toEqual(['refs/heads/$(touch${IFS}owned)`id`;"'])
  })

  it.each([
    ['a line break', 'a\nb'],
    ['a direction mark', 'a\u202eb'],
    ['the beginning of a workflow command', '::set-env name=a::b'],
    ['more than is shown', 'a'.repeat(1_001)],
  ])('gives no word for %s', (_, text) => {
    expect(shellWord(text)).toBeUndefined()
  })

  it('is read by a shell as what it was, whatever it was', () => {
    const texts = fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1 }), {
      minLength: 50,
      maxLength: 50,
    })
    fc.assert(
      fc.property(texts, (all) => {
        const words = all.filter((text) => shellWord(text) !== undefined)
        expect(readByShell(words.map(shellWord).join(' '))).toEqual(words)
      }),
      { numRuns: 20 },
    )
  })
})
