export type { ObservationProblem } from './problem.ts'
export {
  outcomeOfTests,
  type TestOutcome,
  type TestReport,
  type TestReportFormat,
} from './test-report/test-case.ts'
export { readTestReport, type TestReportOptions } from './test-report/test-report.ts'
