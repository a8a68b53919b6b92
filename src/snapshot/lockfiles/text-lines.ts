// Lockfiles that are lines of text: strict UTF-8 within the limits, and each line with its number.

import { LIMITS, accept, parseUtf8, type Result, refuse } from '../../core/index.ts'
import type { SnapshotProblem } from '../problem.ts'
import { syntaxProblem, unreadable } from './document.ts'

/** One line without its end. */
export interface TextLine {
  readonly text: string
  /** From 1. */
  readonly line: number
}

/** Splits the file at `\n` or `\r\n`; refuses other bytes than UTF-8, a byte order mark and control characters. */
export function parseLines(
  path: string,
  bytes: Uint8Array,
): Result<readonly TextLine[], SnapshotProblem> {
  if (bytes.length > LIMITS.inputBytesMax) {
    return refuse(syntaxProblem(`Expected at most ${LIMITS.inputBytesMax} bytes`, path))
  }
  const text = parseUtf8(bytes)
  if (!text.ok) return unreadable(path, text.problems)
  const lines = text.value.split('\n').map((line, index) => ({
    text: line.endsWith('\r') ? line.slice(0, -1) : line,
    line: index + 1,
  }))
  if (lines.at(-1)?.text === '') lines.pop()
  const strange = lines.find((line) => STRANGE.test(line.text))
  if (strange !== undefined) {
    const message = 'Expected plain text, found a byte order mark or a control character'
    return refuse(syntaxProblem(message, `${path} line ${strange.line}`))
  }
  return accept(lines)
}

/** Everything that would end a line or hide one for some other reader; tabs are blanks. */
const STRANGE = /(?!\t)\p{Cc}|[\ufeff\u2028\u2029]/u
