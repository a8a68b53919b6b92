// What people wrote into policies to be read. It decides nothing, so whoever renders or lints it has to know it from all the rest.

import { encodeJsonPointer } from '../core/index.ts'
import type { DeclaredText } from './kind.ts'
import { type Policy, requirementsOf } from './policy.ts'
import { type PlacedRequirement, withParts } from './requirement/placed-requirement.ts'

/** The members that hold such text, in every kind of policy. */
const TEXT_MEMBERS = [
  'title',
  'notes',
  'doesNotProve',
  'verificationNotes',
  'prohibitedClaims',
] as const

/** Those of a requirement. */
const REQUIREMENT_MEMBERS = ['title', 'clears'] as const

/** A text, and where it stands. */
export interface PlacedText {
  readonly text: DeclaredText
  readonly member: (typeof TEXT_MEMBERS)[number] | (typeof REQUIREMENT_MEMBERS)[number]
  /** JSON Pointer into the policy. */
  readonly pointer: string
}

/** Every text of a policy. */
export function declaredTextsOf(policy: Policy): readonly PlacedText[] {
  const members = new Map<string, unknown>(Object.entries(policy))
  const own = TEXT_MEMBERS.flatMap((member) => {
    const value = members.get(member)
    if (!Array.isArray(value)) return placeText(value, member, `/${member}`)
    return value.flatMap((text, index) => placeText(text, member, `/${member}/${index}`))
  })
  return [...own, ...requirementsOf(policy).flatMap(withParts).flatMap(textsOfRequirement)]
}

function textsOfRequirement({ at, requirement }: PlacedRequirement): readonly PlacedText[] {
  return REQUIREMENT_MEMBERS.flatMap((member) =>
    placeText(requirement[member], member, encodeJsonPointer([...at, member])),
  )
}

function placeText(
  text: unknown,
  member: PlacedText['member'],
  pointer: string,
): readonly PlacedText[] {
  // The schema has made sure that what is text under these names is declared text.
  return typeof text === 'string' ? [{ text: text as DeclaredText, member, pointer }] : []
}
