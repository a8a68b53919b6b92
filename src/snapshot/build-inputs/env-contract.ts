// Env contracts (`.env.example` and the like): which variables a program wants. Names only: no value leaves this file.

import { accept, compareCodePoints, parseUtf8, quote, refuse } from '../../core/index.ts'
import type { InputReader } from '../build-input.ts'

/** What a variable may be called (POSIX, environment variables). */
export const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

const ASSIGNMENT = /^\s*(?:export\s+)?(?<name>[A-Za-z_][A-Za-z0-9_]*)\s*(?:=(?<value>.*))?$/s

/** Reads the names. A line that declares nothing is refused by its number: its text may be a secret's. */
export const readEnvContract: InputReader = ({ path, bytes }) => {
  const text = parseUtf8(bytes)
  if (!text.ok) return refuse({ ...text.problems[0], code: 'snapshot/input-shape' })
  const lines = text.value.replace(/^\ufeff/, '').split(/\r?\n/)
  const names = new Set<string>()
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (/^\s*(?:#|$)/.test(line)) continue
    const { name, value } = ASSIGNMENT.exec(line)?.groups ?? {}
    if (name === undefined) {
      return refuse({
        code: 'snapshot/env-line',
        message: `Cannot read ${quote(path)}: expected NAME=value, found another line`,
        at: `line ${index + 1}`,
      })
    }
    names.add(name)
    index = endOfValue(lines, index, value?.trimStart() ?? '')
  }
  return accept({ references: [], uses: [], names: [...names].toSorted(compareCodePoints) })
}

/** The last line of a quoted value that goes on over several lines. */
function endOfValue(lines: readonly string[], start: number, value: string): number {
  const quoteMark = value[0]
  if (quoteMark === undefined || !`"'\``.includes(quoteMark)) return start
  if (isClosed(value.slice(1), quoteMark)) return start
  for (let index = start + 1; index < lines.length; index++) {
    if (isClosed(lines[index] ?? '', quoteMark)) return index
  }
  return lines.length
}

function isClosed(text: string, quoteMark: string): boolean {
  return text.replace(/\\./g, '').includes(quoteMark)
}
