// Waiver: a person answers for it, until a day, that a check may be left as it is. The check stays what it was found to be.

import * as z from 'zod/mini'
import { type Check, groupChecks, type Instant, quote } from '../../core/index.ts'
import { checkExpiry } from '../time/expiry.ts'
import { checkPerson, signerKindOf } from '../signer/person.ts'
import { defineFamily } from '../family.ts'
import { TEXT, TIME } from '../statement/member-schema.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { type FamilyView, passed } from '../view.ts'

/** A policy's id and a requirement's, of at most 120 characters each; or a name of another kind of check. */
const CHECK = z
  .string()
  .check(
    z.maxLength(241),
    z.regex(/^[A-Za-z0-9](?:[A-Za-z0-9 ._/:@+#-]*[A-Za-z0-9])?$/, { error: 'the id of a check' }),
  )

const MEMBERS = z.strictObject({
  /** The id of the check, as the policy that asks for it names it: `<policy id>#<requirement id>`. */
  check: CHECK,
  /** Who answers for it. */
  owner: TEXT,
  reason: TEXT,
  expires: TIME,
})

/** What a waiver holds. */
export type Waiver = Readonly<z.infer<typeof MEMBERS>>

/** The family. Whether a waiver is used, only a gate knows: {@link judgeWaiver}. */
export const WAIVER = defineFamily({
  name: 'waiver',
  members: MEMBERS,
  about: ['set'],
  isAdoptable: false,
  sameCheck: { isSame: (one, other) => one.members.check === other.members.check },
  view: (record, { now }) => judgeWaiver(record, now),
})

/**
 * The view of a waiver. That it is in force says nothing of the check that it is about, which is never accepted because of it.
 *
 * @param usedChecks ids of the checks that were left as they are because of a waiver; without them none is said to be unused
 */
export function judgeWaiver(
  record: FoldedRecord<Waiver>,
  now: Instant,
  usedChecks?: ReadonlySet<string>,
): FamilyView {
  const { check, owner, reason, expires } = record.members
  const isUnused = usedChecks?.has(check) === false
  const person = checkPerson(record)
  const expiry = checkExpiry(expires, now)
  const checks = [person, expiry, passed('use', describeUse(check, isUnused))]
  const isInForce = [person, expiry].every(({ outcome }) => outcome === 'accepted')
  return {
    status: statusOf(person, expiry, isUnused),
    check: groupChecks('waiver', `A waiver of the check ${quote(check)}`, checks),
    // What is not in force is no reason against a release that does without it.
    ...(!isInForce && { isAside: true }),
    facts: {
      check,
      owner,
      reason,
      expires,
      signer: record.signer.principal,
      signerKind: signerKindOf(record),
    },
  }
}

function describeUse(check: string, isUnused: boolean): string {
  const name = quote(check)
  return isUnused
    ? `Nothing asks for a waiver of ${name}`
    : `The check ${name} is not accepted because of it: it stays as it was found`
}

function statusOf(person: Check, expiry: Check, isUnused: boolean): string {
  if (person.outcome !== 'accepted') return 'not-person'
  if (expiry.outcome !== 'accepted') return 'expired'
  return isUnused ? 'unused' : 'in-force'
}
