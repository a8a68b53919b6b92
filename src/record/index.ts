export {
  type AdoptionQuestion,
  judgeAdoption,
} from './adoption/judge-adoption.ts'
export {
  adoptionInput,
  reviewInput,
  type ReviewReferences,
  type ReviewWord,
} from './adoption/adoption-records.ts'
export { type AdoptionSource, buildCandidate } from './adoption/adoption-source.ts'
export {
  type AdoptionCandidate,
  adoptionCandidateSchema,
  digestCandidate,
  encodeCandidate,
  parseCandidate,
} from './adoption/candidate.ts'
export type { PolicyMove } from './policies/policy-moves.ts'
export {
  describeReview,
  type EarlierRefusal,
  type ReviewedRecord,
  type ReviewSheet,
} from './adoption/review-sheet.ts'
export type { RunHead } from './adoption/run-head.ts'
export { buildRecord, type RecordInput, type RecordParts } from './statement/build-record.ts'
export { vouchedTimeOf, wordInPlaceOf } from './time/order.ts'
export { isDraftRelease, judgeDrafted, refuseDraftRelease } from './draft/drafted.ts'
export {
  buildDraftStatement,
  buildReviewRequest,
  type Draft,
  documentOfDraft,
  draftSchema,
  encodeDraft,
  parseDraft,
  readDraft,
} from './draft/draft.ts'
export { judgeDrafter, verifyDraft } from './draft/verify-draft.ts'
export { FAMILIES, familyOf, findFamily } from './families.ts'
export { buildCommandMembers } from './families/command.ts'
export { recordsToLink } from './families/linkage.ts'
export { buildSmokeMembers } from './families/smoke.ts'
export { buildTestResultMembers, type TestRun } from './families/test-result.ts'
export { judgeUse } from './families/withdrawal.ts'
export type { Family, HeaderParts, MembersOf, RecordHeader } from './family.ts'
export type { LedgerMaterial, LedgerRecord, NamedSet, RecordSubject } from './ledger-record.ts'
export {
  encodeInnerManifest,
  INNER_MANIFEST,
  type InnerManifest,
  parseInnerManifest,
} from './pack/inner-manifest.ts'
export {
  checkInnerManifest,
  itemsOfPhase,
  namedDocuments,
  type NamedDocument,
  namedInnerManifests,
  type PhaseItems,
} from './pack/pack-contents.ts'
export {
  checkPackFiles,
  encodePackManifest,
  PACK_MANIFEST,
  PACK_MANIFEST_PATH,
  type PackContent,
  type PackManifest,
  parsePackManifest,
} from './pack/pack-manifest.ts'
export { recordSchema } from './pack/record-schema.ts'
export { judgeProvenance, type ProvenanceFinding } from './release/provenance.ts'
export { phaseFolder } from './statement/phase.ts'
export { HEADER_NAMES, headerNameOf } from './statement/predicate.ts'
export { predicateOf } from './statement/told-predicate.ts'
export type { RecordCode, RecordProblem } from './problem.ts'
export type { ViewedRecord } from './release/deciding.ts'
export type {
  FoldedMaterial,
  FoldedRecord,
  ReleaseEvidence,
  ReleaseSummary,
} from './release/evidence.ts'
export { type FoldInput, foldRelease, type LedgerItem, type ReleaseFold } from './release/fold.ts'
export { RELEASE_REFERENCE, type ReleaseReference } from './statement/release-reference.ts'
export { type CommitQuestion, judgeCommit } from './release/judge-commit.ts'
export { bundlesOf } from './release/repeats.ts'
export {
  judgeOne,
  judgeRelease,
  type LedgerScope,
  type ReleaseQuestion,
  type ReleaseView,
  summarize,
} from './release/judge-release.ts'
export {
  askAboutRelease,
  type KnownItems,
  namedReleases,
  type ReleaseSetting,
} from './release/release-question.ts'
export { speaksAgainst, speaksAgainstAlone } from './release/speaks-against.ts'
export { type RecordVerdict, verifyRecord } from './verify-record.ts'
export type { FamilyView, ViewContext, ViewFact } from './view.ts'
