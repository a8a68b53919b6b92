// A gate: what stands before a release on its way to one target. What it requires is said by the policies that it names.

import type * as z from 'zod/mini'
import { defineKind, GATE_SCOPE, idOf, type Reference } from '../kind.ts'

/** A gate. */
export const gateSchema = defineKind('gate', {
  scope: GATE_SCOPE,
  approval: idOf('approval'),
  linkage: idOf('linkage'),
  adoption: idOf('adoption'),
})

/** Each of the three names its gate as well. */
export function gateReferences(gate: z.infer<typeof gateSchema>): readonly Reference[] {
  return (['approval', 'linkage', 'adoption'] as const).map((member) => ({
    to: gate[member],
    at: [member],
    isMutual: true,
  }))
}
