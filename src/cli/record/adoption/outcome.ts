// What an adoption would come to: judged in the ledger as it would be, before that is so.

import type { Check } from '../../../core/index.ts'
import type { LedgerItem, LedgerMaterial, LedgerRecord } from '../../../record/index.ts'
import type { ProjectRelease } from './project.ts'

/** The view of the adoption, which comes in last, and everything that would contradict the release. */
export function checkOutcome(
  release: ProjectRelease,
  coming: readonly (LedgerRecord | LedgerMaterial)[],
): readonly Check[] {
  const { fold, records } = release.judge(itemsAfter(release.items, coming), 'project')
  const adoption = coming.at(-1)?.sha256
  const view = records.find(({ record }) => record.sha256 === adoption)?.view
  return [...fold.conflicts, ...(view === undefined ? [] : [view.check])]
}

/** What is there keeps its place. */
function itemsAfter(
  items: readonly LedgerItem[],
  coming: readonly (LedgerRecord | LedgerMaterial)[],
): readonly LedgerItem[] {
  const known = new Set(items.map(({ sha256 }) => sha256))
  const first = (items.at(-1)?.index ?? -1) + 1
  const added = coming.filter(({ sha256 }) => !known.has(sha256))
  return [...items, ...added.map((record, at) => ({ ...record, index: first + at }))]
}
