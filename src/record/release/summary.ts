// A release in the few words that other releases need: whether one could go back to it.

import { SMOKE } from '../families/smoke.ts'
import { TRACKING } from '../families/tracking.ts'
import { judgeStanding } from '../families/withdrawal.ts'
import { judgeProvenance } from '../provenance-standing.ts'
import { latestOf } from './records-of.ts'
import type { ReleaseSummary } from './evidence.ts'
import type { ReleaseFold } from './fold.ts'
import type { ViewContext } from '../view.ts'

/** Sums up what the ledger holds about a release, under the policies and at the instant of whoever asks. */
export function summarizeRelease(
  { evidence, generated, conflicts }: ReleaseFold,
  asked: Omit<ViewContext, 'evidence'>,
): ReleaseSummary {
  const { id, digest, records, materials } = evidence
  const entries = [...records, ...materials, ...generated]
  const sourceRevision = records.find(({ release }) => release !== undefined)?.release
    ?.sourceRevision
  const snapshot = latestOf(evidence, TRACKING)?.members.snapshot
  return {
    id,
    ...(digest !== undefined && { digest }),
    // Without an entry it stands before nothing.
    index: entries.reduce((first, { index }) => Math.min(first, index), Number.POSITIVE_INFINITY),
    isConsistent: digest !== undefined && conflicts.length === 0,
    isWithdrawn: judgeStanding(evidence).status === 'withdrawn',
    isSmokePassed: isSmokePassed({ ...asked, evidence }),
    hasProvenance: judgeProvenance(evidence).check.outcome === 'accepted',
    ...(sourceRevision !== undefined && { sourceRevision }),
    ...(snapshot !== undefined && { snapshot }),
  }
}

/** By the last smoke: an earlier one that passed does not make up for it. */
function isSmokePassed(context: ViewContext): boolean {
  const smoke = latestOf(context.evidence, SMOKE)
  return smoke !== undefined && SMOKE.view(smoke, context).check.outcome === 'accepted'
}
