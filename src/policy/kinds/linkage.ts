// A linkage policy: which families of records a phase needs, and what all of them have to agree on.

import * as z from 'zod/mini'
import { defineKind, idOf, listOf, type Reference, TARGETED_SCOPE } from '../kind.ts'
import { LINKABLE_FAMILIES, PHASES, SHARED_FIELDS } from '../vocabulary.ts'

const FAMILIES = listOf(z.enum(LINKABLE_FAMILIES))

/** A linkage policy. */
export const linkageSchema = defineKind('linkage', {
  scope: TARGETED_SCOPE,
  gate: idOf('gate'),
  sharedFields: listOf(z.enum(SHARED_FIELDS)),
  sharedIdentityStrategy: z.literal('shared-fields-match-across-linked-families'),
  /** The phase over which a launch can be approved. */
  approvalReadyPhase: z.enum(['not-applicable', ...PHASES]),
  /** By phase; both are required. */
  linkedFamilies: z.strictObject({
    'pre-deploy-candidate': FAMILIES,
    'post-deploy-smoke-verified': FAMILIES,
  }),
})

/** The gate that it binds to. */
export function gateReference({ gate }: { readonly gate: string }): readonly Reference[] {
  return [{ to: gate, at: ['gate'], isMutual: true }]
}
