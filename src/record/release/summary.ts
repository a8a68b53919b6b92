// A release in the few words that other releases need: whether one could go back to it.

import { DEPLOYMENT, type Deployment } from '../families/deployment.ts'
import { SMOKE } from '../families/smoke.ts'
import { TRACKING } from '../families/tracking.ts'
import { judgeUse } from '../families/withdrawal.ts'
import { judgeProvenance } from './provenance.ts'
import { snapshotOf } from './snapshot.ts'
import { checkOwnGate } from './own-gate.ts'
import { latestOf, recordsOf, revisionOf } from './records-of.ts'
import type { ReleaseEvidence, ReleaseSummary } from './evidence.ts'
import type { ReleaseFold } from './fold.ts'
import type { ViewContext } from '../view.ts'

/** Who asks, and how many records of the release are not accepted, or not there. */
type SummaryQuestion = Omit<ViewContext, 'evidence'> & {
  readonly refused: number
  readonly refusedOfCommit: (commit: string) => number
}

/** Sums up what the ledger holds about a release, under the policies and at the instant of whoever asks. */
export function summarizeRelease(
  { evidence, conflicts }: ReleaseFold,
  { refused, refusedOfCommit, ...asked }: SummaryQuestion,
): ReleaseSummary {
  const { id, digest } = evidence
  const sourceRevision = revisionOf(evidence)
  const ofCommit = sourceRevision === undefined ? 0 : refusedOfCommit(sourceRevision)
  const isOfGate = checkOwnGate(evidence, asked.registry).every(
    ({ outcome }) => outcome === 'accepted',
  )
  const snapshot = snapshotOf(evidence)
  const { status: use } = judgeUse(evidence)
  return {
    id,
    ...(digest !== undefined && { digest }),
    index: firstIndexOf(evidence),
    isConsistent: digest !== undefined && refused + ofCommit + conflicts.length === 0 && isOfGate,
    isWithdrawn: use === 'withdrawn',
    isSuperseded: use === 'superseded',
    isSmokePassed: isSmokePassed({ ...asked, evidence }),
    hasProvenance: judgeProvenance(evidence).check.outcome === 'accepted',
    ...(sourceRevision !== undefined && { sourceRevision }),
    ...(snapshot !== undefined && { snapshot }),
  }
}

/** Where it is tracked first, or found deployed; what else has its id shows nothing of it. Without such a record it stands before nothing. */
function firstIndexOf({ records, digest }: ReleaseEvidence): number {
  const first = records.find(
    ({ family, members }) =>
      family === TRACKING.name ||
      (family === DEPLOYMENT.name && (members as Deployment).observedSet === digest),
  )
  return first?.index ?? Number.POSITIVE_INFINITY
}

/** By the last smoke, and every one that it does not stand in the place of: an earlier one that passed does not make up for it. */
function isSmokePassed(context: ViewContext): boolean {
  const last = latestOf(context.evidence, SMOKE)
  const smokes = recordsOf(context.evidence, SMOKE).filter(({ id }) => id === last?.id)
  return (
    smokes.length > 0 &&
    smokes.every((smoke) => SMOKE.view(smoke, context).check.outcome === 'accepted')
  )
}
