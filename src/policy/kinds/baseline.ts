// A baseline entry: files that a build or a rollout is made from. Whether they are pinned, reviewed and attested is computed from them.

import * as z from 'zod/mini'
import { defineKind, idOf, listOf, OPEN_SCOPE, type Reference, referencesAt } from '../kind.ts'
import { BASELINE_USES, CRITICALITIES } from '../vocabulary.ts'

/** A pattern of paths, as the provenance baseline of the snapshot has them. */
const PATTERN = z
  .string()
  .check(
    z.maxLength(1_000),
    z.regex(/^(?!\/)[!-~]+$/, { error: 'a pattern of paths from the top of the project' }),
  )

/** A baseline entry. */
export const baselineSchema = defineKind('baseline', {
  scope: OPEN_SCOPE,
  usedFor: z.enum(BASELINE_USES),
  criticality: z.enum(CRITICALITIES),
  /** Patterns of the provenance baseline under the same id. */
  files: listOf(PATTERN),
  /** What records these files, or is made with them. */
  evidence: listOf(idOf('evidence')),
})

/** What records these files, or is made with them. */
export function baselineReferences({
  evidence,
}: z.infer<typeof baselineSchema>): readonly Reference[] {
  return referencesAt(['evidence'], evidence, { isMutual: true, isAside: true })
}
