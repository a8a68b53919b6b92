// A smoke policy: which checks a deployed release has to pass, and under which evidence they are recorded.

import * as z from 'zod/mini'
import { defineKind, idOf, listOf, type Reference, TARGETED_SCOPE, TOKEN } from '../kind.ts'
import { PHASES } from '../vocabulary.ts'

/** A smoke policy. */
export const smokeSchema = defineKind('smoke', {
  scope: TARGETED_SCOPE,
  evidence: idOf('evidence'),
  verificationKind: TOKEN,
  phases: listOf(z.enum(PHASES)),
  checks: listOf(TOKEN),
  operatorSessionRequired: z.boolean(),
})

/** The evidence under which its checks are recorded. */
export function smokeReferences({ evidence }: z.infer<typeof smokeSchema>): readonly Reference[] {
  return [{ to: evidence, at: ['evidence'], isMutual: true }]
}
