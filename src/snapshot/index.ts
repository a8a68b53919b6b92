export {
  type AdvisoryAudit,
  buildAuditDocument,
  encodeAdvisoryAudit,
  judgeAdvisories,
  judgeAgain,
  parseAdvisoryAudit,
} from './advisories/audit-document.ts'
export type { AdvisoryReport, ReportForm, Severity } from './advisories/advisory.ts'
export {
  type AdvisoryException,
  isInForce,
  parseAdvisoryExceptions,
} from './advisories/exceptions.ts'
export { asReported, findAdvisories } from './advisories/finding.ts'
export type { Standing } from './advisories/judgement.ts'
export { selectLockfiles } from './advisories/lockfile-contents.ts'
export { renderPackage } from './advisories/package-name.ts'
export { parseAdvisoryReport } from './advisories/report.ts'
export {
  type Baseline,
  parseBaseline,
} from './baseline/baseline.ts'
export {
  type ControlFacts,
  type ControlState,
  computeControlState,
  NO_FACTS,
} from './baseline/control-state.ts'
export type { BaselineEntryState, BaselinePart } from './baseline/entry-state.ts'
export type { BuildInput, InputKind, InputReference, UnreadableReason } from './build-input.ts'
export { isCommit, publicAddress } from './address.ts'
export type {
  Dependency,
  DependencySource,
  Ecosystem,
  FloatingRequirement,
  LockedDigest,
  LockedDigestAlgorithm,
  Lockfile,
  LockfileInput,
  LockfileParser,
} from './dependency.ts'
export { encodeCycloneDx } from './cyclonedx/bom.ts'
export { isCycloneDx, parseCycloneDx } from './cyclonedx/inventory.ts'
export {
  type Change,
  type ChangeKind,
  compareInventories,
  isFailure,
} from './difference/difference.ts'
export { buildInventory, type Inventory } from './difference/inventory.ts'
export { findLockfileParser } from './lockfiles/index.ts'
export type { SnapshotProblem } from './problem.ts'
export { buildPurl, type Purl, parsePurl } from './purl/purl.ts'
export { type PinState, renderPinState } from './pin-state.ts'
export type { Snapshot } from './snapshot.ts'
export { collectSnapshot, type Project } from './collection/snapshot-collection.ts'
export {
  buildSnapshotDocument,
  encodeSnapshot,
  parseSnapshot,
  SNAPSHOT_SCHEMA,
} from './snapshot-document.ts'
export {
  type AbsentSource,
  type GitSource,
  type Source,
  type SourceChange,
  type Submodule,
  sourceState,
} from './source.ts'
