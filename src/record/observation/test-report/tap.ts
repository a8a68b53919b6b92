// TAP 13 and 14 (testanything.org): test points with their plans. Subtests stand before their point, indented by four, or
// behind it in braces; a point with subtests is their summary and no case of its own.

import { countOf, judge, LIMITS, type Result, refuse } from '../../../core/index.ts'
import type { ObservationProblem } from '../problem.ts'
import { addCase, type CaseList } from './case-list.ts'
import { parseTapLine, type TapLine, type TapPoint } from './tap-line.ts'
import { contradiction, judgeCaseCount, type TestCase } from './test-case.ts'

const VERSION = /^TAP version 1[34]\s*$/
const INDENT = 4

/** The first signs of all lines that mean something: ok, not ok, 1..1, }, Bail out!, and --- behind a point. */
const BEGINNINGS: ReadonlySet<string> = new Set(['o', 'n', '1', '}', 'B', 'b', '-'])

interface Point extends TapPoint {
  readonly line: number
  /** Absent where it has none; a suite without any has an empty list. */
  subtests?: readonly Point[]
}

/** Test points of one indentation. */
interface Level {
  readonly points: Point[]
  readonly numbers: Set<number>
  plan?: number
  /** Where the subtests stand in braces: the point before them. */
  readonly owner?: Point
}

interface Reader {
  readonly levels: Level[]
  /** The diagnostic block that is open: how far it is indented, and the point that it is of. */
  block?: { readonly indent: number; readonly point: Point }
  /** The point that a block may follow, with its indentation. */
  last?: { readonly indent: number; readonly point: Point }
  points: number
}

/** Leaves the reading; it never leaves this file. */
class Fault extends Error {
  readonly problem: ObservationProblem

  constructor(code: ObservationProblem['code'], message: string, line?: number) {
    super(message)
    this.problem = { code, message, ...(line !== undefined && { at: `line ${line}` }) }
  }
}

/** Reads the cases of a report in TAP. */
export function readTap(text: string): Result<readonly TestCase[], ObservationProblem> {
  const [first = ''] = text.split('\n', 1)
  if (!VERSION.test(first)) {
    const message = 'Expected "TAP version 13" or "TAP version 14" in the first line'
    return refuse({ code: 'record/test-report-format', message })
  }
  try {
    if (!text.endsWith('\n')) throw new Fault('record/test-report-cut', CUT)
    const points = readPoints(text)
    const list: CaseList = { cases: [], problems: [], namesLength: 0 }
    for (const point of points) addCases(point, [], list)
    return judge(list.cases, list.problems)
  } catch (thrown) {
    /* v8 ignore next -- anything else is a bug of this file, which no input is known to reach */
    if (!(thrown instanceof Fault)) throw thrown
    return refuse(thrown.problem)
  }
}

const CUT = 'Expected a report that ends with a whole line, found one that is cut'

function readPoints(text: string): readonly Point[] {
  const top = newLevel()
  const reader: Reader = { levels: [top], points: 0 }
  let number = 1
  // Line by line: a list of all of them would be many times as large as the text.
  for (let at = text.indexOf('\n') + 1; at < text.length; ) {
    const end = text.indexOf('\n', at)
    number++
    readLine(reader, text.slice(at, end), number)
    at = end + 1
  }
  if (reader.block !== undefined) {
    throw new Fault('record/test-report-cut', 'Expected the end of a diagnostic block, found none')
  }
  if (reader.levels.length > 1) {
    throw new Fault('record/test-report-cut', 'Expected a test point for the last subtests')
  }
  return endLevel(top, number)
}

function readLine(reader: Reader, line: string, number: number): void {
  const text = line.trimStart()
  const indent = line.length - text.length
  if (text === '') return
  const { block, last } = reader
  if (block !== undefined) {
    // Node has a test point for a suite without any test, which only this tells from a test.
    if (text.trimEnd() === "type: 'suite'") block.point.subtests ??= []
    if (text.trimEnd() === '...' && indent === block.indent) delete reader.block
    return
  }
  delete reader.last
  // Most lines of a large report are the words of its tests.
  if (!BEGINNINGS.has(text.charAt(0))) return
  if (text.trimEnd() === '---' && last !== undefined && indent > last.indent) {
    reader.block = { indent, point: last.point }
    return
  }
  const found = parseTapLine(text.trimEnd())
  if (found.kind === 'other') return
  if (found.kind === 'bail') {
    throw new Fault('record/test-report-cut', 'Expected a whole run, found "Bail out!"', number)
  }
  const depth = indent / INDENT
  if (!Number.isInteger(depth)) return
  if (depth > LIMITS.jsonDepthMax) {
    const message = `Expected subtests at most ${LIMITS.jsonDepthMax} deep, found deeper ones`
    throw new Fault('record/test-report-limit', message, number)
  }
  take(reader, found, { depth, number, indent })
}

