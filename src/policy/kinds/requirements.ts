// A policy of anybody's own: requirements that hold for what its scope says, of a project that may have no gate.

import { defineKind, OPEN_SCOPE } from '../kind.ts'
import { requirementList } from '../requirement/requirement.ts'

/** A policy of requirements. */
export const requirementsSchema = defineKind('requirements', {
  scope: OPEN_SCOPE,
  requirements: requirementList(1),
})
