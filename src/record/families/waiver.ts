// Waiver: a person answers for it, until a day, that a check may be left as it is. The check stays what it was found to be; the last
// waiver of it counts.

import * as z from 'zod/mini'
import { type Check, groupChecks, quote } from '../../core/index.ts'
import { checkExpiry } from '../time/expiry.ts'
import { checkPerson, signerKindOf } from '../signer/person.ts'
import { makingUp, type SameCheck } from '../checks/same-check.ts'
import { defineFamily } from '../family.ts'
import { TEXT, TIME } from '../statement/member-schema.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { recordsOf } from '../release/records-of.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'

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

/** Of one check of the release: the last word on it counts, of whoever may say it. */
const SAME_CHECK: SameCheck<Waiver> = {
  isSame: (one, other) => one.members.check === other.members.check,
}

const findInPlace = makingUp(SAME_CHECK)

/** The family. Whether a waiver is used, only a gate knows. */
export const WAIVER = defineFamily({
  name: 'waiver',
  members: MEMBERS,
  about: ['set'],
  isAdoptable: false,
  sameCheck: SAME_CHECK,
  view: viewWaiver,
})

/** That it is in force says nothing of the check that it is about, which is never accepted because of it. */
function viewWaiver(record: FoldedRecord<Waiver>, { now, evidence }: ViewContext): FamilyView {
  const { check, owner, reason, expires } = record.members
  const person = checkPerson(record)
  const expiry = checkExpiry(expires, now)
  const replaced = checkReplaced(findInPlace(record, recordsOf(evidence, WAIVER)))
  const judged = [person, ...replaced, expiry]
  const use = `The check ${quote(check)} is not accepted because of it: it stays as it was found`
  const isInForce = judged.every(({ outcome }) => outcome === 'accepted')
  return {
    status: statusOf({ person, replaced, expiry }),
    check: groupChecks('waiver', `A waiver of the check ${quote(check)}`, [
      ...judged,
      passed('use', use),
    ]),
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

/** A later one of the same check, by somebody who stands where its signer does: with another end, or one that is over, which takes it back. */
function checkReplaced(inPlace: FoldedRecord | undefined): readonly Check[] {
  if (inPlace === undefined) return []
  const message = `Record ${inPlace.sha256} at entry ${inPlace.index} is a later waiver of the same check`
  return [failed('last-word', 'stale', 'record/replaced', message)]
}

interface Judged {
  readonly person: Check
  readonly replaced: readonly Check[]
  readonly expiry: Check
}

function statusOf({ person, replaced, expiry }: Judged): string {
  if (person.outcome !== 'accepted') return 'not-person'
  if (replaced.length > 0) return 'replaced'
  return expiry.outcome === 'accepted' ? 'in-force' : 'expired'
}
