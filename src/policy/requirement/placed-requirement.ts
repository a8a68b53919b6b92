// A requirement and where it stands: in which policy, and at which place of it.

import { type Reference, referencesAt } from '../kind.ts'
import type { Requirement } from './requirement.ts'

/** A requirement of a policy, or a part of one. */
export interface PlacedRequirement {
  /** The id of the policy. */
  readonly policy: string
  /** From the top of the document, as in `['deploy', 0, 'all', 2]`. */
  readonly at: readonly (string | number)[]
  readonly requirement: Requirement
}

/** The requirements of one list of a policy. */
export function placeRequirements(
  { id }: { readonly id: string },
  at: string | readonly (string | number)[],
  requirements: readonly Requirement[],
): readonly PlacedRequirement[] {
  return requirements.map((requirement, index) => ({
    policy: id,
    at: [at, index].flat(),
    requirement,
  }))
}

/** The requirements that this one is put together of. */
export function partsOf({
  policy,
  at,
  requirement,
}: PlacedRequirement): readonly PlacedRequirement[] {
  const place = (path: readonly string[], parts: readonly Requirement[]) =>
    placeRequirements({ id: policy }, [...at, ...path], parts)
  if ('all' in requirement) return place(['all'], requirement.all)
  if ('any' in requirement) return place(['any'], requirement.any)
  if ('none' in requirement) return place(['none'], requirement.none)
  if ('quorum' in requirement) return place(['quorum', 'of'], requirement.quorum.of)
  return []
}

/** A requirement with all that it is put together of, itself first. */
export function withParts(placed: PlacedRequirement): readonly PlacedRequirement[] {
  return [placed, ...partsOf(placed).flatMap(withParts)]
}

/** The policies and evidence definitions that it names. */
export function requirementReferences(placed: PlacedRequirement): readonly Reference[] {
  const { at, requirement } = placed
  return [
    ...('policies' in requirement ? referencesAt([...at, 'policies'], requirement.policies) : []),
    ...('select' in requirement ? selectionReferences(at, requirement.select) : []),
    ...partsOf(placed).flatMap(requirementReferences),
  ]
}

function selectionReferences(
  at: Reference['at'],
  selection: { readonly evidence?: string | undefined; readonly policy?: string | undefined },
): readonly Reference[] {
  return (['evidence', 'policy'] as const).flatMap((member) => {
    const to = selection[member]
    return to === undefined ? [] : [{ to, at: [...at, 'select', member] }]
  })
}
