// Whether a policy may be used: requirements of one whose time is over say nothing any more.

import {
  acceptedCheck,
  type Check,
  type Instant,
  parseTimestamp,
  quote,
  refusedCheck,
} from '../../core/index.ts'
import type { PolicyCode } from '../problem.ts'
import type { Registry } from '../registry.ts'

/** A policy is there, and its time is not over. */
export function checkPolicy(
  id: string,
  { registry, now }: { readonly registry: Registry; readonly now: Instant },
): Check {
  const policy = registry.policies.get(id)
  const refused = refusedCheck<PolicyCode>
  if (policy === undefined) {
    const message = `The policy ${quote(id)} is not there`
    return refused('policy', 'missing', 'policy/policy-missing', message)
  }
  const { expires, digest } = policy
  const end = expires === undefined ? undefined : parseTimestamp(expires)
  // The schema has made sure that it is a time.
  if (expires === undefined || (end?.ok === true && now <= end.value)) {
    return acceptedCheck('policy', `The policy ${quote(id)} is in date`, { found: digest })
  }
  const message = `The policy ${quote(id)} was in force until then`
  return refused('policy', 'stale', 'policy/policy-expired', message, { found: expires })
}
