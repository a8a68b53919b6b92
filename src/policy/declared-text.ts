// What people wrote into policies to be read. It decides nothing, so whoever renders or lints it has to know it from all the rest.

import { encodeJsonPointer } from '../core/index.ts'
import type { DeclaredText } from './kind.ts'
import type { PlaybookIncidents } from './kinds/playbook/incidents.ts'
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

/** Of what a playbook or a readiness lists: what it is called, and what to do first. */
type SectionMember = 'title' | 'actions'

/** A text, and where it stands. */
export interface PlacedText {
  readonly text: DeclaredText
  readonly member:
    | (typeof TEXT_MEMBERS)[number]
    | (typeof REQUIREMENT_MEMBERS)[number]
    | SectionMember
  /** JSON Pointer into the policy. */
  readonly pointer: string
  /** True for the title of a requirement, which says what is asked for. */
  readonly isAsked: boolean
}

/** Every text of a policy. */
export function declaredTextsOf(policy: Policy): readonly PlacedText[] {
  const members = new Map<string, unknown>(Object.entries(policy))
  const own = TEXT_MEMBERS.flatMap((member) => {
    const value = members.get(member)
    if (!Array.isArray(value)) return placeText(value, member, `/${member}`)
    return value.flatMap((text, index) => placeText(text, member, `/${member}/${index}`))
  })
  return [
    ...own,
    ...textsOfSections(policy),
    ...requirementsOf(policy).flatMap(withParts).flatMap(textsOfRequirement),
  ]
}

/** The stages of a readiness; the controls of a playbook, whatever their form, and what it says of incidents. */
function textsOfSections(policy: Policy): readonly PlacedText[] {
  if (policy.kind === 'readiness') return titlesOf(policy.stages, '/stages')
  if (policy.kind !== 'playbook') return []
  const { controls, sequences = [], attachments = [], incidents, exception, decision } = policy
  return [
    ...titlesOf(controls, '/controls'),
    ...titlesOf(sequences, '/sequences'),
    ...titlesOf(attachments, '/attachments'),
    ...(incidents === undefined ? [] : textsOfIncidents(incidents)),
    ...placeText(exception.title, 'title', '/exception/title'),
    ...placeText(decision.title, 'title', '/decision/title'),
  ]
}

function textsOfIncidents({ triggers, open, actions }: PlaybookIncidents): readonly PlacedText[] {
  return [
    ...titlesOf(triggers, '/incidents/triggers'),
    ...placeText(open.title, 'title', '/incidents/open/title'),
    ...actions.flatMap((text, index) => placeText(text, 'actions', `/incidents/actions/${index}`)),
  ]
}

function titlesOf(
  items: readonly { readonly title: DeclaredText }[],
  pointer: string,
): readonly PlacedText[] {
  return items.flatMap(({ title }, index) => placeText(title, 'title', `${pointer}/${index}/title`))
}

function textsOfRequirement({ at, requirement }: PlacedRequirement): readonly PlacedText[] {
  return REQUIREMENT_MEMBERS.flatMap((member) =>
    placeText(requirement[member], member, encodeJsonPointer([...at, member])).map((placed) => ({
      ...placed,
      isAsked: member === 'title',
    })),
  )
}

function placeText(
  text: unknown,
  member: PlacedText['member'],
  pointer: string,
): readonly PlacedText[] {
  // The schema has made sure that what is text under these names is declared text.
  return typeof text === 'string'
    ? [{ text: text as DeclaredText, member, pointer, isAsked: false }]
    : []
}
