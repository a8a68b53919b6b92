// Reports of test runners, several of them as one.

import { accept, compareCodePoints, LIMITS, type Result } from '../../../core/index.ts'
import type { Host } from '../../../host/index.ts'
import {
  readTestReport,
  type TestOutcome,
  type TestReport,
  type TestReportFormat,
} from '../../../record/index.ts'
import { atPath, readInput } from '../../file-input.ts'

/** What all reports say together. */
export type TestReports = Omit<TestReport, 'format'>

/** From the best to the worst. */
const OUTCOMES = [
  'passed',
  'warned',
  'skipped',
  'todo',
  'failed',
] as const satisfies readonly TestOutcome[]

/** Reads the reports; where two have a test of one name, the worse of them counts. */
export async function readTestReports(
  host: Host,
  paths: readonly string[],
  format: TestReportFormat | undefined,
): Promise<Result<TestReports>> {
  const reports: TestReport[] = []
  for (const path of paths) {
    const bytes = await readInput(host, path, { bytesMax: LIMITS.testReportBytesMax, pipes: true })
    if (!bytes.ok) return bytes
    const options = { folder: host.workingFolder, ...(format !== undefined && { format }) }
    const report = atPath(await readTestReport(bytes.value, options), path)
    if (!report.ok) return report
    reports.push(report.value)
  }
  return accept(joinReports(reports))
}

function joinReports(reports: readonly TestReport[]): TestReports {
  const worst = new Map<string, TestOutcome>()
  for (const outcome of OUTCOMES) {
    for (const name of reports.flatMap((report) => report[outcome])) worst.set(name, outcome)
  }
  const named = (outcome: TestOutcome) =>
    [...worst]
      .flatMap(([name, found]) => (found === outcome ? [name] : []))
      .toSorted(compareCodePoints)
  const count = (what: keyof TestReport['counts']) =>
    reports.reduce((sum, { counts }) => sum + counts[what], 0)
  return {
    passed: named('passed'),
    warned: named('warned'),
    failed: named('failed'),
    skipped: named('skipped'),
    todo: named('todo'),
    counts: {
      cases: count('cases'),
      passed: count('passed'),
      warned: count('warned'),
      failed: count('failed'),
      skipped: count('skipped'),
      todo: count('todo'),
    },
  }
}
