// Adoption: that records which a run generated are taken in as those of the project, after a review. It names them; the signature
// says who adopted them, and where they come from their own signatures say.

import * as z from 'zod/mini'
import { type Check, groupChecks, quote } from '../../core/index.ts'
import { checkAdoptedFamilies } from '../adoption/adopted-families.ts'
import { policyReferences } from '../adoption/adoption-source.ts'
import { policyMoves } from '../policies/policy-moves.ts'
import { factsOfRun, RUN_HEAD } from '../adoption/run-head.ts'
import { checkParties, checkReviews } from '../adoption/review-checks.ts'
import { checkReferences } from '../checks/references.ts'
import { defineFamily, type HeaderParts } from '../family.ts'
import { listOf, POLICY, SHA256, TEXT } from '../statement/member-schema.ts'
import { lowestOrigin } from '../signer/origin.ts'
import { policyOf } from '../policies/policy-of.ts'
import type { RecordProblem } from '../problem.ts'
import { recordsOf } from '../release/records-of.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { bundlesOf, isNamed } from '../release/repeats.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'
import { ADOPTION_REVIEW } from './adoption-review.ts'

const MEMBERS = z.strictObject({
  /** SHA-256 of the pack: of its one file. */
  sourcePack: SHA256,
  /** The records that are adopted, by their ids and by the SHA-256 of their bundles; two of one id where neither stands for the other. */
  adoptedRecords: listOf(
    z.strictObject({ id: TEXT, sha256: SHA256 }),
    ({ sha256 }) => sha256,
  ).check(z.minLength(1)),
  /** The gate's policies of the run: as its pack has them, or as they were given with its ledger. */
  sourcePolicies: listOf(POLICY, ({ id }) => id),
  /** The gate's policies as they were when the records were adopted. */
  currentPolicies: listOf(POLICY, ({ id }) => id),
  /** The signed head of the run that the adopter checked; absent where they judged none. */
  runHead: z.optional(RUN_HEAD),
  /** SHA-256 of the bundles of the review contracts. */
  reviewContracts: listOf(SHA256).check(z.minLength(1)),
  /** What the review can be looked up under: a ticket, a pull request, minutes. */
  reviewReference: TEXT,
})

/** What an adoption record holds. */
export type Adoption = Readonly<z.infer<typeof MEMBERS>>

/** The family; its view tells whether the adoption holds, of which origin it is, and which policies moved, then and since. */
export const ADOPTION = defineFamily({
  name: 'adoption',
  members: MEMBERS,
  about: ['set'],
  isAdoptable: false,
  policyKind: 'adoption',
  findContradictions,
  view: viewAdoption,
})

/** A record id begins with its release: an adoption takes in records of its own. */
function findContradictions(
  { adoptedRecords }: Adoption,
  { release }: HeaderParts,
): readonly RecordProblem[] {
  const set = release?.artifactSetId ?? ''
  return adoptedRecords.flatMap(({ id }, index) =>
    id === set || id.startsWith(`${set}__`)
      ? []
      : [
          {
            code: 'record/contradiction',
            message: `Expected the id of a record of ${quote(set)}, found ${quote(id)}`,
            at: `/adoptedRecords/${index}/id`,
          },
        ],
  )
}

function viewAdoption(record: FoldedRecord<Adoption>, context: ViewContext): FamilyView {
  const { members, signer } = record
  const phase = record.release?.phase
  const { evidence, registry } = context
  const { check, policy } = policyOf('adoption', record, context)
  const names = members.adoptedRecords.map(({ sha256 }) => sha256)
  const adopted = namedAmong(evidence.records, names)
  const reviews = namedAmong(recordsOf(evidence, ADOPTION_REVIEW), members.reviewContracts)
  const subject = {
    sourcePack: members.sourcePack,
    phase,
    index: record.index,
    records: names,
    policies: members.currentPolicies,
  }
  const group = groupChecks('adoption', 'How the records came into the ledger', [
    check,
    checkReferences('adopted-records', names, adopted),
    checkIds(record, adopted),
    ...(policy === undefined || phase === undefined
      ? []
      : [checkAdoptedFamilies(policy, phase, adopted)]),
    checkPoliciesThen(members),
    checkReferences('review-contracts', members.reviewContracts, reviews),
    ...checkReviews(subject, reviews, context),
    checkParties(signer.principal, reviews, adopted),
  ])
  const now = registry && policyReferences(registry, evidence.parts.target)
  const moved = now && policyMoves(members.currentPolicies, now).map(({ id }) => id)
  return {
    status: statusOf(group, moved),
    check: group,
    facts: {
      families: [...new Set(adopted.map(({ family }) => family))],
      adopter: signer.principal,
      reviewers: [...new Set(reviews.map((review) => review.signer.principal))],
      reviewReference: members.reviewReference,
      sourcePack: members.sourcePack,
      ...factsOfRun(members.runHead),
      policiesThen: movesThen(members).length === 0 ? 'match' : 'moved',
      policiesNow: moved === undefined ? 'unknown' : moved.length === 0 ? 'match' : 'moved',
      policiesMoved: moved ?? [],
      origin: lowestOrigin(adopted, context),
    },
  }
}

function namedAmong<T extends FoldedRecord>(
  records: readonly T[],
  named: readonly string[],
): readonly T[] {
  const names = new Set(named)
  return records.filter((record) => isNamed(record, names))
}

/** That policies moved since takes nothing away from an adoption: records are judged under those of now. */
function statusOf({ outcome }: Check, moved: readonly string[] = []): string {
  if (outcome !== 'accepted') return 'not-adopted'
  return moved.length === 0 ? 'reviewed-and-adopted' : 'policies-moved-since'
}

/** Ids are computed, so the ones that are stated have to agree; and all records are of the phase of the adoption. */
function checkIds(
  { members, release }: FoldedRecord<Adoption>,
  adopted: readonly FoldedRecord[],
): Check {
  const differing = members.adoptedRecords.flatMap(({ id, sha256 }) =>
    adopted
      .filter((one) => bundlesOf(one).includes(sha256))
      .filter((one) => one.id !== id || one.release?.phase !== release?.phase)
      .map((one) => ({ expected: id, found: `${one.id} of ${one.release?.phase}` })),
  )
  const name = 'record-ids'
  if (differing.length === 0) return passed(name, 'The records have the ids that are stated')
  const message = 'Records are of another id or phase than the adoption states'
  return failed(name, 'rejected', 'record/contradiction', message, {
    expected: differing.map(({ expected }) => quote(expected)).join(', '),
    found: differing.map(({ found }) => quote(found)).join(', '),
  })
}

function movesThen({ sourcePolicies, currentPolicies }: Adoption) {
  return policyMoves(sourcePolicies, currentPolicies)
}

/** What the run was made under were the policies of the project when it was adopted, as the record states both. */
function checkPoliciesThen(members: Adoption): Check {
  const moved = movesThen(members)
  if (moved.length === 0) {
    return passed('policies-then', 'The run had the policies of the project at its adoption')
  }
  const message = 'The run had other policies than the project at its adoption'
  return failed('policies-then', 'rejected', 'record/policies-moved', message, {
    found: moved.map(({ id }) => quote(id)).join(', '),
  })
}
