export { declaredTextsOf, type PlacedText } from './declared-text.ts'
export {
  type DeclaredText,
  POLICY_KINDS,
  type PolicyKind,
} from './kind.ts'
export {
  type ComputedView,
  type Evidence,
  EVIDENCE_FAMILIES,
  type EvidenceFamily,
  type EvidenceRelease,
  type EvidenceSigner,
  type EvidenceSignerKind,
} from './evidence.ts'
export { type CaseFile, parsePolicyCases, policyCasesSchema } from './cases/case-file.ts'
export { runCases } from './cases/run-cases.ts'
export { answerExpressions } from './evaluation/asked-expressions.ts'
export { valueAt } from './evaluation/piece/evidence-document.ts'
export { describeRequirement } from './evaluation/described-requirement.ts'
export { evaluateRequirement } from './evaluation/evaluate.ts'
export { checkPolicy } from './evaluation/policy-in-date.ts'
export { type EvidenceIndex, indexEvidence } from './evaluation/evidence-index.ts'
export type {
  EvidenceQuestion,
  RequirementContext,
  RequirementFinding,
  UnfitPiece,
} from './evaluation/finding.ts'
export type {
  ExpressionAnswer,
  ExpressionAnswers,
  ExpressionFault,
  ExpressionQuestion,
  Expressions,
} from './expression/expressions.ts'
export type { PlaybookControl } from './kinds/playbook.ts'
export { type PlaybookAttachment, promotionPathOf } from './kinds/playbook/attachments.ts'
export type { PlaybookClosure } from './kinds/playbook/closure.ts'
export type { PlaybookIncidents, PlaybookTrigger } from './kinds/playbook/incidents.ts'
export type { PlaybookSequence } from './kinds/playbook/sequences.ts'
export { millisecondsOf } from './requirement/duration.ts'
export { subjectsOf } from './kinds/evidence.ts'
export { type LintOptions, lintPolicies } from './lint/lint.ts'
export { lintTrust } from './lint/threshold-lint.ts'
export { parsePolicies, parsePolicy, type PolicyFile } from './parse.ts'
export {
  KIND_SCHEMAS,
  type Policy,
  type PolicyOf,
  type Registered,
  policySchema,
  requirementsOf,
} from './policy.ts'
export { COUNTED_DECISIONS, DECISIONS } from './decisions.ts'
export { predicateTypeOf } from './predicate-type.ts'
export type { PolicyCode, PolicyProblem } from './problem.ts'
export type { Registry } from './registry.ts'
export { buildPolicyStatement, judgePolicySignature, signatureNameOf } from './signature.ts'
export type { Condition, ExpressionCondition, MemberCondition } from './requirement/condition.ts'
export {
  partsOf,
  type PlacedRequirement,
  placeRequirements,
  withParts,
} from './requirement/placed-requirement.ts'
export type {
  EvidenceRequirement,
  PoliciesRequirement,
  QuorumRequirement,
  Requirement,
} from './requirement/requirement.ts'
export {
  ADOPTABLE_FAMILIES,
  type AdoptableFamily,
  ADOPTION_EVIDENCE,
  type AdoptionEvidence,
  APPROVAL_MODES,
  APPROVAL_SCOPES,
  type ApprovalMode,
  type ApprovalScope,
  AUTHORITY_EVIDENCE,
  AUTHORITY_KINDS,
  type AuthorityEvidence,
  type AuthorityKind,
  COMMIT_STAGES,
  type Criticality,
  EVIDENCE_KINDS,
  EVIDENCE_LIMITS,
  type EvidenceKind,
  type EvidenceLimit,
  IDENTITY_CLAIMS,
  IDENTITY_FIELDS,
  type IdentityClaim,
  type IdentityField,
  LINKABLE_FAMILIES,
  type LinkableFamily,
  type Phase,
  PHASES,
  PROMOTION_STAGES,
  type PromotionStage,
  RECORD_FAMILIES,
  type RecordFamily,
  ROLLBACK_FIELDS,
  type RollbackField,
  ROLLOUT_SCOPES,
  type RolloutScope,
  SHARED_FIELDS,
  type SharedField,
  type Stage,
  STAGES,
  WEB_EDGE_CHECKS,
} from './vocabulary.ts'
