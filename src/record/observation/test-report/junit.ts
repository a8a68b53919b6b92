// JUnit XML, as its many writers have it: suites inside suites, cases with what went wrong inside. Cases decide; the
// numbers beside them are checked and never counted.

import { accept, judge, LIMITS, quote, type Result, refuse } from '../../../core/index.ts'
import type { ObservationProblem } from '../problem.ts'
import { addCase, type CaseList } from './case-list.ts'
import { findJunitContradictions, type JunitSuite } from './junit-counts.ts'
import {
  attributeOf,
  childrenOf,
  type JunitElement,
  parseJunitXml,
  RESULT_ELEMENTS,
  TOO_DEEP,
  TOO_LONG,
} from './junit-xml.ts'
import { contradiction, type TestCase, type TestOutcome } from './test-case.ts'

const NOTES = ['properties', 'system-out', 'system-err']
/** What a case may hold besides attributes. */
const IN_CASE: ReadonlySet<string> = new Set([...Object.values(RESULT_ELEMENTS).flat(), ...NOTES])
const IN_SUITE: ReadonlySet<string> = new Set([
  'testsuite',
  'testcase',
  'failure',
  'error',
  ...NOTES,
])

/** Words of GoogleTest and others, beside a case or instead of an element in it. */
const WORDS: ReadonlyMap<string, TestOutcome> = new Map([
  ['run', 'passed'],
  ['pass', 'passed'],
  ['passed', 'passed'],
  ['success', 'passed'],
  ['ok', 'passed'],
  ['completed', 'passed'],
  ['fixed', 'passed'],
  ['notrun', 'skipped'],
  ['disabled', 'skipped'],
  ['suppressed', 'skipped'],
  ['skipped', 'skipped'],
  ['ignored', 'skipped'],
  ['fail', 'failed'],
  ['failed', 'failed'],
  ['failure', 'failed'],
  ['error', 'failed'],
  ['regression', 'failed'],
])

/** What Node's runner adds to its end, since its suites can not tell that one of them failed by itself. */
const NODE_COUNT = /<!-- (?<word>fail|cancelled) (?<count>\d{1,9}) -->/g

interface Reading extends CaseList {
  suites: number
  /** Elements in their places that say how a case or suite ended. */
  results: number
  /** Suites by their own name and the number of the one around them: a path is never spelt for each of its cases. */
  readonly paths: Map<string, number>
}

/** A suite: its names from the outermost on, and the number that stands for them. */
interface Place {
  readonly path: readonly string[]
  readonly number: number
}

/** Reads the cases of a report in JUnit XML; what it says of their number has to agree. */
export async function readJunit(
  text: string,
): Promise<Result<readonly TestCase[], ObservationProblem>> {
  const document = await parseJunitXml(text)
  if (!document.ok) return document
  const { name, root, cases, suites, results } = document.value
  const reading: Reading = {
    cases: [],
    problems: [],
    namesLength: 0,
    suites: 0,
    results: 0,
    paths: new Map(),
  }
  const top = name === 'testsuites' ? root : { testsuite: [root] }
  const read = readSuite(reading, top, { path: [], number: 0 })
  if (!read.ok) return read
  if (suites !== reading.suites || cases !== read.value.all.length) {
    const message = `Expected one root element, found more behind the end of ${quote(name)}`
    return refuse({ code: 'record/test-report-format', message })
  }
  // With a problem about such an element itself there is nothing to add.
  if (results !== reading.results && reading.problems.length === 0) {
    const message = 'Expected failures and the like inside of a case or suite, found one elsewhere'
    return refuse({ code: 'record/test-report-format', message })
  }
  reading.problems.push(...findNodeContradictions(text, reading.cases))
  return judge(reading.cases, reading.problems)
}

/** @returns `record/test-report-limit` for suites that are too deep */
function readSuite(
  reading: Reading,
  suite: JunitElement,
  place: Place,
): Result<JunitSuite, ObservationProblem> {
  const { path } = place
  if (path.length > LIMITS.jsonDepthMax) return refuse(TOO_DEEP)
  const length = path.reduce((sum, name) => sum + name.length, 0)
  if (length > LIMITS.testNameMax) return refuse(TOO_LONG)
  refuseOthers(reading, suite, IN_SUITE, path)
  const direct = childrenOf(suite, 'testcase').map((element) => readCase(reading, element, place))
  const suites: JunitSuite[] = []
  for (const element of childrenOf(suite, 'testsuite')) {
    reading.suites++
    const inner = readSuite(reading, element, placeOf(reading, element, place))
    if (!inner.ok) return inner
    suites.push(inner.value)
  }
  // Something went wrong outside of any case, such as while the suite was set up.
  const own = [...childrenOf(suite, 'failure'), ...childrenOf(suite, 'error')]
  reading.results += own.length
  if (own.length > 0) addCase(reading, { path, outcome: 'failed' })
  const all = [...direct, ...suites.flatMap((inner) => inner.all)]
  const read: JunitSuite = { element: suite, direct, suites, all, own }
  reading.problems.push(...findJunitContradictions(read, path))
  return accept(read)
}

