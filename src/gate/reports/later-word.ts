// Which of two pieces of evidence is the last word of its signer (ruling 10).

import type { Instant } from '../../core/index.ts'
import type { Evidence } from '../../policy/index.ts'

/**
 * True where the other one comes later in the ledger. A-84: what was withheld and appended later is not newer than what was signed
 * after it, as far as somebody vouches for both times.
 */
export function isLaterWord(other: Evidence, one: Evidence): boolean {
  const isOlder =
    other.signedAt !== undefined && one.signedAt !== undefined && other.signedAt < one.signedAt
  return other.index > one.index && !isOlder
}

/** What of a word decides whether it is the last one. */
interface WordParts {
  readonly by: Evidence
  /** Words of one check, in place of which a later one stands. */
  readonly check: string
}

/** Those that no later word of their check stands in place of; in their order. */
export function lastWords<T>(words: readonly T[], partsOf: (word: T) => WordParts): readonly T[] {
  const parts = words.map((word) => ({ word, ...partsOf(word) }))
  const places = [...Map.groupBy(parts, ({ by }) => by.index)].toSorted(([a], [b]) => b - a)
  // From the end: of each check the latest time of what comes later; what nobody vouches for is never the older one.
  const latest = new Map<string, Instant>()
  const last = new Set<T>()
  for (const [, there] of places) {
    for (const { word, by, check } of there) {
      const later = latest.get(check)
      if (later === undefined || (by.signedAt !== undefined && later < by.signedAt)) last.add(word)
    }
    for (const { by, check } of there) {
      const time = by.signedAt ?? Number.POSITIVE_INFINITY
      latest.set(check, Math.max(time, latest.get(check) ?? time))
    }
  }
  return words.filter((word) => last.has(word))
}
