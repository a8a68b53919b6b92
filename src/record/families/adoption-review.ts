// Adoption review: the contract that a reviewer signs about an adoption candidate, after seeing what it would change.

import * as z from 'zod/mini'
import { groupChecks } from '../../core/index.ts'
import { factsOfRun, RUN_HEAD } from '../adoption/run-head.ts'
import { checkPerson } from '../signer/person.ts'
import { defineFamily } from '../family.ts'
import { listOf, POLICY, SHA256, TEXT } from '../statement/member-schema.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, type FamilyView, passed } from '../view.ts'

const MEMBERS = z.strictObject({
  decision: z.enum(['adopt', 'refuse']),
  /** SHA-256 of the canonical form of the candidate. */
  candidate: SHA256,
  /** SHA-256 of the pack. */
  sourcePack: SHA256,
  /** SHA-256 of the bundles of the records that would be adopted. */
  records: listOf(SHA256).check(z.minLength(1)),
  /** The gate's policies as they were when the reviewer looked. */
  policies: listOf(POLICY, ({ id }) => id),
  /** The signed head of the run that the reviewer checked; absent where they judged none. */
  runHead: z.optional(RUN_HEAD),
  note: z.optional(TEXT),
})

/** What a review contract holds. */
export type AdoptionReview = Readonly<z.infer<typeof MEMBERS>>

/** The family; its view tells what one reviewer decided, and whether that is a person. */
export const ADOPTION_REVIEW = defineFamily({
  name: 'adoption-review',
  members: MEMBERS,
  about: ['set'],
  isAdoptable: false,
  // Of each reviewer the last word about a phase stands.
  sameCheck: {
    isSame: (one, other) =>
      one.signer.principal === other.signer.principal &&
      one.release?.phase === other.release?.phase,
  },
  view: viewReview,
})

function viewReview(record: FoldedRecord<AdoptionReview>): FamilyView {
  const { members, signer } = record
  const isFor = members.decision === 'adopt'
  const person = checkPerson(record)
  const decision = isFor
    ? passed('decision', 'The reviewer would have the candidate adopted')
    : failed('decision', 'rejected', 'record/rejection', 'The reviewer refused the candidate')
  const status = isFor ? 'adoption-reviewed' : 'adoption-refused'
  return {
    status: person.outcome === 'accepted' ? status : 'reviewer-not-shown',
    check: groupChecks('adoption-review', 'What a reviewer decided', [person, decision]),
    facts: {
      reviewer: signer.principal,
      candidate: members.candidate,
      ...factsOfRun(members.runHead),
      ...(members.note !== undefined && { note: members.note }),
    },
  }
}
