// Readiness: stages on the way to a deployment, each with its owners, its criteria, and what lets it be left.

import * as z from 'zod/mini'
import { DECLARED_TEXT, defineKind, listOf, OPEN_SCOPE, TOKEN } from '../kind.ts'
import { requirementList } from '../requirement/requirement.ts'

const STAGES_MAX = 20

/** One principal in one of these roles; several owners are as many principals. */
const OWNER = z.strictObject({ roles: listOf(TOKEN) })

const STAGE = z.strictObject({
  id: TOKEN,
  title: DECLARED_TEXT,
  owners: z.readonly(z.array(OWNER).check(z.minLength(1), z.maxLength(STAGES_MAX))),
  criteria: requirementList(1),
  /** What the owners sign when the stage is done: each of them has to have signed some of its evidence. */
  exit: requirementList(1),
})

/** A readiness policy. */
export const readinessSchema = defineKind('readiness', {
  scope: OPEN_SCOPE,
  /** Who drafts, and must not be able to sign for a target of a release; shown from the trust document alone, as a criterion of the stage. */
  selfService: z.strictObject({ roles: listOf(TOKEN), stage: TOKEN }),
  stages: z.readonly(
    z
      .array(STAGE)
      .check(
        z.minLength(1),
        z.maxLength(STAGES_MAX),
        z.refine(hasEachOnce, { error: 'Expected each stage once' }),
      ),
  ),
})

function hasEachOnce(stages: readonly { readonly id: string }[]): boolean {
  return new Set(stages.map(({ id }) => id)).size === stages.length
}
