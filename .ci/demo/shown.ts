// What a demo shows of commands and of what they say, in lines that fit on a screen.

import { flowText } from '../../src/report/index.ts'

const COLUMNS = 100

/** A shell leaves these as they are; a variable is to be seen as one. */
const PLAIN = /^(?:[\w@%+=:,./-]+|\$[A-Z_]+)$/

/** `$ program …` as it can be typed again, broken where it is long. */
export function showCommand(program: string, args: readonly string[]): string {
  const lines: string[] = []
  let line = '  $'
  for (const word of [program, ...args].map(quoteWord)) {
    // Two more are for the stroke at the end.
    if (line.length + word.length + 3 > COLUMNS) {
      lines.push(`${line} \\`)
      line = '     '
    }
    line += ` ${word}`
  }
  return [...lines, line].join('\n')
}

function quoteWord(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}

const MARGIN = /^ *(?:(?:accepted|rejected|missing|stale|error) +)?/

/** A line of output, broken between words; a hint stays whole, because it is there to be copied. */
export function foldLine(line: string): readonly string[] {
  const [margin = ''] = MARGIN.exec(line) ?? []
  const text = line.slice(margin.length)
  if (line.length <= COLUMNS || text.startsWith('hint: ')) return [line]
  const parts = text.split(/(?<=;) /)
  const [first = '', ...others] = flowText(parts, COLUMNS - margin.length - 2, ' ')
  return [margin + first, ...others.map((other) => ' '.repeat(margin.length) + other)]
}
