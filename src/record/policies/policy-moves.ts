// Which policies are others now than they were when somebody wrote down their digests.

import { compareCodePoints } from '../../core/index.ts'
import type { PolicyReference } from '../statement/member-schema.ts'

/** A policy that moved: `before` is absent for one that came since, `after` for one that is gone. */
export interface PolicyMove {
  readonly id: string
  readonly before?: string
  readonly after?: string
}

/** Every policy that is not the same in both lists, sorted by id. */
export function policyMoves(
  then: readonly PolicyReference[],
  now: readonly PolicyReference[],
): readonly PolicyMove[] {
  const old = new Map(then.map(({ id, sha256 }) => [id, sha256]))
  const young = new Map(now.map(({ id, sha256 }) => [id, sha256]))
  return [...new Set([...old.keys(), ...young.keys()])]
    .toSorted(compareCodePoints)
    .filter((id) => old.get(id) !== young.get(id))
    .map((id) => {
      const before = old.get(id)
      const after = young.get(id)
      return { id, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }
    })
}
