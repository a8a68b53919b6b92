// Policies that a signer saw, by the digests that they had then, against those of now.

import { type Check, quote } from '../../core/index.ts'
import type { Policy } from '../../policy/index.ts'
import { policyMoves } from './policy-moves.ts'
import type { PolicyReference } from '../statement/member-schema.ts'
import { failed, passed } from '../view.ts'

/** Accepted where the signer saw exactly these policies as they are now; else `stale`, and it names each that moved. */
export function checkSeenPolicies(
  seen: readonly PolicyReference[],
  now: readonly Pick<Policy, 'id' | 'digest'>[],
): Check {
  const moved = describeMoves(seen, now)
  if (moved.length === 0) {
    return passed('policies', `The ${now.length} policies are as the signer saw them`)
  }
  const message = 'Policies have moved since the signer saw them'
  return failed('policies', 'stale', 'record/policies-moved', message, {
    expected: `the ${now.length} policies of now`,
    found: moved.join(', '),
  })
}

function describeMoves(
  seen: readonly PolicyReference[],
  now: readonly Pick<Policy, 'id' | 'digest'>[],
): readonly string[] {
  const current = now.map(({ id, digest }) => ({ id, sha256: digest }))
  return policyMoves(seen, current).map(({ id, before, after }) => {
    if (after === undefined) return `${quote(id)} gone`
    return `${quote(id)} ${before === undefined ? 'not seen' : 'changed'}`
  })
}
