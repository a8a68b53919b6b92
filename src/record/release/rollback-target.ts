// What is known, today, of a release that one would go back to.

import { type Check, quote } from '../../core/index.ts'
import type { FoldedRecord, ReleaseSummary } from './evidence.ts'
import { failed, passed } from '../view.ts'

/** As a record names it. */
interface NamedTarget {
  readonly target: {
    readonly artifactSetId: string
    readonly sourceRevision: string
    readonly snapshot: string
  }
}

/** The field that the record leaves out: whether the release that it names verifies now. */
export function verificationOf(summary: ReleaseSummary | undefined): string {
  if (summary === undefined) return 'not-recorded'
  if (summary.isWithdrawn) return 'withdrawn'
  return summary.isConsistent ? 'verified' : 'contradictory'
}

/** Is it another release, that stood here before, agrees with itself and with the record, passed its smoke and was not withdrawn? */
export function checkRollbackTarget(
  record: FoldedRecord<NamedTarget>,
  summary: ReleaseSummary | undefined,
): readonly Check[] {
  const { artifactSetId } = record.members.target
  const other = checkOther(record)
  if (summary === undefined) {
    const message = 'The ledger holds nothing of the release to go back to'
    const facts = { expected: quote(artifactSetId), found: 'none' }
    return [other, failed('target', 'missing', 'record/missing', message, facts)]
  }
  return [
    other,
    checkEarlier(record, summary),
    checkConsistent(record, summary),
    checkWithdrawn(summary),
    checkSmoke(summary),
  ]
}

/** A release that went wrong is not what saves it. */
function checkOther({ members, release }: FoldedRecord<NamedTarget>): Check {
  const found = quote(members.target.artifactSetId)
  if (release?.artifactSetId !== members.target.artifactSetId) {
    return passed('other-release', 'The target is another release', { found })
  }
  const message = 'The target is the release itself'
  return failed('other-release', 'rejected', 'record/rollback-target', message, { found })
}

function checkEarlier({ index }: FoldedRecord, summary: ReleaseSummary): Check {
  const expected = `tracked or deployed before entry ${index}`
  if (!Number.isFinite(summary.index)) {
    const message = 'No record that counts tracks the target, or found it deployed'
    return failed('earlier', 'missing', 'record/missing', message, { expected, found: 'none' })
  }
  const facts = { expected, found: `entry ${summary.index}` }
  if (summary.index < index) return passed('earlier', 'The target was here before', facts)
  const message = 'The target was not here before the record'
  return failed('earlier', 'rejected', 'record/order', message, facts)
}

function checkConsistent(
  { members: { target } }: FoldedRecord<NamedTarget>,
  { isConsistent, sourceRevision, snapshot }: ReleaseSummary,
): Check {
  const facts = {
    expected: `commit ${sourceRevision ?? 'none'}, snapshot ${snapshot ?? 'none'}`,
    found: `commit ${target.sourceRevision}, snapshot ${target.snapshot}`,
  }
  if (!isConsistent) {
    const message =
      'The target does not verify: its records are refused, contradict each other, or are of another gate'
    return failed('target', 'rejected', 'record/rollback-target', message)
  }
  if (sourceRevision === target.sourceRevision && snapshot === target.snapshot) {
    return passed('target', 'The target verifies, and is as the record has it', facts)
  }
  const message = 'The target is another one than the record has it'
  return failed('target', 'rejected', 'record/contradiction', message, facts)
}

function checkWithdrawn({ isWithdrawn }: ReleaseSummary): Check {
  return isWithdrawn
    ? failed('target-withdrawn', 'rejected', 'record/withdrawn', 'The target was withdrawn')
    : passed('target-withdrawn', 'The target was not withdrawn')
}

function checkSmoke({ isSmokePassed }: ReleaseSummary): Check {
  if (isSmokePassed) return passed('target-smoke', 'The smoke of the target passed')
  const message = 'No accepted smoke of the target is there'
  return failed('target-smoke', 'missing', 'record/rollback-target', message)
}
