// What Vitest writes with `--reporter=json`, in the form that Jest gave it.

import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  judge,
  LIMITS,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../../../core/index.ts'
import type { ObservationProblem } from '../problem.ts'
import { addCase, type CaseList } from './case-list.ts'
import { contradiction, judgeCaseCount, type TestCase, type TestOutcome } from './test-case.ts'
import { relativeTestFile } from './test-name.ts'

const WORDS: ReadonlyMap<string, TestOutcome> = new Map([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['skipped', 'skipped'],
  ['pending', 'skipped'],
  ['disabled', 'skipped'],
  ['todo', 'todo'],
])

interface Reading extends CaseList {
  readonly folder: string | undefined
  /** Files that failed by themselves: they did not load, or a hook around their tests failed. */
  readonly files: TestCase[]
}

/**
 * Reads the cases of the report.
 *
 * @param folder where the tests ran; files are named from it
 */
export function readVitestJson(
  text: string,
  folder: string | undefined,
): Result<readonly TestCase[], ObservationProblem> {
  const value = parseJson(text, { bytesMax: LIMITS.testReportBytesMax })
  if (!value.ok) {
    const message = 'Expected a test report in JSON'
    return refuse({ code: 'record/test-report-format', message, because: value.problems })
  }
  const document = value.value
  const files = isJsonObject(document) ? document['testResults'] : undefined
  if (!isJsonObject(document) || !Array.isArray(files)) {
    const message = 'Expected a test report of Vitest or Jest, found no list testResults'
    return refuse({ code: 'record/test-report-format', message })
  }
  const reading: Reading = { folder, cases: [], files: [], problems: [], namesLength: 0 }
  files.forEach((file: JsonValue, index) => readFile(reading, file, `/testResults/${index}`))
  const count = judgeCaseCount(reading.cases.length)
  if (!count.ok) return count
  reading.problems.push(...findContradictions(document, reading))
  return judge([...reading.cases, ...reading.files], reading.problems)
}

function readFile(reading: Reading, file: JsonValue, at: string): void {
  if (!isJsonObject(file)) return malformed(reading, 'an object', at)
  const { name, status, assertionResults } = file
  if (typeof name !== 'string') return malformed(reading, 'the text name', at)
  if (!Array.isArray(assertionResults)) {
    return malformed(reading, 'the list assertionResults', at)
  }
  const path = relativeTestFile(name, reading.folder)
  if (!path.ok) {
    // The others will be the same.
    if (reading.problems.length === 0) reading.problems.push({ ...path.problems[0], at })
    return
  }
  const before = reading.cases.length
  assertionResults.forEach((test: JsonValue, index) => {
    readTest(reading, test, { file: path.value, at: `${at}/assertionResults/${index}` })
  })
  if (status !== 'passed' && status !== 'failed') {
    return malformed(reading, 'the status passed or failed', at)
  }
  const failed = reading.cases.slice(before).some(({ outcome }) => outcome === 'failed')
  if (status === 'failed' && !failed) {
    addCase(reading, { path: [path.value], outcome: 'failed', at }, reading.files)
  }
  if (status === 'passed' && failed) {
    reading.problems.push(contradiction('the status of a file', 'passed', 'failed', at))
  }
}

function readTest(
  reading: Reading,
  test: JsonValue,
  { file, at }: { readonly file: string; readonly at: string },
): void {
  if (!isJsonObject(test)) return malformed(reading, 'an object', at)
  const { ancestorTitles, title, status } = test
  const above: readonly JsonValue[] | undefined = Array.isArray(ancestorTitles)
    ? ancestorTitles
    : undefined
  if (!above?.every((each) => typeof each === 'string')) {
    return malformed(reading, 'the texts ancestorTitles', at)
  }
  if (typeof title !== 'string') return malformed(reading, 'the text title', at)
  if (title.trim() === '') {
    const message = `Expected a name for each test, found one without in ${quote(file)}`
    return void reading.problems.push({ code: 'record/test-report-name', message, at })
  }
  const outcome = typeof status === 'string' ? WORDS.get(status) : undefined
  if (outcome !== undefined) {
    return addCase(reading, { path: [file, ...above, title], outcome, at })
  }
  const found = typeof status === 'string' ? quote(status) : 'no text'
  const message = `Expected ${[...WORDS.keys()].join(', ')}, found ${found}`
  reading.problems.push({ code: 'record/test-report-result', message, at })
}

/** The numbers and the word at the top: a run that failed outside of every test says so there alone. */
function findContradictions(
  document: JsonObject,
  { cases, files, problems }: Reading,
): readonly ObservationProblem[] {
  // What could not be read is not counted either.
  if (problems.length > 0) return []
  const count = (outcome: TestOutcome) => cases.filter((each) => each.outcome === outcome).length
  const counts = {
    numTotalTests: cases.length,
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('skipped'),
    numTodoTests: count('todo'),
  }
  const wrong = Object.entries(counts).flatMap(([member, number]) => {
    const said = document[member]
    if (said === undefined || said === number) return []
    return [contradiction(`the member ${member}`, show(said), number, `/${member}`)]
  })
  const { success } = document
  const passed = counts.numFailedTests + files.length === 0
  if (success === undefined || success === passed) return wrong
  return [...wrong, contradiction('the member success', show(success), String(passed), '/success')]
}

/** Numbers and truth values; of anything else the kind. */
function show(value: JsonValue): string {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'another value'
}

function malformed(reading: Reading, expected: string, at: string): void {
  reading.problems.push({ code: 'record/test-report-format', message: `Expected ${expected}`, at })
}
