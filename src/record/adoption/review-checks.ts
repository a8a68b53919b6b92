// Whether an adoption was reviewed: by people in the role, about these very records, and not by their producer alone.

import { type Check, quote } from '../../core/index.ts'
import { countQuorum } from '../approval/quorum.ts'
import { checkPerson } from '../checks/person.ts'
import { ADOPTION_REVIEW, type AdoptionReview } from '../families/adoption-review.ts'
import type { LedgerRecord } from '../ledger-record.ts'
import type { PolicyReference } from '../statement/member-schema.ts'
import { recordsOf } from '../release/records-of.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, passed, type ViewContext } from '../view.ts'
import { policyMoves } from './policy-moves.ts'

/** What has to be the same in the review contract. */
export interface ReviewedSubject {
  readonly sourcePack: string
  /** SHA-256 of their bundles. */
  readonly records: readonly string[]
  /** As they are when the records are adopted. */
  readonly policies: readonly PolicyReference[]
}

type Review = FoldedRecord<AdoptionReview>

/** @param reviews the contracts that the adoption names, as far as they were found */
export function checkReviews(
  subject: ReviewedSubject,
  reviews: readonly Review[],
  context: ViewContext,
): readonly Check[] {
  const [first] = reviews
  if (first === undefined) return [noReview()]
  const refusals = refusalsOf(subject, reviews, context)
  return [
    ...reviews.flatMap((review) => [checkContract(subject, review), checkPerson(review)]),
    refusals.length === 0
      ? passed('review-decision', 'No reviewer refuses the candidate')
      : failed('review-decision', 'rejected', 'record/rejection', 'A reviewer refuses it', {
          found: refusals.map(({ signer }) => quote(signer.principal)).join(', '),
        }),
    countQuorum(first, reviews.filter(isFor), context).check,
  ]
}

/** a contract about another pack, other records or other policies is none about this adoption. */
function checkContract(subject: ReviewedSubject, { members }: Review): Check {
  const differing = [
    ...(members.sourcePack === subject.sourcePack ? [] : ['source pack']),
    ...(hasSame(members.records, subject.records) ? [] : ['records']),
    ...policyMoves(members.policies, subject.policies).map(({ id }) => `policy ${quote(id)}`),
  ]
  if (differing.length === 0) {
    return passed('review-contract', 'The review contract is about what is adopted')
  }
  const message = 'The review contract is about something else than what is adopted'
  return failed('review-contract', 'rejected', 'record/contradiction', message, {
    found: `another ${differing.join(', ')}`,
  })
}

function hasSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && new Set(a).symmetricDifference(new Set(b)).size === 0
}

/** The last word of each reviewer, where it is a refusal: whoever adopts does not choose which words count. New ones follow those of the ledger. */
function refusalsOf(
  { sourcePack }: ReviewedSubject,
  named: readonly Review[],
  { evidence }: ViewContext,
): readonly Review[] {
  const inLedger = recordsOf(evidence, ADOPTION_REVIEW)
  const all = [...inLedger, ...named.filter(({ sha256 }) => !hasRecord(inLedger, sha256))]
  const about = all.filter(({ members }) => members.sourcePack === sourcePack)
  const last = new Map(about.map((review) => [review.signer.principal, review]))
  return [...last.values()].filter((review) => !isFor(review))
}

function isFor({ members }: Review): boolean {
  return members.decision === 'adopt'
}

function hasRecord(records: readonly LedgerRecord[], sha256: string): boolean {
  return records.some((record) => record.sha256 === sha256)
}

function noReview(): Check {
  const message = 'No review contract about the adoption is there'
  return failed('review-contract', 'missing', 'record/reference-missing', message, {
    expected: 'at least one review contract',
    found: 'none',
    hint: 'Let a reviewer sign one with assay record adoption review',
  })
}

/** Who made the records may take part in their adoption, but somebody else has to as well. */
export function checkParties(
  adopter: string,
  reviews: readonly Pick<LedgerRecord, 'signer'>[],
  records: readonly Pick<LedgerRecord, 'signer'>[],
): Check {
  const producers = new Set(records.map(({ signer }) => signer.principal))
  const parties = [adopter, ...reviews.map(({ signer }) => signer.principal)]
  const facts = {
    expected: `somebody else than ${[...producers].map(quote).join(', ')}`,
    found: [...new Set(parties)].map(quote).join(', '),
  }
  return parties.some((party) => !producers.has(party))
    ? passed('adopter', 'Somebody else than the producer of the records took part', facts)
    : failed(
        'adopter',
        'rejected',
        'record/not-independent',
        'The producer of the records alone adopts them',
        facts,
      )
}
