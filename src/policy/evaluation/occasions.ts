// Occasions: of any number of signatures, how many lie so far from each other that one could have come to something else than the one before.

import { strict as assert } from 'node:assert'
import type { Instant } from '../../core/index.ts'
import type { Evidence } from '../evidence.ts'
import { millisecondsOf } from '../requirement/duration.ts'

/** The most pieces that can be chosen such that each was signed so long after the one before. */
export function countOccasions(pieces: readonly Evidence[], apart: string): number {
  const between = millisecondsOf(apart)
  let count = 0
  let next = Number.NEGATIVE_INFINITY
  // The earliest that can be next leaves the most room for others.
  for (const time of pieces.map(timeOf).toSorted((a, b) => a - b)) {
    if (time < next) continue
    count += 1
    next = time + between
  }
  return count
}

function timeOf({ signedAt }: Evidence): Instant {
  assert(signedAt !== undefined, 'without a time a piece supports nothing that lies apart')
  return signedAt
}
