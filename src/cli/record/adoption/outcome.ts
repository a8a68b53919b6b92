// What an adoption would come to: judged in the ledger as it would be, before that is so.

import type { Check } from '../../../core/index.ts'
import type { LedgerItem, LedgerMaterial, LedgerRecord } from '../../../record/index.ts'
import type { ProjectRelease } from './project.ts'

/** The view of the adoption, which comes in last, and everything that would contradict the release. */
export function checkOutcome(
  release: ProjectRelease,
  coming: readonly (LedgerRecord | LedgerMaterial)[],
): readonly Check[] {
  const items = itemsAfter(release.items, coming)
  const { fold, records } = release.judge(items, { scope: 'project' })
  const adoption = coming.at(-1)?.sha256
  const view = records.find(({ record }) => record.sha256 === adoption)?.view
  return [...fold.conflicts, ...(view === undefined ? [] : [view.check])]
}

/** The ledger with what comes in; what is there keeps its place. */
export function itemsAfter(
  items: readonly LedgerItem[],
  coming: readonly (LedgerRecord | LedgerMaterial)[],
): readonly LedgerItem[] {
  const known = new Set(items.map(({ sha256 }) => sha256))
  const first = (items.at(-1)?.index ?? -1) + 1
  const added = coming.filter(({ sha256 }) => !known.has(sha256))
  return [...items, ...added.map((record, at) => ({ ...record, index: first + at }))]
}
