// How policies fit together: every id resolves, who is named names back, and what two of them state they state alike.

import { strict as assert } from 'node:assert'
import { encodeJsonPointer, quote } from '../core/index.ts'
import { LISTED_KINDS } from './kinds/approval.ts'
import { findOtherClaims } from './identity-claims.ts'
import type { PolicyKind, Reference } from './kind.ts'
import { type Policy, type PolicyOf, referencesOf } from './policy.ts'
import type { PolicyProblem } from './problem.ts'
import type { Registry } from './registry.ts'

/** Everything that does not fit; problems name both policies. */
export function checkReferences(registry: Registry): readonly PolicyProblem[] {
  const policies = [...registry.policies.values()]
  const references = policies.flatMap((policy) => [
    ...checkTargets(registry, policy),
    ...referencesOf(policy).flatMap((reference) => checkReference(registry, policy, reference)),
  ])
  const approvals = [...registry.of('approval').values()]
  return [
    ...references,
    ...approvals.flatMap((approval) => [
      ...checkLists(registry, approval),
      ...checkRepeatedFacts(registry, approval),
    ]),
    ...findOtherClaims(registry).map(
      ({ policy, at, message }): PolicyProblem => ({
        code: 'policy/fact-differs',
        message,
        at: placeOf(registry, policy, at),
      }),
    ),
  ]
}

function checkReference(
  registry: Registry,
  policy: Policy,
  { to, at, isMutual, isAside }: Reference,
): readonly PolicyProblem[] {
  const place = placeOf(registry, policy, at)
  const other = registry.policies.get(to)
  if (other === undefined) {
    const message = `${quote(policy.id)} refers to ${quote(to)}, which is not there`
    return [{ code: 'policy/reference-dangling', message, at: place }]
  }
  const problems: PolicyProblem[] = []
  // What a requirement selects is no answer to who asks for it.
  const answers = referencesOf(other).filter((back) => back.isMutual === true)
  if (isMutual === true && !answers.some((back) => back.to === policy.id)) {
    const message = `${quote(policy.id)} refers to ${quote(to)}, which does not refer back`
    problems.push({ code: 'policy/reference-one-sided', message, at: place })
  }
  const outside = isAside === true ? [] : placesOutside(policy, other)
  if (outside.length > 0) {
    const message = `${quote(policy.id)} refers to ${quote(to)}, which is not for ${outside.join(', ')}`
    problems.push({ code: 'policy/reference-out-of-scope', message, at: place })
  }
  return problems
}

const PLACES = ['targets', 'channels', 'stages'] as const

/** Where the one holds and the other does not; one that names no targets, or no channels, holds for all of them. */
function placesOutside({ scope }: Policy, { scope: others }: Policy): readonly string[] {
  return PLACES.flatMap((member) => {
    const theirs: readonly string[] | undefined = others[member]
    if (theirs === undefined) return []
    const outside = new Set<string>(scope[member]).difference(new Set(theirs))
    return [...outside].map((place) => `the ${member.slice(0, -1)} ${quote(place)}`)
  })
}

/** There is a gate on the way to every target; only a policy of requirements stands without one. */
function checkTargets(registry: Registry, policy: Policy): readonly PolicyProblem[] {
  if (policy.kind === 'requirements') return []
  const targets: readonly string[] = policy.scope.targets ?? []
  return targets.flatMap((target, index) => {
    if (registry.gateOf(target) !== undefined) return []
    const message = `${quote(policy.id)} is for ${quote(target)}, which no gate is for`
    const at = placeOf(registry, policy, ['scope', 'targets', index])
    return [{ code: 'policy/reference-dangling', message, at } as const]
  })
}

/** A policy that names a target in its scope is listed by the approval record of that target's gate: its scope is what refers back. */
function checkLists(registry: Registry, approval: PolicyOf<'approval'>): readonly PolicyProblem[] {
  const lists: readonly (readonly [PolicyKind, Reference['at'], readonly string[]])[] = [
    ...Object.entries(LISTED_KINDS).map(
      ([member, kind]) =>
        [
          kind,
          ['policies', member],
          approval.policies[member as keyof typeof LISTED_KINDS],
        ] as const,
    ),
    ['canary', ['canaryRules'], approval.canaryRules],
  ]
  return lists.flatMap(([kind, at, listed]) =>
    [...registry.of(kind).values()]
      .filter(({ id }) => !listed.includes(id))
      .filter((policy) => isForSame(policy, approval))
      .map(
        ({ id }): PolicyProblem => ({
          code: 'policy/reference-one-sided',
          message: `${quote(id)} is for a target of ${quote(approval.id)}, which does not list it`,
          at: placeOf(registry, approval, at),
        }),
      ),
  )
}

function isForSame({ scope }: Policy, approval: PolicyOf<'approval'>): boolean {
  return approval.scope.targets.some((target) => scope.targets?.includes(target) === true)
}

/** What an approval record repeats of the policies that it lists. */
function checkRepeatedFacts(
  registry: Registry,
  approval: PolicyOf<'approval'>,
): readonly PolicyProblem[] {
  const { policies, rollbackReferences } = approval
  const differ = (policy: Policy, at: Reference['at'], said: string): PolicyProblem => ({
    code: 'policy/fact-differs',
    message: `${quote(policy.id)} ${said} ${quote(approval.id)}`,
    at: placeOf(registry, policy, at),
  })
  const authorities = listed(registry.of('authority'), policies.authority)
    .filter(({ promotionPolicy }) => !policies.promotion.includes(promotionPolicy))
    .map((policy) => differ(policy, ['promotionPolicy'], 'names a promotion policy that is not of'))
  const promotions = listed(registry.of('promotion'), policies.promotion)
    .filter(({ attestationPolicies }) => !isSame(attestationPolicies, policies.attestation))
    .map((policy) => differ(policy, ['attestationPolicies'], 'has other attestation policies than'))
  const documents = listed(registry.of('rollback'), policies.rollback)
    .flatMap(({ references }) => references)
    .map(({ path }) => path)
  if (isSame([...new Set(documents)], rollbackReferences)) return [...authorities, ...promotions]
  const message = `${quote(approval.id)} names other documents than ${policies.rollback.map(quote).join(', ')}`
  const at = placeOf(registry, approval, ['rollbackReferences'])
  return [...authorities, ...promotions, { code: 'policy/fact-differs', message, at }]
}

/** Those that are there: of the others it is told that they are not. */
function listed<P>(policies: ReadonlyMap<string, P>, ids: readonly string[]): readonly P[] {
  return ids.flatMap((id) => policies.get(id) ?? [])
}

/** The same items, each of which stands in its list once. */
function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item))
}

function placeOf(registry: Registry, { id }: Policy, at: Reference['at']): string {
  const place = registry.position(id, encodeJsonPointer(at))
  assert(place, 'each policy of the registry has a place')
  return place
}
