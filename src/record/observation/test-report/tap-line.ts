// One line of TAP 13 or 14: a test point, a plan, or something between them.

import type { TestOutcome } from './test-case.ts'

/** A line that means something. What is none of these is output of the tests, and passed over. */
export type TapLine =
  | TapPoint
  | { readonly kind: 'plan'; readonly count: number }
  | { readonly kind: 'bail' }
  /** The end of the subtests that stand in braces. */
  | { readonly kind: 'close' }
  | { readonly kind: 'other' }

/** A test point. */
export interface TapPoint {
  readonly kind: 'point'
  readonly outcome: TestOutcome
  /** Its number, where it has one. */
  readonly number?: number
  readonly description: string
  /** Its subtests follow, in braces. */
  readonly opens: boolean
}

const POINT = /^(?<not>not )?ok(?:\s+(?<number>\d{1,9}))?(?=\s|$)(?<rest>.*)$/s
const PLAN = /^1\.\.(?<count>\d{1,9})(?:\s*#.*|\s*)$/s
const DIRECTIVE = /^#\s*(?<word>skip|todo)/i
/** Vitest tells how long it took. */
const TIME = /^#\s*time=[\d.]+\s?m?s$/

/** @param text without its indentation */
export function parseTapLine(text: string): TapLine {
  const plan = PLAN.exec(text)?.groups?.['count']
  if (plan !== undefined) return { kind: 'plan', count: Number(plan) }
  if (text === '}') return { kind: 'close' }
  if (/^bail out!/i.test(text)) return { kind: 'bail' }
  const point = POINT.exec(text)?.groups
  if (point === undefined) return { kind: 'other' }
  const { not, number, rest = '' } = point
  const opens = rest.endsWith(' {')
  const { description, word } = splitDirective((opens ? rest.slice(0, -2) : rest).trim())
  return {
    kind: 'point',
    outcome: outcomeOf(not === undefined, word),
    ...(number !== undefined && { number: Number(number) }),
    description,
    opens,
  }
}

function outcomeOf(isOk: boolean, word: string | undefined): TestOutcome {
  if (word === 'skip') return 'skipped'
  if (word === 'todo') return 'todo'
  return isOk ? 'passed' : 'failed'
}

/** TAP 14: a `#` that no backslash stands before begins a directive; other words after it belong to the description. */
function splitDirective(text: string): { description: string; word?: string } {
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1)) {
    if (backslashesBefore(text, at) % 2 === 1) continue
    const rest = text.slice(at)
    const word = DIRECTIVE.exec(rest)?.groups?.['word']?.toLowerCase()
    if (word === undefined && !TIME.test(rest)) continue
    return { description: unescape(text.slice(0, at)), ...(word !== undefined && { word }) }
  }
  return { description: unescape(text) }
}

function backslashesBefore(text: string, at: number): number {
  let count = 0
  while (text[at - count - 1] === '\\') count++
  return count
}

/** The description itself: without the dash before it, and with its signs as they were. */
function unescape(text: string): string {
  return text
    .replace(/^-\s/, '')
    .replaceAll(/\\(?<sign>[\\#])/g, '$<sign>')
    .trim()
}
