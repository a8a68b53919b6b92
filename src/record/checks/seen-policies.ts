// Policies that a signer saw, by the digests that they had then, against those of now.

import { type Check, quote } from '../../core/index.ts'
import type { Policy } from '../../policy/index.ts'
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
  const then = new Map(seen.map(({ id, sha256 }) => [id, sha256]))
  const ids = new Set(now.map(({ id }) => id))
  return [
    ...now
      .filter(({ id, digest }) => then.get(id) !== digest)
      .map(({ id }) => `${quote(id)} ${then.has(id) ? 'changed' : 'not seen'}`),
    ...seen.filter(({ id }) => !ids.has(id)).map(({ id }) => `${quote(id)} gone`),
  ]
}
