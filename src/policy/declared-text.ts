// What people wrote into policies to be read. It decides nothing, so whoever renders or lints it has to know it from all the rest.

import type { DeclaredText } from './kind.ts'
import type { Policy } from './policy.ts'

/** The members that hold such text, in every kind of policy. */
const TEXT_MEMBERS = [
  'title',
  'notes',
  'doesNotProve',
  'verificationNotes',
  'prohibitedClaims',
] as const

/** A text, and where it stands. */
export interface PlacedText {
  readonly text: DeclaredText
  readonly member: (typeof TEXT_MEMBERS)[number]
  /** JSON Pointer into the policy. */
  readonly pointer: string
}

/** Every text of a policy. */
export function declaredTextsOf(policy: Policy): readonly PlacedText[] {
  const members = new Map<string, unknown>(Object.entries(policy))
  return TEXT_MEMBERS.flatMap((member) => {
    const value = members.get(member)
    if (!Array.isArray(value)) return placeText(value, member, `/${member}`)
    return value.flatMap((text, index) => placeText(text, member, `/${member}/${index}`))
  })
}

function placeText(
  text: unknown,
  member: PlacedText['member'],
  pointer: string,
): readonly PlacedText[] {
  // The schema has made sure that what is text under these names is declared text.
  return typeof text === 'string' ? [{ text: text as DeclaredText, member, pointer }] : []
}
