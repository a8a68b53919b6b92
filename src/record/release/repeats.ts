// The same act of signing in several bundles: it counts once, where and with the time of the first, and whoever names one of the bundles
// names it.

import type { JudgedTime } from '../../verify/index.ts'
import type { LedgerMaterial, LedgerRecord } from '../ledger-record.ts'
import type { LedgerItem } from './fold.ts'

/** What stands for all bundles of one act of signing. */
export interface Unrepeated {
  /** Of its first bundle. */
  readonly sha256: string
  /** Of the others, by which it may be named as well. */
  readonly otherBundles?: readonly string[]
}

type Placed = (LedgerRecord | LedgerMaterial) &
  Pick<LedgerItem, 'index' | 'firstIndex'> &
  Pick<Unrepeated, 'otherBundles'>

/**
 * Each act of signing once. Its signer has said nothing after what stands between the first bundle of it and a later one, so it stands
 * where the first one does. Linkages, adoptions and other records name bundles by their digest, and each of them is a name of it: so no
 * copy takes anything away from who named the original. That of a live workflow says whose word it is.
 *
 * Its time is that of the first bundle, and none where that one has none: anybody can take a timestamp out of a bundle or have a new one
 * put in, and append that. So no later copy makes a word newer or older, in either way. A first file that is not accepted by itself holds
 * the place as well, without a time: after the term of a key nothing moves to where its copies stand.
 */
export function withoutRepeats<T extends Placed>(items: readonly T[]): readonly T[] {
  const acts = Map.groupBy(items, ({ signingAct }) => signingAct)
  if (acts.size === items.length && items.every((item) => firstOf(item) === item.index)) {
    return items
  }
  return [...acts.values()]
    .map((bundles) => {
      const [first, ...others] = bundles as [T, ...T[]]
      const best = bundles.find(({ origin }) => origin === 'live-workflow') ?? first
      const index = Math.min(...bundles.map(firstOf))
      return {
        ...best,
        judged: index < first.index ? untimed(first) : first.judged,
        sha256: first.sha256,
        otherBundles: others.map(({ sha256 }) => sha256),
        index,
      }
    })
    .toSorted((a, b) => a.index - b.index)
}

/** Every digest by which it may be named. */
export function bundlesOf({ sha256, otherBundles = [] }: Unrepeated): readonly string[] {
  return [sha256, ...otherBundles]
}

/** True for what has a bundle among those that are named. */
export function isNamed(one: Unrepeated, names: ReadonlySet<string>): boolean {
  return bundlesOf(one).some((sha256) => names.has(sha256))
}

function firstOf({ index, firstIndex = index }: Placed): number {
  return Math.min(index, firstIndex)
}

/** The time as of which the key was judged stays; it orders nothing. */
function untimed({ judged }: Placed): JudgedTime {
  return { ...judged, source: 'clock', vouched: [] }
}
