// The times of many words, kept so that it is known at once whether one of them is no older than another word.

import type { Instant } from '../../core/index.ts'

/** When something was said. */
export interface Times {
  /** By its signer. */
  readonly reported: Instant
  /** When somebody else saw it, or as early as that may have been. */
  readonly seen: Instant
  /** When somebody else saw it, where they did. */
  readonly vouched: Instant | undefined
}

/** Of the times that are added only those stay that none beats in both. */
export interface NewestTimes {
  add(times: Times): void
  /** Whether one of them was not reported before, nor seen before somebody vouched for this. */
  isAnyNewer(times: Times): boolean
}

/** None yet. */
export function createNewestTimes(): NewestTimes {
  /** By `reported`, which rises; so `seen` falls. */
  const kept: Times[] = []
  /** The first that was reported then or later: of those it was seen last. */
  const placeOf = (reported: Instant): number => {
    let low = 0
    let high = kept.length
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (reportedOf(kept[middle]) < reported) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    add(times) {
      const place = placeOf(times.reported)
      if (seenOf(kept[place]) >= times.seen) return
      let first = place
      while (first > 0 && seenOf(kept[first - 1]) <= times.seen) first -= 1
      const last = reportedOf(kept[place]) === times.reported ? place + 1 : place
      kept.splice(first, last - first, times)
    },
    isAnyNewer: ({ reported, vouched }) => {
      const newest = kept[placeOf(reported)]
      return newest !== undefined && (vouched === undefined || newest.seen >= vouched)
    },
  }
}

function reportedOf(times: Times | undefined): Instant {
  return times?.reported ?? Number.POSITIVE_INFINITY
}

function seenOf(times: Times | undefined): Instant {
  return times?.seen ?? Number.NEGATIVE_INFINITY
}
