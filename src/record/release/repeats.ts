// The same act of signing in several bundles: it counts once, where and with the time of the first, under the name by which others know
// it.

import { isJsonObject, type JsonValue } from '../../core/index.ts'
import type { JudgedTime } from '../../verify/index.ts'
import type { LedgerMaterial, LedgerRecord } from '../ledger-record.ts'
import type { LedgerItem } from './fold.ts'

type Placed = (LedgerRecord | LedgerMaterial) & Pick<LedgerItem, 'index' | 'firstIndex'>

const SHA256 = /^[0-9a-f]{64}$/

/**
 * Each act of signing once. Its signer has said nothing after what stands between the first bundle of it and a later one, so it stands
 * where the first one does. Linkages, adoptions and other records name bundles by their digest, and of several bundles the one that is
 * named stands for all. That of a live workflow says whose word it is.
 *
 * Its time is that of the first bundle, and none where that one has none: anybody can take a timestamp out of a bundle or have a new one
 * put in, and append that. So no later copy makes a word newer or older, in either way. A first file that is not accepted by itself holds
 * the place as well, without a time: after the term of a key nothing moves to where its copies stand.
 *
 * @param naming everything whose members may name one of them
 */
export function withoutRepeats<T extends Placed>(
  items: readonly T[],
  naming: readonly Placed[] = items,
): readonly T[] {
  const acts = Map.groupBy(items, ({ signingAct }) => signingAct)
  if (acts.size === items.length && items.every((item) => firstOf(item) === item.index)) {
    return items
  }
  const named = new Set(naming.flatMap(namesOf))
  return [...acts.values()]
    .map((bundles) => {
      const [first] = bundles as [T]
      const { sha256 } = bundles.find((bundle) => named.has(bundle.sha256)) ?? first
      const best = bundles.find(({ origin }) => origin === 'live-workflow') ?? first
      const index = Math.min(...bundles.map(firstOf))
      return { ...best, judged: index < first.index ? untimed(first) : first.judged, sha256, index }
    })
    .toSorted((a, b) => a.index - b.index)
}

function firstOf({ index, firstIndex = index }: Placed): number {
  return Math.min(index, firstIndex)
}

/** The time as of which the key was judged stays; it orders nothing. */
function untimed({ judged }: Placed): JudgedTime {
  return { ...judged, source: 'clock', vouched: [] }
}

/** Every digest that stands in the members of a record. */
function namesOf(item: Placed): readonly string[] {
  return item.kind === 'record' ? digestsIn(item.members as JsonValue) : []
}

function digestsIn(value: JsonValue): readonly string[] {
  if (typeof value === 'string') return SHA256.test(value) ? [value] : []
  if (Array.isArray(value)) return value.flatMap((each: JsonValue) => digestsIn(each))
  return isJsonObject(value) ? Object.values(value).flatMap(digestsIn) : []
}
