// Which records speak against their release: among the others of it, or by their own words alone.

import type { RecordFamily } from '../../policy/index.ts'
import type { ViewContext } from '../view.ts'
import type { ViewedRecord } from './deciding.ts'
import type { LedgerItem } from './fold.ts'
import { judgeCommit } from './judge-commit.ts'
import { judgeRelease } from './judge-release.ts'

/** Their records speak against the release as long as they are not accepted: an open incident is `missing`, a superseded release `stale`. */
const AGAINST: readonly RecordFamily[] = ['incident', 'withdrawal']

/** As long as no later record made up for it. */
export function speaksAgainst({ record, view, overtakenBy }: ViewedRecord): boolean {
  const { outcome } = view.check
  if (outcome === 'accepted' || overtakenBy !== undefined || view.isAside === true) return false
  return outcome === 'rejected' || outcome === 'error' || AGAINST.includes(record.family)
}

/** Whether a record does so whatever else there is: nothing else is looked at, which may make up for it. */
export function speaksAgainstAlone(
  item: LedgerItem,
  asked: Omit<ViewContext, 'evidence' | 'releaseOf'>,
): boolean {
  if (item.kind === 'material') return false
  const { about } = item
  const items = [item]
  if (about.kind === 'commit') {
    const place = { target: '', channel: '' }
    return judgeCommit({ ...asked, commit: about.commit, place, items }).some(speaksAgainst)
  }
  const alone = {
    ...({ id: about.id, items, scope: 'run', refused: 0, ...asked } as const),
    commitItems: () => [],
    refusedOfCommit: () => 0,
    releaseOf: () => undefined,
  }
  return judgeRelease(alone).records.some(speaksAgainst)
}
