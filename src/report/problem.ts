import type { Problem } from '../core/index.ts'

/** Why a file can not be described. */
export type ReportProblem = Problem<
  /** The file is of no format that can be described. */
  'report/unknown-format'
>
