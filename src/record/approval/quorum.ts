// m of n: as many different people have to approve a release as a role of theirs asks for (DSSE-6, A-26). Principals count, not keys.

import { strict as assert } from 'node:assert'
import { type Check, quote } from '../../core/index.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, passed, type ViewContext } from '../view.ts'
import { isKeptApart } from './independence.ts'

/** How many a role asks for, and who they are. */
export interface Quorum {
  readonly check: Check
  readonly needed: number
  readonly approvers: readonly string[]
}

type Role = FoldedRecord['signer']['roles'][number]

/**
 * Counts those who approve in the roles of the record's signer. One role that is met is enough.
 *
 * @param approvals that stand and are good in themselves, of the question that the record answers
 */
export function countQuorum(
  { signer }: FoldedRecord,
  approvals: readonly FoldedRecord[],
  context: ViewContext,
): Quorum {
  const counts = signer.roles.map((role) => ({ role, names: namesIn(role, approvals, context) }))
  const [best] = counts.toSorted((a, b) => lacking(a) - lacking(b))
  assert(best !== undefined, 'nobody signs a record without a role')
  const { role, names } = best
  const facts = {
    expected: `${role.threshold} in the role ${quote(role.name)}`,
    found: names.length === 0 ? 'none' : `${names.length}: ${list(names)}`,
  }
  const check =
    names.length >= role.threshold
      ? passed('quorum', 'Enough different people approve', facts)
      : failed('quorum', 'missing', 'record/quorum', 'Too few different people approve', facts)
  return { check, needed: role.threshold, approvers: names }
}

const SHOWN_MAX = 10

function list(names: readonly string[]): string {
  const more = names.length - SHOWN_MAX
  const shown = names.slice(0, SHOWN_MAX).map(quote).join(', ')
  return more > 0 ? `${shown} and ${more} more` : shown
}

function lacking({ role, names }: { readonly role: Role; readonly names: readonly string[] }) {
  return Math.max(0, role.threshold - names.length)
}

/** Of those who say so in the role, whoever is kept apart by none of their own roles: each is at least as strict as this one. */
function namesIn(
  { name }: Role,
  approvals: readonly FoldedRecord[],
  context: ViewContext,
): readonly string[] {
  const inRole = approvals.filter(({ signer }) => signer.roles.some((role) => role.name === name))
  const counted = inRole.filter((approval) => !isKeptApart(approval, context))
  return [...new Set(counted.map(({ signer }) => signer.principal))]
}
