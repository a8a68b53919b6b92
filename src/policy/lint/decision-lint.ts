// Roles in which nobody signs what a requirement selects: those that are for other types, and for decisions those that are for all types
// where another role is for theirs.

import { quote } from '../../core/index.ts'
import { findRole } from '../../trust/index.ts'
import { DECISIONS } from '../decisions.ts'
import { predicateTypeOf } from '../predicate-type.ts'
import { RECORD_FAMILIES } from '../vocabulary.ts'
import type { Lint } from './lint.ts'
import type { LintTrust } from './role-lint.ts'
import { never, type PlacedLeaf } from './selection-lint.ts'

/** A role in which no record of the family counts, whoever holds it. */
export function lintDecision(
  { at, requirement: { select } }: PlacedLeaf,
  trust: LintTrust | undefined,
): readonly Lint[] {
  const family = RECORD_FAMILIES.find((one) => one === select.family)
  const role = trust === undefined ? undefined : findRole(trust, select.role ?? '')
  if (trust === undefined || family === undefined || role === undefined) return []
  const type = predicateTypeOf(family)
  const place = [...at, 'select', 'role']
  if (role.predicateTypes !== undefined) {
    if (role.predicateTypes.includes(type)) return []
    return [never(place, `no ${family} is signed in the role ${quote(role.name)}`)]
  }
  if (!DECISIONS.some((decision) => decision === family)) return []
  // One that is for some targets leaves the others to whoever may sign everything.
  const own = trust.roles.filter(
    ({ predicateTypes, targets }) => predicateTypes?.includes(type) === true && !targets,
  )
  if (own.length === 0) return []
  const roles = own.map(({ name }) => quote(name)).join(' or ')
  return [never(place, `every ${family} is made in the role ${roles}, which is for it`)]
}
