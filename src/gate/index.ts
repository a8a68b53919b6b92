export { type Blocker, blockersOf, type Clearing } from './blockers.ts'
export {
  COUNTERS,
  type CountedBeside,
  type CountedOrigins,
  type Counter,
  type CounterName,
  countProject,
  type UncountedId,
} from './counters.ts'
export type { GateSubject, NamedSubject } from './gate-subject.ts'
export {
  type GateDecision,
  type GateFinding,
  type GateQuestion,
  judgeGate,
  requirementsOfGate,
} from './judge-gate.ts'
export {
  judgeProject,
  type PolicyStatuses,
  type ProjectFinding,
  type ProjectQuestion,
} from './judge-project.ts'
export {
  decidingLists,
  type Judgement,
  judgeRequirements,
  listsOf,
  outcomeOfJudgement,
  type RequirementsFinding,
  type RequirementsQuestion,
} from './judgement.ts'
export {
  buildLineage,
  buildPromotionReport,
  type LineageQuestion,
} from './lineage/build-lineage.ts'
export {
  type PromotionReport,
  promotionReportSchema,
  type ReleaseLineage,
  releaseLineageSchema,
  type SaidBy,
} from './lineage/release-lineage.ts'
export { collectNamedRelease, type NamedRelease } from './named-release.ts'
export {
  CONTROL_WORDS,
  type ControlFinding,
  type ControlPlace,
  type ControlWord,
  controlOf,
  OWNER_CLASSES,
  type OwnerClass,
} from './playbook/control.ts'
export type { ComputedReport, ControlClearing } from './playbook/control-clearing.ts'
export {
  judgePlaybook,
  outcomeOfPlaybook,
  type PlaybookFinding,
  pathsOfPlaybook,
} from './playbook/judge-playbook.ts'
export type { FirstActions } from './playbook/operations/incidents.ts'
export {
  judgeOperations,
  type OperationsQuestion,
  pathsOfOperations,
} from './playbook/operations/judge-operations.ts'
export {
  type ExecutiveSummary,
  summarizePlaybook,
} from './playbook/summary.ts'
export {
  type ApprovalPosture,
  type CanaryStatus,
  type LaunchReadiness,
  type PostureLine,
  postureOf,
  type RolloutReadiness,
} from './posture.ts'
export type { GateProblem } from './problem.ts'
export {
  collectProject,
  type GateProject,
  type Project,
  type ProjectCollection,
} from './project.ts'
export type { ProjectState } from './project-state.ts'
export { blockersOfCriterion } from './readiness/criterion-blockers.ts'
export {
  type CriterionFinding,
  judgeReadiness,
  type ReadinessFinding,
  type StageFinding,
} from './readiness/judge-readiness.ts'
export { judgeSeparation } from './readiness/separation.ts'
export {
  type CountedProvenance,
  type CountedRecord,
  type ReleaseState,
} from './release-state.ts'
export { bindReports, type FoundFile } from './reports/bind-reports.ts'
export type { Report, ReportStanding } from './reports/report.ts'
export type { ListFinding, RequirementList } from './requirement-list.ts'
export { judgeResult } from './result/judge-result.ts'
export { parseSignedResult, type UnverifiedResult } from './result/read-result.ts'
export type { ResultExpectation } from './result/result-expectation.ts'
export {
  buildResult,
  encodeResultStatement,
  encodeSignedResult,
  RESULT_JWS_TYPE,
  RESULT_PREDICATE_TYPE,
  type ResultPayload,
  type ResultPreimage,
  type ResultQuestion,
  signedResultSchema,
  type UnsignedResult,
} from './result/signed-result.ts'
export {
  combineStandings,
  STANDINGS,
  type Standing,
  standingOf,
  standingOfJudgement,
} from './result/standing.ts'
export { type ApprovalStatus, approvalStatuses } from './status/approval-status.ts'
export { type AttestationStatus, attestationStatuses } from './status/attestation-status.ts'
export type { EvidenceProvenance } from './status/evidence-provenance.ts'
export { type EvidenceStatus, evidenceStatuses } from './status/evidence-status.ts'
export {
  bindSnapshots,
  type GivenSnapshot,
  type ReleaseSnapshot,
} from './status/implementation.ts'
export { buildSummary, type SummaryQuestion } from './summary/build-summary.ts'
export { type CandidateCommit, judgeSoundness } from './suspects.ts'
export type { HeldWaiver, Waived, WaiverFindings } from './waivers.ts'
