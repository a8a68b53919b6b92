// Whether an evidence definition has an accepted record in a release.

import { type Check, quote } from '../../core/index.ts'
import type { Family } from '../family.ts'
import { CERTIFICATION } from '../families/certification.ts'
import { COMMAND } from '../families/command.ts'
import { DEPLOYMENT } from '../families/deployment.ts'
import { REVIEW } from '../families/review.ts'
import { SMOKE } from '../families/smoke.ts'
import { TEST_RESULT } from '../families/test-result.ts'
import { commitRecordsOf, recordsOf } from '../release/records-of.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, passed, type ViewContext } from '../view.ts'

/** Those whose records can answer an evidence definition. */
const FAMILIES: readonly Family[] = [TEST_RESULT, COMMAND, DEPLOYMENT, SMOKE, REVIEW, CERTIFICATION]

/** The records of the release, or of its commit, that answer the definition, each with its view. */
export function judgeEvidence(id: string, context: ViewContext): Check {
  const judged = FAMILIES.flatMap((family) =>
    recordsFor(id, family, context).map((record) => ({
      record,
      outcome: family.view(record, context).check.outcome,
    })),
  )
  const accepted = judged.find(({ outcome }) => outcome === 'accepted')
  const name = quote(id)
  if (accepted !== undefined) {
    const { sha256, index } = accepted.record
    return passed('evidence', `Evidence ${name} has an accepted record`, {
      found: `${sha256} at entry ${index}`,
    })
  }
  const message = `Evidence ${name} has no accepted record`
  const found = judged.map(({ record, outcome }) => `${outcome} at entry ${record.index}`)
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
