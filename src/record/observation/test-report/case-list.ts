// The cases of a report while it is read, each under its name. Names of suites stand in the report once and in the name of every case
// under them: so what a report comes to is bounded by itself.

import { LIMITS } from '../../../core/index.ts'
import type { ObservationProblem } from '../problem.ts'
import type { TestCase, TestOutcome } from './test-case.ts'
import { buildTestName } from './test-name.ts'

/** What was read so far. */
export interface CaseList {
  readonly cases: TestCase[]
  readonly problems: ObservationProblem[]
  /** Of all names together, in UTF-16 units. */
  namesLength: number
}

/** A case where it stands. */
export interface FoundCase {
  /** The names of its suites, and its own. */
  readonly path: readonly string[]
  readonly outcome: TestOutcome
  readonly at?: string
}

/**
 * Adds a case, or the problem of its name. Behind the last name that is kept, nothing is added any more.
 *
 * @param cases where they do not belong to the others
 */
export function addCase(
  list: CaseList,
  { path, outcome, at }: FoundCase,
  cases: TestCase[] = list.cases,
): void {
  if (list.namesLength > LIMITS.testNamesMax) return
  const name = buildTestName(path)
  if (!name.ok) {
    list.problems.push({ ...name.problems[0], ...(at !== undefined && { at }) })
    return
  }
  list.namesLength += name.value.length
  if (list.namesLength <= LIMITS.testNamesMax) cases.push({ name: name.value, outcome })
  else list.problems.push(TOO_LONG)
}

const TOO_LONG: ObservationProblem = {
  code: 'record/test-report-limit',
  message: `Expected names of at most ${LIMITS.testNamesMax} characters together, with those of their suites, found more`,
  hint: 'Write one report for each part of the tests',
}
