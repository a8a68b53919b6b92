// The same act of signing in several bundles: it counts once, where it stood first, under the name by which others know it, and by the
// best of its witnesses.

import { isJsonObject, type JsonValue } from '../../core/index.ts'
import type { LedgerMaterial, LedgerRecord } from '../ledger-record.ts'

type Placed = (LedgerRecord | LedgerMaterial) & { readonly index: number }

const SHA256 = /^[0-9a-f]{64}$/

/**
 * Each act of signing once. Its signer has said nothing after what stands between the first bundle of it and a later one, so it stands
 * where the first one does. Whoever appended a copy before the original takes nothing away: linkages, adoptions and other records name
 * bundles by their digest, and of several bundles the one that is named stands for all. Whose word it is and when, the bundle says that
 * most is known of: a copy without a timestamp takes nothing away, and one with a later timestamp adds nothing.
 *
 * @param naming everything whose members may name one of them
 */
export function withoutRepeats<T extends Placed>(
  items: readonly T[],
  naming: readonly Placed[] = items,
): readonly T[] {
  if (new Set(items.map(({ signingAct }) => signingAct)).size === items.length) return items
  const named = new Set(naming.flatMap(namesOf))
  return [...Map.groupBy(items, ({ signingAct }) => signingAct).values()].map((bundles) => {
    const [first] = bundles as [T]
    const { sha256 } = bundles.find((bundle) => named.has(bundle.sha256)) ?? first
    return { ...bundles.reduce(bestWitnessed), sha256, index: first.index }
  })
}

/** That of a live workflow, then the one that somebody saw first. */
function bestWitnessed<T extends Placed>(best: T, other: T): T {
  const isLive = ({ origin }: T) => origin === 'live-workflow'
  if (isLive(best) !== isLive(other)) return isLive(best) ? best : other
  return seenAt(other) < seenAt(best) ? other : best
}

function seenAt({ judged: { vouched } }: Placed): number {
  return Math.min(...vouched.map(({ at }) => at))
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
