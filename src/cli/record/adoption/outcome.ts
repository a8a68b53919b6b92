// What an adoption would come to: judged in the ledger as it would be, before that is so.

import type { Check } from '../../../core/index.ts'
import type { LedgerItem, LedgerMaterial, LedgerRecord } from '../../../record/index.ts'
import { findViewed } from './companions.ts'
import type { ProjectRelease } from './project.ts'

/** The view of the adoption, which comes in last, and everything that would contradict the release. */
export function checkOutcome(
  release: ProjectRelease,
  coming: readonly (LedgerRecord | LedgerMaterial)[],
  adoption: LedgerRecord,
): readonly Check[] {
  const items = itemsAfter(release, [...coming, adoption])
  const after = release.judge(items, { scope: 'project' })
  const viewed = findViewed(after, adoption.sha256)
  const isThere = viewed?.record.sha256 === adoption.sha256
  return [...after.fold.conflicts, isThere ? viewed.view.check : notThere(adoption)]
}

/** A record that does not stand among those of its release adopts nothing, such as one that the ledger has in another bundle. */
function notThere({ sha256 }: LedgerRecord): Check {
  return {
    name: 'adoption-counts',
    outcome: 'rejected',
    code: 'record/missing',
    message: 'The adoption would not be among the records that count of the release',
    expected: `sha256:${sha256}`,
    found: 'none',
  }
}

/** What the ledger has of the release, and what comes in: after all entries of the ledger, whatever they are of. */
export function itemsAfter(
  { items, size }: Pick<ProjectRelease, 'items' | 'size'>,
  coming: readonly (LedgerRecord | LedgerMaterial)[],
): readonly LedgerItem[] {
  const known = new Set(items.map(({ sha256 }) => sha256))
  const added = coming.filter(({ sha256 }) => !known.has(sha256))
  return [...items, ...added.map((record, at) => ({ ...record, index: size + at }))]
}
