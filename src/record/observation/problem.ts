import type { Problem } from '../../core/index.ts'

/** Why something that was observed can not be read, or not be observed as it was asked for. */
export type ObservationProblem = Problem<ObservationCode>

/** The codes of {@link ObservationProblem}. */
export type ObservationCode =
  /** The sequence of commands is empty, too long, or leads out of its folder. */
  | 'record/command'
  /** An argument of a command opens something, and would be published with its record. The value is never shown. */
  | 'record/command-secret'
  /** A plan of smoke checks is malformed, or contradicts itself. */
  | 'record/smoke-plan'
  /** A test report counts its cases otherwise than they are. */
  | 'record/test-report-contradiction'
  /** A test report is cut: its end, its plan, or a part of its structure is missing. */
  | 'record/test-report-cut'
  /** The bytes are no test report of a format that is read here. */
  | 'record/test-report-format'
  /** A test report is larger, deeper or longer than what is read. */
  | 'record/test-report-limit'
  /** A test has no name, or one that holds only where the report was written. */
  | 'record/test-report-name'
  /** A test case says of itself what can not be told for passed, failed or skipped. */
  | 'record/test-report-result'
