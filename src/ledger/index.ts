export {
  describeDifference,
  findFirstDifference,
  type LedgerChange,
  type LedgerDifference,
} from './difference.ts'
export {
  buildEntry,
  encodeEntry,
  isSameEntry,
  type LedgerEntry,
  parseEntry,
  type PlacedEntry,
} from './entry.ts'
export { type AgeExpectation, checkAge } from './head/age.ts'
export { claimedSizeOf } from './head/claimed-size.ts'
export { type ComparisonSources, compareHeads, type HeadComparison } from './head/compare.ts'
export {
  type HeadSigner,
  signCheckpoint,
  type UnsignedCheckpoint,
} from './head/sign-checkpoint.ts'
export type { Cosigner, SignedHead } from './head/signed-head.ts'
export { isSplitView, proveSplitView, type SplitView } from './head/split-view.ts'
export {
  type HeadExpectation,
  type HeadFinding,
  verifyCheckpoint,
} from './head/verify-checkpoint.ts'
export { type MergePlan, type MergeSide, planMerge } from './merge.ts'
export type { LedgerProblem } from './problem.ts'
export {
  claimRelease,
  findReleaseConflict,
  type ReleaseSets,
  releaseVersionOf,
} from './release-version.ts'
export {
  countEntries,
  encodeTilePath,
  type LedgerSizes,
  listEdge,
  listObsolete,
  listTiles,
  parseTilePath,
  type TileAddress,
} from './tiles/address.ts'
export { type LedgerTree, readEarlier, type TileReader, TileRefusal } from './tiles/reader.ts'
export { type AppendPlan, planAppend, type PlannedFile } from './tree/append.ts'
export { auditTree, type EntryVisitor } from './tree/audit.ts'
export { readEntries } from './tree/entries.ts'
export { findEntriesOf } from './tree/entries-of.ts'
export { readHead, type TreeHead } from './tree/head.ts'
export { proveConsistency, proveInclusion } from './tree/prove.ts'
