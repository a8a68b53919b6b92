import type { Problem } from '../core/index.ts'

export type ReportProblem = Problem<
  /** The file is of no format that can be described. */
  'report/unknown-format'
>
