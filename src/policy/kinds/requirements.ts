// A policy of anybody's own: requirements that hold for what its scope says, of a project that may have no gate.

import * as z from 'zod/mini'
import { defineKind, OPEN_SCOPE, RESOURCE_URI } from '../kind.ts'
import { requirementList } from '../requirement/requirement.ts'

/** A policy of requirements. */
export const requirementsSchema = defineKind('requirements', {
  scope: OPEN_SCOPE,
  requirements: requirementList(1),
  /** What a release of it is to whoever fetches it: `resourceUri` of its verification summaries. */
  resourceUri: z.optional(RESOURCE_URI),
})
