// Which policies are others now than they were when somebody wrote down their digests.

import { compareCodePoints } from '../../core/index.ts'
import type { PolicyReference } from '../member-schema.ts'

/** A policy that moved: `then` is absent for one that came since, `now` for one that is gone. */
export interface PolicyMove {
  readonly id: string
  readonly then?: string
  readonly now?: string
}

/** Every policy that is not the same in both lists, sorted by id. */
export function policyMoves(
  then: readonly PolicyReference[],
  now: readonly PolicyReference[],
): readonly PolicyMove[] {
  const before = new Map(then.map(({ id, sha256 }) => [id, sha256]))
  const after = new Map(now.map(({ id, sha256 }) => [id, sha256]))
  return [...new Set([...before.keys(), ...after.keys()])]
    .toSorted(compareCodePoints)
    .filter((id) => before.get(id) !== after.get(id))
    .map((id) => {
      const old = before.get(id)
      const young = after.get(id)
      return {
        id,
        ...(old !== undefined && { then: old }),
        ...(young !== undefined && { now: young }),
      }
    })
}
