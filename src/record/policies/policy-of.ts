// The policy that a record is made under, as it is now.

import { type Check, encodeTimestamp, parseTimestamp, quote } from '../../core/index.ts'
import type { PolicyKind, PolicyOf } from '../../policy/index.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, passed, type ViewContext } from '../view.ts'

/** The check, and the policy where there is one that holds for the release. */
export interface PolicyFinding<K extends PolicyKind> {
  readonly check: Check
  readonly policy?: PolicyOf<K>
}

/** Looks for the policy that the record names: of the right kind, for the target of its release, and not expired. */
export function policyOf<K extends PolicyKind>(
  kind: K,
  { policy: id }: Pick<FoldedRecord, 'policy'>,
  { registry, evidence, now }: ViewContext,
): PolicyFinding<K> {
  const name = quote(id ?? 'none')
  const facts = { expected: `a policy of the kind ${kind}`, found: name }
  if (registry === undefined) {
    const message = 'The policy of the record can not be looked at'
    const hint = 'Give the folder of policies with --policies'
    return {
      check: failed('policy', 'missing', 'record/policy-unknown', message, { ...facts, hint }),
    }
  }
  const policy = registry.of(kind).get(id ?? '')
  if (policy === undefined) {
    const message = `There is no policy ${name} of the kind ${kind}`
    const hint = hintAt(kind, [...registry.of(kind).keys()])
    return {
      check: failed('policy', 'missing', 'record/policy-unknown', message, { ...facts, hint }),
    }
  }
  const { targets = [evidence.parts.target] } = policy.scope
  if (!targets.includes(evidence.parts.target)) {
    const message = `The policy ${name} is for other targets`
    return {
      check: failed('policy', 'rejected', 'record/policy-scope', message, {
        expected: targets.map(quote).join(' or '),
        found: quote(evidence.parts.target),
      }),
    }
  }
  return expiryOf(policy.expires, now) ?? { check: passed('policy', `Under ${name}`), policy }
}

const SHOWN_MAX = 5

function hintAt(kind: PolicyKind, ids: readonly string[]): string {
  if (ids.length === 0) return `The folder of policies has none of the kind ${kind}: put one there`
  const more = ids.length > SHOWN_MAX ? ` and ${ids.length - SHOWN_MAX} more` : ''
  return `There are ${ids.slice(0, SHOWN_MAX).join(', ')}${more}`
}

function expiryOf(expires: string | undefined, now: number): { readonly check: Check } | undefined {
  const end = expires === undefined ? undefined : parseTimestamp(expires)
  if (end?.ok !== true || now <= end.value) return undefined
  const message = 'The policy of the record has expired'
  const facts = {
    expected: `at the latest ${encodeTimestamp(end.value)}`,
    found: encodeTimestamp(now),
  }
  return { check: failed('policy', 'stale', 'record/policy-expired', message, facts) }
}
