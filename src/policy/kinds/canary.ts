// A canary rule: how far a release may be opened before it is open to all, and what may not be said of it because of that.

import type * as z from 'zod/mini'
import {
  DECLARED_TEXT,
  defineKind,
  idOf,
  listOf,
  type Reference,
  referencesAt,
  TARGETED_SCOPE,
  TOKEN,
} from '../kind.ts'

/** A canary rule. */
export const canarySchema = defineKind('canary', {
  scope: TARGETED_SCOPE,
  ring: TOKEN,
  trafficBoundary: TOKEN,
  rolloutStrategy: TOKEN,
  surfaces: listOf(TOKEN),
  evidence: listOf(idOf('evidence')),
  verificationNotes: listOf(DECLARED_TEXT),
  prohibitedClaims: listOf(DECLARED_TEXT),
})

/** The evidence that the rule takes. */
export function canaryReferences({ evidence }: z.infer<typeof canarySchema>): readonly Reference[] {
  return referencesAt(['evidence'], evidence, { isMutual: true })
}
