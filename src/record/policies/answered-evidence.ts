// Whether an evidence definition has an accepted record in a release.

import { type Check, quote } from '../../core/index.ts'
import type { Family } from '../family.ts'
import { CERTIFICATION } from '../families/certification.ts'
import { COMMAND } from '../families/command.ts'
import { DEPLOYMENT } from '../families/deployment.ts'
import { REVIEW } from '../families/review.ts'
import { SMOKE } from '../families/smoke.ts'
import { TEST_RESULT } from '../families/test-result.ts'
import { areGood, decidingRecords } from '../release/deciding.ts'
import { commitRecordsOf, recordsOf } from '../release/records-of.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, passed, type ViewContext } from '../view.ts'

/** Those whose records can answer an evidence definition. */
const FAMILIES: readonly Family[] = [TEST_RESULT, COMMAND, DEPLOYMENT, SMOKE, REVIEW, CERTIFICATION]

/** Accepted where a record of the release, or of its commit, that answers the definition is accepted, and none that decides is rejected. */
export function judgeEvidence(id: string, context: ViewContext): Check {
  const deciding = FAMILIES.flatMap((family) =>
    decidingRecords(family, recordsFor(id, family, context), context),
  )
  const name = quote(id)
  const accepted = deciding.find(({ view }) => view.check.outcome === 'accepted')
  if (accepted !== undefined && areGood(deciding)) {
    const { sha256, index } = accepted.record
    return passed('evidence', `Evidence ${name} has an accepted record`, {
      found: `${sha256} at entry ${index}`,
    })
  }
  const message =
    accepted === undefined
      ? `Evidence ${name} has no accepted record`
      : `Evidence ${name} has a record that speaks against it`
  const found = deciding.map(({ record, view }) => `${view.check.outcome} at entry ${record.index}`)
  return failed('evidence', 'missing', 'record/missing', message, {
    found: found.length === 0 ? 'none' : found.join(', '),
  })
}

function recordsFor(id: string, family: Family, context: ViewContext): readonly FoldedRecord[] {
  const { evidence } = context
  return [...recordsOf(evidence, family), ...commitRecordsOf(evidence, family)].filter(
    (record) => record.evidence === id,
  )
}
