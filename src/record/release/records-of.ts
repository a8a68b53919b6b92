// The records of a family among the evidence of a release, with the members that the family gives them.

import { newestOf } from '../time/order.ts'
import type { Family } from '../family.ts'
import type { RecordFamily } from '../../policy/index.ts'
import type { Phase } from '../../policy/index.ts'
import type { ReleaseReference } from '../statement/release-reference.ts'
import type { FoldedRecord, ReleaseEvidence } from './evidence.ts'

/**
 * The records that count, in ledger order: those that a later record of the same id stands for are left out.
 *
 * @param phase of that phase alone
 */
export function recordsOf<M>(
  { records }: Pick<ReleaseEvidence, 'records'>,
  { name }: Pick<Family<RecordFamily, M>, 'name' | 'members'>,
  phase?: Phase,
): readonly FoldedRecord<M>[] {
  return records.filter(
    (record): record is FoldedRecord<M> =>
      record.family === name &&
      !record.isSuperseded &&
      (phase === undefined || record.release?.phase === phase),
  )
}

/** The last of them; one that is older than another does not stand in its place. */
export function latestOf<M>(
  evidence: Pick<ReleaseEvidence, 'records'>,
  family: Family<RecordFamily, M>,
  phase?: Phase,
): FoldedRecord<M> | undefined {
  return newestOf(recordsOf(evidence, family, phase))
}

/** Records of a family about the commit that the release was built from. */
export function commitRecordsOf<M>(
  { commitRecords }: Pick<ReleaseEvidence, 'commitRecords'>,
  family: Family<RecordFamily, M>,
): readonly FoldedRecord<M>[] {
  return recordsOf({ records: commitRecords }, family)
}

/** Records of a family about what this one is about: the set, or the commit that it was built from. */
export function recordsBeside<M>(
  { about }: Pick<FoldedRecord, 'about'>,
  family: Family<RecordFamily, M>,
  evidence: Pick<ReleaseEvidence, 'records' | 'commitRecords'>,
): readonly FoldedRecord<M>[] {
  return about.kind === 'set' ? recordsOf(evidence, family) : commitRecordsOf(evidence, family)
}

/** What a release is, as its first record that counts has it. */
export function referenceOf({
  records,
}: Pick<ReleaseEvidence, 'records'>): ReleaseReference | undefined {
  return records.find(({ release }) => release !== undefined)?.release
}

/** The commit that it is of. */
export function revisionOf(evidence: Pick<ReleaseEvidence, 'records'>): string | undefined {
  return referenceOf(evidence)?.sourceRevision
}
