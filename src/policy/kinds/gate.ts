// A gate: what stands before a release on its way to one target: requirements of its own, and the policies that it names.

import * as z from 'zod/mini'
import { defineKind, GATE_SCOPE, idOf, type Reference, RESOURCE_URI } from '../kind.ts'
import { requirementList } from '../requirement/requirement.ts'

/** A gate. */
export const gateSchema = defineKind('gate', {
  scope: GATE_SCOPE,
  approval: idOf('approval'),
  linkage: idOf('linkage'),
  adoption: idOf('adoption'),
  /** What a release of it is to whoever fetches it: `resourceUri` of its verification summaries. */
  resourceUri: z.optional(RESOURCE_URI),
  /** What a release needs before it is deployed. */
  deploy: z._default(requirementList(0), []),
  /** What it needs before it is launched, on top of that. */
  launch: z._default(requirementList(0), []),
})

/** Each of the three names its gate as well. */
export function gateReferences(gate: z.infer<typeof gateSchema>): readonly Reference[] {
  return (['approval', 'linkage', 'adoption'] as const).map((member) => ({
    to: gate[member],
    at: [member],
    isMutual: true,
  }))
}
