// An evidence definition: what a piece of evidence is made by, which records carry it, and what it can not show.

import * as z from 'zod/mini'
import {
  DECLARED_TEXT,
  defineKind,
  idOf,
  listOf,
  OPEN_SCOPE,
  PATH,
  type Reference,
  referencesAt,
  TOKEN,
} from '../kind.ts'
import {
  COMMIT_STAGES,
  EVIDENCE_KINDS,
  EVIDENCE_LIMITS,
  RECORD_FAMILIES,
  type Stage,
} from '../vocabulary.ts'

/** An evidence definition. */
export const evidenceSchema = defineKind('evidence', {
  scope: OPEN_SCOPE,
  evidenceKind: z.enum(EVIDENCE_KINDS),
  /** The files that make it; without any, people do. */
  implementedBy: z.optional(listOf(PATH)),
  /** The families of the records that can carry it. */
  recordedBy: listOf(z.enum(RECORD_FAMILIES)),
  /** What has to pass in it, by name. */
  checks: z.optional(listOf(TOKEN)),
  /** What has to be unlocked first. */
  unlockSteps: z.optional(listOf(TOKEN)),
  /** What it can be about, where its stages do not say it all: a check of a checkout comes before there is any set. */
  about: z.optional(listOf(z.enum(['set', 'commit']))),
  limits: listOf(z.enum(EVIDENCE_LIMITS)),
  doesNotProve: listOf(DECLARED_TEXT),
  /** Who asks for it; each of them names it too. */
  neededBy: listOf(idOf('approval', 'smoke', 'canary', 'baseline')),
})

/** Who asks for it. */
export function evidenceReferences({
  neededBy,
}: z.infer<typeof evidenceSchema>): readonly Reference[] {
  return referencesAt(['neededBy'], neededBy, { isMutual: true, isAside: true })
}

/** What evidence of the definition is about: an artifact set, or a git commit where that is known before any set is. */
export function subjectsOf({
  about,
  scope,
}: Pick<z.infer<typeof evidenceSchema>, 'about' | 'scope'>): readonly ('set' | 'commit')[] {
  if (about !== undefined) return about
  return COMMIT_STAGES.some((stage: Stage) => scope.stages.includes(stage)) ? ['commit'] : ['set']
}
