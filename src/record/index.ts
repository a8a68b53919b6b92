export { buildRecord, type RecordInput } from './build-record.ts'
export { FAMILIES, familyOf, findFamily } from './families.ts'
export type { Family, MembersOf, RecordHeader } from './family.ts'
export type { LedgerMaterial, LedgerRecord, RecordSubject } from './ledger-record.ts'
export {
  encodeInnerManifest,
  type InnerManifest,
  parseInnerManifest,
} from './pack/inner-manifest.ts'
export { phaseFolder, phaseInId } from './phase.ts'
export { predicateTypeOf } from './predicate-type.ts'
export type { RecordCode, RecordProblem } from './problem.ts'
export type {
  FoldedMaterial,
  FoldedRecord,
  ReleaseEvidence,
  ReleaseSummary,
} from './release-evidence.ts'
export { type FoldInput, foldRelease, type LedgerItem, type ReleaseFold } from './release-fold.ts'
export { RELEASE_REFERENCE, type ReleaseReference } from './release-reference.ts'
export { type RecordVerdict, verifyRecord } from './verify-record.ts'
export type { FamilyView, ViewContext, ViewFact } from './view.ts'
