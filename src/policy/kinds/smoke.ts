// A smoke policy: which checks a deployed release has to pass, and under which evidence they are recorded.

import * as z from 'zod/mini'
import { defineKind, idOf, listOf, type Reference, TARGETED_SCOPE, TOKEN } from '../kind.ts'
import { PHASES } from '../vocabulary.ts'

const ORIGIN = 'the origin of a server, such as "https://www.example.org"'

/** Of a server that people reach. */
const PUBLIC_ORIGIN = z.string().check(
  z.maxLength(300),
  z.regex(/^https:\/\/[^\s/?#@]+$/, { error: ORIGIN, abort: true }),
  z.refine((text) => URL.canParse(text) && new URL(text).origin === text, {
    error: `Expected ${ORIGIN}`,
  }),
)

/** A smoke policy. */
export const smokeSchema = defineKind('smoke', {
  scope: TARGETED_SCOPE,
  evidence: idOf('evidence'),
  verificationKind: TOKEN,
  phases: listOf(z.enum(PHASES)),
  checks: listOf(TOKEN),
  operatorSessionRequired: z.boolean(),
  /** Where the target is reached. Only what was checked there can be live. */
  publicOrigin: z.optional(PUBLIC_ORIGIN),
})

/** The evidence under which its checks are recorded. */
export function smokeReferences({ evidence }: z.infer<typeof smokeSchema>): readonly Reference[] {
  return [{ to: evidence, at: ['evidence'], isMutual: true }]
}
