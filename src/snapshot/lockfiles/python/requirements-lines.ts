// The lines of a requirements file, as pip cuts them (pip documentation, Requirements File Format): continuations joined,
// comments apart, and the options of each line named.

import { judge, quote, type Result } from '../../../core/index.ts'
import { stripCredentials } from '../../address.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { syntaxProblem } from '../document.ts'
import { parseLines } from '../text-lines.ts'

/** One logical line: a requirement, options, or a comment of its own. */
export interface RequirementLine {
  /** The requirement itself; empty on a line of options. */
  readonly text: string
  /** Long names without dashes, in the order of the line: `['hash', 'sha256:…']`. */
  readonly options: readonly (readonly [name: string, value: string])[]
  /** Without `#`. */
  readonly comment: string
  /** Where it begins. */
  readonly line: number
}

/** Long name of each option that pip knows in a file, and whether a value follows. */
const OPTIONS: ReadonlyMap<string, readonly [name: string, takesValue: boolean]> = new Map([
  ['-c', ['constraint', true]],
  ['-e', ['editable', true]],
  ['-f', ['find-links', true]],
  ['-i', ['index-url', true]],
  ['-r', ['requirement', true]],
  ...['config-settings', 'constraint', 'editable', 'extra-index-url', 'find-links'].map(withValue),
  ...['global-option', 'hash', 'index-url', 'no-binary', 'only-binary'].map(withValue),
  ...['requirement', 'trusted-host', 'use-feature'].map(withValue),
  ...['no-index', 'pre', 'prefer-binary', 'require-hashes'].map(withoutValue),
])

function withValue(name: string): [string, readonly [string, boolean]] {
  return [`--${name}`, [name, true]]
}

function withoutValue(name: string): [string, readonly [string, boolean]] {
  return [`--${name}`, [name, false]]
}

/** Cuts the file into its logical lines; refuses options that pip does not know there. */
export function parseRequirementLines(
  path: string,
  bytes: Uint8Array,
): Result<readonly RequirementLine[], SnapshotProblem> {
  const lines = parseLines(path, bytes)
  if (!lines.ok) return lines
  const problems: SnapshotProblem[] = []
  const parsed: RequirementLine[] = []
  let joined: string[] = []
  let start = 1
  const finish = () => {
    const { text, comment } = cutComment(joined.join(''))
    joined = []
    const split = splitOptions(text)
    if (typeof split === 'string') {
      const shown = quote(stripCredentials(split))
      problems.push(
        syntaxProblem(
          `Expected an option of a requirements file, found ${shown}`,
          `${path} line ${start}`,
        ),
      )
    } else if (text !== '' || comment !== '') {
      parsed.push({ ...split, comment, line: start })
    }
  }
  for (const { text, line } of lines.value) {
    const isComment = text.trimStart().startsWith('#')
    if (joined.length === 0) start = line
    // A line that is all comment ends a continuation, whatever it ends with.
    if (text.endsWith('\\') && !isComment) {
      joined.push(text.slice(0, -1))
      continue
    }
    joined.push(isComment ? ` ${text}` : text)
    finish()
  }
  if (joined.length > 0) finish()
  return judge(parsed, problems)
}

/** A comment begins at a `#` that a blank stands before; elsewhere it is part of an address. */
function cutComment(text: string): { readonly text: string; readonly comment: string } {
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1)) {
    if (at === 0 || /\s/.test(text.charAt(at - 1))) {
      return { text: text.slice(0, at).trim(), comment: text.slice(at + 1).trimEnd() }
    }
  }
  return { text: text.trim(), comment: '' }
}

/** The requirement and its options, or the option that is not known or lacks its value. */
function splitOptions(text: string): Pick<RequirementLine, 'text' | 'options'> | string {
  const words = text.split(/\s+/)
  const first = words.findIndex((word) => word.startsWith('-'))
  if (first < 0) return { text, options: [] }
  const options: (readonly [string, string])[] = []
  for (let index = first; index < words.length; index++) {
    const word = words[index] ?? ''
    const [key, attached] = cutOption(word)
    const option = OPTIONS.get(key)
    if (option === undefined) return word
    const [name, takesValue] = option
    const value = attached ?? (takesValue ? words[++index] : '')
    if (value === undefined || (takesValue ? value === '' : attached !== undefined)) return word
    options.push([name, value])
  }
  return { text: words.slice(0, first).join(' '), options }
}

/** `--name=value`, `-rvalue`, or the name alone. */
function cutOption(word: string): readonly [key: string, value: string | undefined] {
  if (!word.startsWith('--')) return [word.slice(0, 2), word.slice(2) || undefined]
  const equals = word.indexOf('=')
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)]
}
