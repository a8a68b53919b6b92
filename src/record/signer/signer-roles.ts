// What roles ask for beyond the one signature of a record: other people beside it (`threshold`), or somebody who holds no other role
// (`distinctFrom`). Where records of a family are counted together, the fold counts; everywhere else one signature has to be enough.

import { type Check, quote } from '../../core/index.ts'
import { principalsWith, type Role, type TrustDocument } from '../../trust/index.ts'
import { targetOf } from '../adoption/adoption-source.ts'
import type { LedgerMaterial, LedgerRecord } from '../ledger-record.ts'
import { failed, passed } from '../view.ts'
import { COUNTED_DECISIONS, DECISIONS, isAgainst } from './decisions.ts'

type Kind = LedgerRecord['family'] | LedgerMaterial['name']

/** Of these, as many as a role asks for have to say the same. */
const COUNTED: ReadonlySet<Kind> = new Set<Kind>(['provenance', 'provenance-v0.2'])

/** In which roles a record counts. */
export interface CountedRoles {
  /** One check where a role of the signer is kept apart from others, or every one asks for more than a signature. */
  readonly checks: readonly Check[]
  /** Those in which the signature counts. */
  readonly roles: readonly Role[]
}

/**
 * Who holds a key of another role, the trust document says, whether they have used it or not. The strictest role decides: whoever may sign
 * this in one that is kept apart from others does not sign it in a second one either, for then the first would keep nobody apart.
 */
export function judgeSignerRoles(
  record: LedgerRecord | LedgerMaterial,
  trust: TrustDocument,
): CountedRoles {
  const kind = record.kind === 'record' ? record.family : record.name
  const decided =
    record.kind === 'record' && DECISIONS.has(kind) ? judgeDecision(record, trust) : undefined
  // Of what is counted together, the family says who does not count; and whoever only speaks against the release is heard in no role.
  if (decided !== undefined && (COUNTED_DECISIONS.has(kind) || !isMade(decided))) return decided
  const { name, principal } = record.signer
  const { roles } = decided ?? record.signer
  const apart = roles.filter((role) => othersOf(role).length > 0)
  const broken = apart.filter((role) => principalsWith(trust, othersOf(role)).has(principal))
  if (broken.length > 0) return { checks: [notApart(record.signer, broken)], roles: [] }
  const [role] = COUNTED.has(kind) ? roles : roles.filter(({ threshold }) => threshold === 1)
  if (role === undefined) return { checks: [notCounted(kind, roles)], roles }
  if (apart.length === 0 && !roles.every(({ threshold }) => threshold > 1)) {
    return { checks: [], roles }
  }
  const check = passed('signer-role', `${quote(name)} signs as ${quote(role.name)}`)
  return { checks: [check], roles }
}

/** True for a decision in a role, which that role may keep apart or count. */
function isMade({ checks, roles }: CountedRoles): boolean {
  return checks.length === 0 && roles.length > 0
}

/**
 * where the trust document names a type of decision in a role, such decisions are made in that role. Who may sign records of every
 * type makes none beside its holders, or one robot or operator would be enough where several people are asked for. They count in that
 * role, and kept apart as every one that they might have signed in keeps them: the strictest decides here as well.
 */
function judgeDecision(record: LedgerRecord, trust: TrustDocument): CountedRoles {
  const { predicateType, signer, release, family } = record
  const { roles } = signer
  const own = roles.filter(({ predicateTypes }) => predicateTypes !== undefined)
  if (own.length > 0) return { checks: [], roles: own.map((role) => asStrictAs(role, roles)) }
  const target = targetOf(release?.artifactSetId ?? '')
  const made = trust.roles.filter(
    ({ predicateTypes = [], targets }) =>
      predicateTypes.includes(predicateType) && (targets?.includes(target) ?? true),
  )
  if (made.length === 0) return { checks: [], roles }
  if (!isAgainst(record)) return { checks: [notTheirs(signer, made)], roles }
  return { checks: [], roles: COUNTED_DECISIONS.has(family) ? roles : [] }
}

/** The role, kept apart from whatever one of the others is kept apart from. */
function asStrictAs(role: Role, others: readonly Role[]): Role {
  const distinctFrom = [...new Set(others.flatMap(othersOf))]
  return distinctFrom.length === 0 ? role : { ...role, distinctFrom }
}

function othersOf({ distinctFrom = [] }: Role): readonly string[] {
  return distinctFrom
}

function notTheirs({ name, roles }: LedgerRecord['signer'], made: readonly Role[]): Check {
  const message = `${quote(name)} holds no role that is for such decisions`
  return failed('signer-role', 'rejected', 'record/role-general', message, {
    expected: made.map((role) => quote(role.name)).join(' or '),
    found: roles.map((role) => quote(role.name)).join(', '),
    hint: 'Somebody in that role has to decide, or the trust document gives it to the signer',
  })
}

function notApart({ name, principal }: LedgerRecord['signer'], broken: readonly Role[]): Check {
  const others = new Set(broken.flatMap((role) => othersOf(role).map(quote)))
  const roles = broken.map((role) => quote(role.name)).join(' and ')
  const message = `${quote(name)} holds a role that ${roles} is kept apart from`
  return failed('signer-role', 'rejected', 'record/role-apart', message, {
    expected: `somebody who is not ${[...others].join(' or ')}`,
    found: quote(principal),
    hint: 'Somebody else has to sign: whoever holds a key of the other role does not count in this one',
  })
}

function notCounted(kind: Kind, roles: readonly Role[]): Check {
  const message = `Signatures on a record of the kind ${kind} are not counted together`
  return failed('signer-role', 'rejected', 'record/role-threshold', message, {
    expected: 'a role with the threshold 1',
    found: roles.map(({ name, threshold }) => `${threshold} in the role ${quote(name)}`).join(', '),
    hint: 'Give the signer a role of its own for these records, without a threshold',
  })
}
