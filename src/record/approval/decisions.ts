// Whose decision stands: of each person the last one, whatever keys it was signed with, and the same words never twice.

import type { FoldedRecord } from '../release/evidence.ts'

/** A record that somebody decided by, and the record whose decision it is: itself, or the one that it repeats. */
export interface Decision<M> {
  readonly record: FoldedRecord<M>
  readonly original: FoldedRecord<M>
}

interface Decided {
  readonly decision: 'approve' | 'reject'
}

/**
 * Each record with the one that it repeats. Who says the same words again, or has them said again by somebody else who kept them,
 * decides nothing anew: an approval that was put in once more does not take back what came after it. A rejection always speaks.
 *
 * @param records in ledger order, of one question: one scope, in one phase
 */
export function decisionsOf<M extends Decided>(
  records: readonly FoldedRecord<M>[],
): readonly Decision<M>[] {
  const originals = new Map<string, FoldedRecord<M>>()
  return records.map((record) => {
    if (record.members.decision === 'reject') return { record, original: record }
    const words = wordsOf(record)
    const original = originals.get(words) ?? record
    originals.set(words, original)
    return { record, original }
  })
}

/** Each view asks for those of all decisions again. */
const known = new WeakMap<FoldedRecord, string>()

function wordsOf(record: FoldedRecord): string {
  const words = known.get(record) ?? JSON.stringify([record.signer.principal, record.members])
  known.set(record, words)
  return words
}

/** The decision of each principal that no later one of theirs stands in the place of. */
export function standingDecisions<M>(
  decisions: readonly Decision<M>[],
): ReadonlyMap<string, FoldedRecord<M>> {
  const originals = decisions.filter(({ record, original }) => record === original)
  return new Map(originals.map(({ record }) => [record.signer.principal, record]))
}