interface Place {
  readonly depth: number
  readonly number: number
  readonly indent: number
}

function take(
  reader: Reader,
  found: Exclude<TapLine, { readonly kind: 'other' | 'bail' }>,
  { depth, number, indent }: Place,
): void {
  const { levels } = reader
  if (found.kind === 'close') return closeBraces(reader, depth, number)
  // The innermost subtests stand first: nothing is above them yet.
  while (levels.length <= depth) levels.push(newLevel())
  const subtests = found.kind === 'point' ? endSubtests(reader, depth, number) : undefined
  const level = levels[depth]
  if (level === undefined || depth !== levels.length - 1) {
    throw new Fault('record/test-report-cut', 'Expected subtests before their test point', number)
  }
  if (found.kind === 'plan') {
    if (level.plan !== undefined) {
      throw new Fault('record/test-report-format', 'Expected one plan, found two', number)
    }
    level.plan = found.count
    return
  }
  const count = judgeCaseCount(++reader.points)
  if (!count.ok) throw new Fault(count.problems[0].code, count.problems[0].message, number)
  const point: Point = { ...found, line: number, ...(subtests && { subtests }) }
  level.numbers.add(found.number ?? level.points.length + 1)
  level.points.push(point)
  reader.last = { point, indent }
  if (found.opens) levels.push({ ...newLevel(), owner: point })
}

/** The subtests that stand before a point, one level under it. */
function endSubtests(
  { levels }: Reader,
  depth: number,
  number: number,
): readonly Point[] | undefined {
  const last = levels.at(-1)
  if (depth !== levels.length - 2 || last === undefined || last.owner !== undefined) {
    return undefined
  }
  levels.pop()
  return endLevel(last, number)
}

function closeBraces({ levels }: Reader, depth: number, number: number): void {
  const last = levels.at(-1)
  // A brace elsewhere is output of a test.
  if (depth !== levels.length - 2 || last?.owner === undefined) return
  levels.pop()
  last.owner.subtests = endLevel(last, number)
}

function newLevel(): Level {
  return { points: [], numbers: new Set() }
}

/** A plan names the test points from 1 to its end, each once. */
function endLevel({ plan, points, numbers }: Level, number: number): readonly Point[] {
  if (plan === undefined) {
    throw new Fault('record/test-report-cut', 'Expected a plan such as 1..3, found none', number)
  }
  const whole = Array.from(numbers).every((each) => each >= 1 && each <= plan)
  if (points.length === plan && numbers.size === plan && whole) return points
  throw new Fault(
    'record/test-report-contradiction',
    `Expected ${countOf(plan, 'test point')} as planned, found ${points.length}, numbered ${numbers.size} ways`,
    number,
  )
}

function addCases(point: Point, path: readonly string[], found: CaseList): void {
  const { description, outcome, subtests, line } = point
  // TAP lets a point go without a description; its number then is where it stands, and no name.
  const place = [...path, description]
  if (description === '') {
    const message = 'Expected a description for each test point, found none'
    found.problems.push({ code: 'record/test-report-name', message, at: `line ${line}` })
    return
  }
  const before = found.cases.length
  for (const subtest of subtests ?? []) addCases(subtest, place, found)
  const failed = found.cases.slice(before).some((each) => each.outcome === 'failed')
  if (outcome === 'passed' && failed) {
    const at = `line ${line}`
    found.problems.push(contradiction('the result of a test with subtests', 'ok', 'not ok', at))
  }
  // It failed by itself, and not by a subtest; one that was skipped or is to do has not passed.
  if (subtests !== undefined && (outcome === 'passed' || failed)) return
  addCase(found, { path: place, outcome, at: `line ${line}` })
}
