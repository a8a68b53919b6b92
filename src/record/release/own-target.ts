// Which evidence about a commit is for the target that is looked at: a commit may be released to several, and each has checks of its own.

import type { Registry } from '../../policy/index.ts'
import { targetOf } from '../adoption/adoption-source.ts'
import type { FoldInput, LedgerItem } from './fold.ts'

/** Everything but what answers an evidence definition of other targets: whatever that comes to, it says nothing of this one. */
export function forTarget(
  items: readonly LedgerItem[],
  target: string,
  registry: Registry | undefined,
): readonly LedgerItem[] {
  return items.filter((item) => {
    const id = item.kind === 'record' ? item.evidence : undefined
    const { targets = [target] } = registry?.of('evidence').get(id ?? '')?.scope ?? {}
    return targets.includes(target)
  })
}

/** The same question, about what the ledger holds of commits for the target of the release. */
export function withinTarget<Q extends FoldInput & { readonly registry?: Registry | undefined }>(
  question: Q,
): Q {
  const { id, registry, commitItems } = question
  return {
    ...question,
    commitItems: (commit: string) => forTarget(commitItems(commit), targetOf(id), registry),
  }
}
