export type { CommandRun, RanCommand } from './command/command-run.ts'
export {
  type Command,
  type CommandSequence,
  judgeCommandSequence,
} from './command/command-sequence.ts'
export { isSecretName } from './command/secret-names.ts'
export type { ObservationProblem } from './problem.ts'
export {
  contentTypeOf,
  findSmokeReason,
  followRedirect,
  isRedirect,
  type SmokeAnswer,
} from './smoke/smoke-answer.ts'
export { findDigest } from './smoke/smoke-content.ts'
export {
  SMOKE_OBSERVATION_SCHEMA,
  type SmokeCheckResult,
  type SmokeObservation,
  type SmokeReason,
  type SmokeUnlockResult,
} from './smoke/smoke-observation.ts'
export {
  parseSmokePlan,
  type SmokeCheck,
  type SmokeDeployedSet,
  type SmokeExpectation,
  type SmokePlan,
  type SmokeUnlock,
} from './smoke/smoke-plan.ts'
export { SMOKE_PLAN_SCHEMA } from './smoke/smoke-plan-schema.ts'
export {
  outcomeOfTests,
  type TestOutcome,
  type TestReport,
  type TestReportFormat,
} from './test-report/test-case.ts'
export { readTestReport, type TestReportOptions } from './test-report/test-report.ts'
