// Roles that ask for several signers of records that are judged one by one: nobody's signature is ever enough.

import { quote } from '../../core/index.ts'
import { findRole, RELEASE_ROLE } from '../../trust/index.ts'
import { COUNTED_DECISIONS, DECISIONS } from '../decisions.ts'
import { hasOwnType, predicateTypeOf } from '../predicate-type.ts'
import type { PolicyProblem } from '../problem.ts'
import { RECORD_FAMILIES, type RecordFamily } from '../vocabulary.ts'
import type { Lint } from './lint.ts'
import type { LintTrust } from './role-lint.ts'
import type { PlacedLeaf } from './selection-lint.ts'

/** Roles of a trust document that name a type of which no record can be accepted in them. */
export function lintTrust(trust: LintTrust): readonly PolicyProblem[] {
  // A standard type is verified without a ledger as well, where signatures are counted.
  const own = RECORD_FAMILIES.filter(hasOwnType)
  return trust.roles.flatMap((role) =>
    own
      .filter((family) => role.predicateTypes?.includes(predicateTypeOf(family)) === true)
      .filter((family) => isNeverEnough(role.name, family, trust))
      .map((family) => ({ code: CODE, message: describe(role.name, family, trust) })),
  )
}

/** A role that a requirement selects, in which no record of its family can be accepted. */
export function lintThreshold(
  { at, requirement: { select } }: PlacedLeaf,
  trust: LintTrust | undefined,
): readonly Lint[] {
  const { role } = select
  const family = RECORD_FAMILIES.find((one) => one === select.family)
  if (trust === undefined || role === undefined || family === undefined) return []
  if (!isNeverEnough(role, family, trust)) return []
  return [{ code: CODE, message: describe(role, family, trust), at: [...at, 'select', 'role'] }]
}

const CODE = 'policy/role-threshold'

/** True where whoever holds the role has no other one in which their signature alone is enough. */
function isNeverEnough(name: string, family: RecordFamily, trust: LintTrust): boolean {
  if (isOneOf(COUNTED_DECISIONS, family) || thresholdOf(name, trust) === 1) return false
  const holders = [...trust.keys, ...trust.identities].filter(({ roles }) => roles.includes(name))
  return !holders.some(({ roles }) => canSignAlone(roles, family, trust))
}

function canSignAlone(names: readonly string[], family: RecordFamily, trust: LintTrust): boolean {
  const roles = [RELEASE_ROLE, ...trust.roles].filter(({ name }) => names.includes(name))
  const named = roles.filter(({ predicateTypes }) =>
    predicateTypes?.includes(predicateTypeOf(family)),
  )
  const general = roles.filter(({ predicateTypes }) => predicateTypes === undefined)
  const counted = isOneOf(DECISIONS, family) && named.length > 0 ? named : [...named, ...general]
  return counted.some(({ threshold, draft }) => threshold === 1 && draft !== true)
}

function isOneOf(families: readonly RecordFamily[], family: RecordFamily): boolean {
  return families.includes(family)
}

function describe(name: string, family: RecordFamily, trust: LintTrust): string {
  const asked = `the role ${quote(name)} asks for ${thresholdOf(name, trust)} signers`
  return `Records of the family ${family} are judged one by one, and ${asked}: none is ever accepted in it`
}

function thresholdOf(name: string, trust: LintTrust): number {
  return findRole(trust, name)?.threshold ?? 1
}
