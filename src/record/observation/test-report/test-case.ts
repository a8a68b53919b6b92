// The cases of a report, and what they come to: counted one by one, whatever the report says of their number.

import { accept, compareCodePoints, LIMITS, type Result, refuse } from '../../../core/index.ts'
import type { ObservationProblem } from '../problem.ts'

/** How a case ended. `warned`: it passed, but not at once or not silently. */
export type TestOutcome = 'passed' | 'warned' | 'failed' | 'skipped' | 'todo'

/** One case of a report. */
export interface TestCase {
  readonly name: string
  readonly outcome: TestOutcome
}

/** The formats that are read. */
export type TestReportFormat = 'junit' | 'vitest-json' | 'tap' | 'check-runs' | 'advisory-audit'

/**
 * What a test report says, case by case.
 *
 * Each name stands in one list, once, in the order of code points. Where several cases have one name, the worst of them
 * names the list: failed, then to do, skipped, warned, passed. The counts are of cases.
 *
 * @example { format: 'junit', passed: ['sum > adds'], warned: [], failed: [], skipped: [], todo: [], counts: { cases: 1, passed: 1, … } }
 */
export interface TestReport {
  readonly format: TestReportFormat
  readonly passed: readonly string[]
  readonly warned: readonly string[]
  readonly failed: readonly string[]
  readonly skipped: readonly string[]
  readonly todo: readonly string[]
  readonly counts: Readonly<Record<TestOutcome | 'cases', number>>
}

/** From the best to the worst. */
const OUTCOMES = ['passed', 'warned', 'skipped', 'todo', 'failed'] as const

/** The report of these cases. */
export function buildTestReport(format: TestReportFormat, cases: readonly TestCase[]): TestReport {
  const worst = new Map<string, TestOutcome>()
  const counts = { cases: cases.length, passed: 0, warned: 0, failed: 0, skipped: 0, todo: 0 }
  for (const { name, outcome } of cases) {
    counts[outcome]++
    const known = worst.get(name)
    if (known === undefined || OUTCOMES.indexOf(outcome) > OUTCOMES.indexOf(known)) {
      worst.set(name, outcome)
    }
  }
  const lists: Record<TestOutcome, string[]> = {
    passed: [],
    warned: [],
    failed: [],
    skipped: [],
    todo: [],
  }
  for (const [name, outcome] of worst) lists[outcome].push(name)
  for (const names of Object.values(lists)) names.sort(compareCodePoints)
  return { format, ...lists, counts }
}

/**
 * What the tests of a report come to.
 *
 * @returns `missing` where no test ran: none is there, or all were skipped or are to do
 */
export function outcomeOfTests({
  counts,
}: Pick<TestReport, 'counts'>): 'accepted' | 'rejected' | 'missing' {
  if (counts.failed > 0) return 'rejected'
  return counts.passed + counts.warned > 0 ? 'accepted' : 'missing'
}

/** Refuses more cases than are read. */
export function judgeCaseCount(count: number): Result<void, ObservationProblem> {
  if (count <= LIMITS.testCasesMax) return accept(undefined)
  return refuse({
    code: 'record/test-report-limit',
    message: `Expected at most ${LIMITS.testCasesMax} test cases, found more`,
    hint: 'Write one report for each part of the tests',
  })
}

/** A count of the report beside that of its cases. */
export function contradiction(
  what: string,
  said: number | string,
  found: number | string,
  at?: string,
): ObservationProblem {
  return {
    code: 'record/test-report-contradiction',
    message: `Expected ${what} as the cases show it, which is ${found}, found ${said}`,
    ...(at !== undefined && { at }),
  }
}
