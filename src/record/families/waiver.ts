// Waiver: a person answers for it, until a day, that a check may be left as it is. The check stays what it was found to be; the last
// waiver of it counts.

import * as z from 'zod/mini'
import { type Check, groupChecks, type Instant, quote } from '../../core/index.ts'
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

/** The family. Whether a waiver is used, only a gate knows: {@link judgeWaiver}. */
export const WAIVER = defineFamily({
  name: 'waiver',
  members: MEMBERS,
  about: ['set'],
  isAdoptable: false,
  sameCheck: SAME_CHECK,
  view: viewWaiver,
})

function viewWaiver(record: FoldedRecord<Waiver>, { now, evidence }: ViewContext): FamilyView {
  return judgeWaiver(record, now, { inPlace: findInPlace(record, recordsOf(evidence, WAIVER)) })
}

interface Asked {
  /** A later waiver of the same check, by somebody who stands where the signer of this one does: it may end sooner, or be over. */
  readonly inPlace?: FoldedRecord<Waiver> | undefined
  /** Ids of the checks that were left as they are because of a waiver; without them none is said to be unused. */
  readonly usedChecks?: ReadonlySet<string>
}

/**
 * The view of a waiver. That it is in force says nothing of the check that it is about, which is never accepted because of it.
 */
export function judgeWaiver(
  record: FoldedRecord<Waiver>,
  now: Instant,
  { inPlace, usedChecks }: Asked = {},
): FamilyView {
  const { check, owner, reason, expires } = record.members
  const isUnused = usedChecks?.has(check) === false
  const person = checkPerson(record)
  const expiry = checkExpiry(expires, now)
  const replaced = checkReplaced(inPlace)
  const judged = [person, ...replaced, expiry]
  const checks = [...judged, passed('use', describeUse(check, isUnused))]
  const isInForce = judged.every(({ outcome }) => outcome === 'accepted')
  return {
    status: statusOf({ person, replaced, expiry, isUnused }),
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

/** Who answered for it says it anew: with another end, or one that is over, which takes it back. */
function checkReplaced(inPlace: FoldedRecord | undefined): readonly Check[] {
  if (inPlace === undefined) return []
  const message = `Record ${inPlace.sha256} at entry ${inPlace.index} is a later waiver of the same check`
  return [failed('last-word', 'stale', 'record/replaced', message)]
}

interface Judged {
  readonly person: Check
  readonly replaced: readonly Check[]
  readonly expiry: Check
  readonly isUnused: boolean
}

function statusOf({ person, replaced, expiry, isUnused }: Judged): string {
  if (person.outcome !== 'accepted') return 'not-person'
  if (replaced.length > 0) return 'replaced'
  if (expiry.outcome !== 'accepted') return 'expired'
  return isUnused ? 'unused' : 'in-force'
}
