// What a key of a package registry may sign.

import { PREDICATE_TYPES } from '../../statement/index.ts'
import type { Role } from '../../trust/index.ts'

/** The one role of a registry's key. No trust document can declare it: its name has a blank. */
export const REGISTRY_ROLE: Role = {
  name: 'npm registry',
  predicateTypes: [PREDICATE_TYPES['npm-publish']],
  threshold: 1,
}
