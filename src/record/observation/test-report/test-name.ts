// The name of a test in a record: the names of its suites and its own, on one line, the same wherever the tests ran.

import { LIMITS, quote, type Result, accept, refuse } from '../../../core/index.ts'
import type { ObservationProblem } from '../problem.ts'

const SEPARATOR = ' > '

/** What a terminal would act on or nobody can see: controls, direction marks, line separators, halves of pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu

/** What the spelling of such a character begins with: where a name has it itself, its backslash is spelt too. */
const SPELLING = /\\(?=u\{)/g

/** `/home/…` and `C:\…`: a folder of one machine. */
const ABSOLUTE = /^(?:\/|[A-Za-z]:[\\/])/

/**
 * The name along this path of suites.
 *
 * Characters that do not print are spelt `\u{1b}`, so that two names stay two; parts that are empty are left out.
 */
export function buildTestName(path: readonly string[]): Result<string, ObservationProblem> {
  // Looked at before anything is joined: the names above a test are those of thousands beside it.
  const length = path.reduce((sum, part) => sum + part.length, 0)
  if (length > LIMITS.testNameMax) return tooLong(`${length}`)
  const name = path
    .map((part) => spell(part.trim()))
    .filter((part) => part !== '')
    .join(SEPARATOR)
  if (name === '') return refused('Expected a name for each test, found one without')
  if (name.length <= LIMITS.testNameMax) return accept(name)
  return tooLong(quote(name))
}

/**
 * The path of a test file from the project's folder.
 *
 * @param folder where the tests ran, absolute as the report has it
 */
export function relativeTestFile(
  file: string,
  folder: string | undefined,
): Result<string, ObservationProblem> {
  if (!ABSOLUTE.test(file)) return accept(withSlashes(file))
  const base = folder === undefined ? undefined : `${withSlashes(folder).replace(/\/+$/, '')}/`
  const path = withSlashes(file)
  if (base !== undefined && path.startsWith(base)) return accept(path.slice(base.length))
  const found = folder === undefined ? 'none was given' : `${quote(folder)} is not above it`
  return refuse({
    code: 'record/test-report-name',
    message: `Expected the folder that ${quote(file)} is to be named from, but ${found}`,
    hint: 'Give the folder in which the tests ran, as the report spells it',
  })
}

/** Windows alone has drives, and backslashes between the parts of its paths. */
function withSlashes(path: string): string {
  return /^[A-Za-z]:/.test(path) ? path.replaceAll('\\', '/') : path
}

function spell(text: string): string {
  return text
    .replaceAll(SPELLING, '\\u{5c}')
    .replaceAll(UNPRINTABLE, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}

function tooLong(found: string): Result<never, ObservationProblem> {
  return refused(`Expected names of at most ${LIMITS.testNameMax} characters, found ${found}`)
}

function refused(message: string): Result<never, ObservationProblem> {
  return refuse({ code: 'record/test-report-name', message })
}
