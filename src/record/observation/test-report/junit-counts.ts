// The numbers that JUnit's suites have beside their cases. Writers count in different ways; a number that is none of
// them contradicts the cases.

import { quote } from '../../../core/index.ts'
import type { ObservationProblem } from '../problem.ts'
import { attributeOf, childrenOf, type JunitElement } from './junit-xml.ts'
import { contradiction, type TestOutcome } from './test-case.ts'

/** A suite that was read. */
export interface JunitSuite {
  readonly element: JunitElement
  readonly direct: readonly JunitCase[]
  readonly suites: readonly JunitSuite[]
  /** With those of the suites inside. */
  readonly all: readonly JunitCase[]
  /** Failures and errors that are of no case. */
  readonly own: readonly JunitElement[]
}

interface JunitCase {
  readonly element: JunitElement
  readonly outcome: TestOutcome
  /** The same for cases of one name in one place; nothing else. */
  readonly name: string
}

/** The first is the plain one. */
type Count = (suite: JunitSuite) => readonly [number, ...number[]]

/** Every way in which a known writer counts. */
const COUNTS: Readonly<Record<string, Count>> = {
  tests: ({ all, direct, suites }) => [
    all.length,
    // pytest: a test that fails twice is two cases and one test.
    new Set(all.map(({ name }) => name)).size,
    // Node: a suite inside counts as one.
    direct.length + suites.length,
  ],
  failures: (suite) => [
    casesWith(suite.all, 'failure').length,
    elementsIn(suite.all, 'failure') + childrenOf(suite.element, 'failure').length,
    casesWith(suite.direct, 'failure').length + suite.suites.filter(hasFailure).length,
  ],
  errors: (suite) => [
    casesWith(suite.all, 'error').length,
    elementsIn(suite.all, 'error') + childrenOf(suite.element, 'error').length,
    casesWith(suite.direct, 'error').length,
  ],
  skipped: (suite) => [
    suite.all.filter(isSkipped).length,
    casesWith(suite.all, 'skipped').length,
    casesWith(suite.direct, 'skipped').length,
    // Node: a failed suite inside counts as skipped too.
    casesWith(suite.direct, 'skipped').length + suite.suites.filter(hasFailure).length,
  ],
}

/** Each number of the suite that its cases do not bear out. */
export function findJunitContradictions(
  suite: JunitSuite,
  path: readonly string[],
): readonly ObservationProblem[] {
  const at = path.length > 0 ? path.join(' > ') : undefined
  const wrong = Object.entries(COUNTS).flatMap(([attribute, count]) => {
    const said = attributeOf(suite.element, attribute)
    if (said === undefined) return []
    const counts = count(suite)
    if (counts.some((number) => String(number) === said)) return []
    return [contradiction(`the attribute ${attribute}`, quote(said), counts[0], at)]
  })
  const disabled = attributeOf(suite.element, 'disabled') ?? '0'
  const skipped = suite.all.filter(isSkipped).length
  // Some count what is disabled among the skipped, and some beside them.
  if (Number(disabled) <= skipped) return wrong
  return [...wrong, contradiction('the attribute disabled', quote(disabled), skipped, at)]
}

function isSkipped({ outcome }: JunitCase): boolean {
  return outcome === 'skipped' || outcome === 'todo'
}

function hasFailure({ all }: JunitSuite): boolean {
  return casesWith(all, 'failure').length > 0
}

function casesWith(cases: readonly JunitCase[], name: string): readonly JunitCase[] {
  return cases.filter(({ element }) => childrenOf(element, name).length > 0)
}

function elementsIn(cases: readonly JunitCase[], name: string): number {
  return cases.reduce((sum, { element }) => sum + childrenOf(element, name).length, 0)
}