function placeOf({ paths }: Reading, element: JunitElement, { path, number }: Place): Place {
  const name = attributeOf(element, 'name') ?? ''
  const key = `${number} ${name}`
  const known = paths.get(key) ?? paths.size + 1
  paths.set(key, known)
  return { path: [...path, name], number: known }
}

function readCase(
  reading: Reading,
  element: JunitElement,
  { path, number }: Place,
): JunitSuite['all'][number] {
  const className = attributeOf(element, 'classname') ?? ''
  const repeats = className === path.at(-1) || className === path.join('.')
  const name = attributeOf(element, 'name') ?? ''
  const place = [...path, ...(repeats ? [] : [className])]
  refuseOthers(reading, element, IN_CASE, [...place, name])
  reading.results += Object.values(RESULT_ELEMENTS)
    .flat()
    .reduce((sum, result) => sum + childrenOf(element, result).length, 0)
  const outcome = outcomeOf(reading, element, [...place, name])
  if (name.trim() === '') {
    const message = `Expected a name for each test, found one without in ${quote(place.join(' > '))}`
    reading.problems.push({ code: 'record/test-report-name', message })
  } else addCase(reading, { path: [...place, name], outcome })
  return { element, outcome, name: [number, ...(repeats ? [] : [className]), name].join('\0') }
}

/** The worst that the case says of itself. */
function outcomeOf(reading: Reading, element: JunitElement, path: readonly string[]): TestOutcome {
  const words = ['status', 'result']
    .map((attribute) => (attributeOf(element, attribute) ?? '').toLowerCase())
    .filter((word) => word !== '')
  const unknown = words.find((word) => !WORDS.has(word))
  if (unknown !== undefined) {
    const message = `Expected passed, failed or skipped, found ${quote(unknown)}`
    reading.problems.push({ code: 'record/test-report-result', message, at: path.join(' > ') })
  }
  const said = words.map((word) => WORDS.get(word))
  const skipped = childrenOf(element, 'skipped')
  // Node: a test that is to do may fail, and is no failure.
  if (skipped.some((each) => attributeOf(each, 'type') === 'todo')) return 'todo'
  if (has(element, RESULT_ELEMENTS.failed) && skipped.length > 0) {
    const message = 'Expected a test that failed or was skipped, found one that did both'
    reading.problems.push({
      code: 'record/test-report-contradiction',
      message,
      at: path.join(' > '),
    })
  }
  if (has(element, RESULT_ELEMENTS.failed) || said.includes('failed')) return 'failed'
  if (skipped.length > 0 || said.includes('skipped')) return 'skipped'
  return has(element, RESULT_ELEMENTS.warned) ? 'warned' : 'passed'
}

function has(element: JunitElement, names: readonly string[]): boolean {
  return names.some((name) => childrenOf(element, name).length > 0)
}

/** Elements that have no meaning in this place, or one that is not known. */
function refuseOthers(
  reading: Reading,
  element: JunitElement,
  known: ReadonlySet<string>,
  path: readonly string[],
): void {
  const others = Object.keys(element).filter(
    (name) => !name.startsWith('@') && name !== 'inner' && !known.has(name),
  )
  for (const name of others) {
    const message = `Expected ${[...known].join(', ')}, found ${quote(name)}`
    reading.problems.push({
      code: 'record/test-report-format',
      message,
      ...(path.length > 0 && { at: path.join(' > ') }),
    })
  }
}

function findNodeContradictions(
  text: string,
  cases: readonly TestCase[],
): readonly ObservationProblem[] {
  // Behind the last tag: what stands before it may be the words of a test.
  const tags = ['</testsuite>', '</testcase>', '<testcase']
  const end = Math.max(...tags.map((tag) => text.lastIndexOf(tag)))
  const said = [...text.slice(end + 1).matchAll(NODE_COUNT)].map(({ groups }) =>
    Number(groups?.['count']),
  )
  if (said.length === 0) return []
  const sum = said.reduce((total, count) => total + count, 0)
  const failed = cases.filter(({ outcome }) => outcome === 'failed').length
  if (sum === failed) return []
  const hint =
    'In JUnit, Node does not tell that a test with subtests failed by itself: use its TAP reporter'
  return [{ ...contradiction('the number of failed tests', sum, failed), hint }]
}
