// The claims of identity that an attestation policy asks of provenance are repeated: by the requirements that select provenance, and by the
// policies of its artifacts. What is counted and what blocks are the same only as long as all of them say the same.

import { quote } from '../core/index.ts'
import type { Reference } from './kind.ts'
import { type Policy, type PolicyOf, requirementsOf } from './policy.ts'
import type { Registry } from './registry.ts'
import { type PlacedRequirement, withParts } from './requirement/placed-requirement.ts'

/** A policy that asks for other claims than the attestation policies over it. */
export interface OtherClaims {
  readonly policy: Policy
  readonly at: Reference['at']
  readonly message: string
}

const CLAIMS = '/computed/facts/claims'

type Claims = readonly string[]

/** Everywhere that other claims are asked for, or none where provenance is. */
export function findOtherClaims(registry: Registry): readonly OtherClaims[] {
  const attestations = [...registry.of('attestation').values()]
  return [
    ...attestations.flatMap((policy) => judgeRequirements(policy, [policy])),
    ...[...registry.of('approval').values()].flatMap((approval) => ofApproval(registry, approval)),
  ]
}

function ofApproval(registry: Registry, approval: PolicyOf<'approval'>): readonly OtherClaims[] {
  const { attestation, attestationArtifact } = approval.policies
  const over = [...registry.of('attestation').values()].filter(({ id }) => attestation.includes(id))
  // Those that are not there are told as that.
  if (over.length === 0) return []
  const gates = [...registry.of('gate').values()].filter((gate) => gate.approval === approval.id)
  const artifacts = [...registry.of('attestation-artifact').values()].filter(({ id }) =>
    attestationArtifact.includes(id),
  )
  return [
    ...[approval, ...gates].flatMap((policy) => judgeRequirements(policy, over)),
    ...artifacts.flatMap((policy) =>
      judge(policy, ['identityClaims'], policy.identityClaims, over),
    ),
  ]
}

/** Each that names claims names all; a policy that asks for provenance asks at least once for its claims. */
function judgeRequirements(
  policy: PolicyOf<'approval' | 'attestation' | 'gate'>,
  over: readonly PolicyOf<'attestation'>[],
): readonly OtherClaims[] {
  const asked = requirementsOf(policy).flatMap(withParts).flatMap(claimsOf)
  const naming = asked.filter(({ claims }) => claims.length > 0)
  return (naming.length > 0 ? naming : asked.slice(0, 1)).flatMap(({ at, claims }) =>
    judge(policy, at, claims, over),
  )
}

interface AskedClaims {
  readonly at: Reference['at']
  readonly claims: Claims
}

/** Those that a requirement asks of provenance, perhaps none; nothing of what selects something else. */
function claimsOf({ at, requirement }: PlacedRequirement): readonly AskedClaims[] {
  if (!('select' in requirement) || requirement.select.family !== 'provenance') return []
  const { holds = [] } = requirement
  const claims = holds.flatMap((condition) =>
    'includes' in condition && condition.at === CLAIMS
      ? [condition.includes].filter((claim) => typeof claim === 'string')
      : [],
  )
  return [{ at: [...at, 'select'], claims }]
}

function judge(
  policy: Policy,
  at: Reference['at'],
  claims: Claims,
  over: readonly PolicyOf<'attestation'>[],
): readonly OtherClaims[] {
  if (over.some(({ identityClaims }) => isSame(identityClaims, claims))) return []
  const found = claims.length === 0 ? 'none' : claims.join(', ')
  const expected = over.map(
    ({ id, identityClaims }) => `${quote(id)} (${identityClaims.join(', ')})`,
  )
  const message = `${quote(policy.id)} asks for other claims of identity than ${expected.join(' or ')}: ${found}`
  return [{ policy, at, message }]
}

function isSame(a: Claims, b: Claims): boolean {
  return new Set(a).symmetricDifference(new Set(b)).size === 0
}
