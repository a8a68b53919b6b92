// A verdict as a person reads it. Nothing is computed here: every line is a member of a check, escaped.

import { type Check, type Problem } from '../core/index.ts'
import { wrapText } from './text-wrap.ts'
import { showText } from './shown-text.ts'

/** How text is laid out. */
export interface TextOptions {
  /** Of the terminal; infinite where there is none. */
  readonly columns: number
}

/** `accepted`, the longest of the usual outcomes, and two blanks; after `unverified` there is one. */
const MARGIN = 10

/** More lines than a screen has: what was refused stands out of sight. */
const SCREEN_LINES = 40

/**
 * The tree of checks, each with its outcome before it and its parts below it:
 *
 *     rejected  "app.sigstore.json": the bundle is not accepted
 *       rejected  The key "release" was retired
 *                 expected: retired at 2026-04-10T12:00:00Z
 *                 found: 2026-05-01T00:00:00Z
 *                 code: verify/key-retired
 *
 * At the end of a long one, what was not accepted stands once more without the rest: there a person and the log of a CI run begin to read.
 *
 * @returns lines, each with its newline
 */
export function renderVerdict(verdict: Check, options: TextOptions): string {
  const whole = renderCheck(verdict, 0, options)
  const isShort = verdict.outcome === 'accepted' || whole.length <= SCREEN_LINES
  const refused = isShort ? [] : renderCheck(withoutAccepted(verdict), 0, options)
  // What is refused in every part is not said twice.
  const isRepeated = refused.length > 0 && refused.length < whole.length
  const lines = isRepeated ? [...whole, '', 'What was not accepted:', ...refused] : whole
  return lines.map((line) => `${line}\n`).join('')
}

function withoutAccepted(check: Check): Check {
  const { checks } = check
  if (checks === undefined) return check
  const refused = checks.filter(({ outcome }) => outcome !== 'accepted')
  return { ...check, checks: refused.map(withoutAccepted) }
}

function renderCheck(check: Check, depth: number, options: TextOptions): readonly string[] {
  const { columns } = options
  const indent = '  '.repeat(depth)
  const margin = indent + ' '.repeat(MARGIN)
  const [first = '', ...others] = wrapText(showText(check.message), columns - margin.length)
  const word = `${check.outcome.padEnd(MARGIN - 1)} `
  return [
    indent + word + first,
    ...others.map((line) => margin + line),
    ...factsOf(check).flatMap((fact) => {
      const lines = wrapText(showText(fact), columns - margin.length - 2)
      return lines.map((line, index) => margin + (index === 0 ? '' : '  ') + line)
    }),
    ...(check.checks ?? []).flatMap((part) => renderCheck(part, depth + 1, options)),
  ]
}

function factsOf({ expected, found, code, hint, because = [] }: Check): readonly string[] {
  const compared =
    expected !== undefined && expected === found
      ? [`as expected: ${found}`]
      : [
          ...(expected === undefined ? [] : [`expected: ${expected}`]),
          ...(found === undefined ? [] : [`found: ${found}`]),
        ]
  return [
    ...compared,
    ...because.flatMap(reasonsOf),
    ...(code === undefined ? [] : [`code: ${code}`]),
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
  ]
}

function reasonsOf({ code, message, at, because = [] }: Problem): readonly string[] {
  const where = at === undefined ? '' : ` (${at})`
  return [`because: ${message}${where} [${code}]`, ...because.flatMap(reasonsOf)]
}
