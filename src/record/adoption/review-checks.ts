// Whether an adoption was reviewed: by people in the role, about these very records, and not by their producer alone.

import { type Check, quote } from '../../core/index.ts'
import type { Phase } from '../../policy/index.ts'
import { countQuorum } from '../approval/quorum.ts'
import { isNewer } from '../time/order.ts'
import { checkPerson } from '../signer/person.ts'
import { standsAs } from '../signer/standing.ts'
import { ADOPTION_REVIEW, type AdoptionReview } from '../families/adoption-review.ts'
import type { LedgerRecord } from '../ledger-record.ts'
import type { PolicyReference } from '../statement/member-schema.ts'
import { recordsOf } from '../release/records-of.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, passed, type ViewContext } from '../view.ts'
import { policyMoves } from '../policies/policy-moves.ts'

/** What is adopted: what has to be the same in the review contract, and where it stands. */
export interface ReviewedSubject extends RefusedSubject {
  /** As they are when the records are adopted. */
  readonly policies: readonly PolicyReference[]
}

/** What a refusal may be of. */
export interface RefusedSubject {
  readonly sourcePack: string
  readonly phase: Phase | undefined
  /** SHA-256 of their bundles. */
  readonly records: readonly string[]
  /** Place of the adoption in the ledger; absent where it has none yet. */
  readonly index?: number
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
  const refusals = standingRefusals(subject, reviews, context)
  return [
    ...reviews.flatMap((review) => [checkContract(subject, review), checkPerson(review)]),
    refusals.length === 0
      ? passed('review-decision', 'No refusal of a reviewer stands against it')
      : failed('review-decision', 'rejected', 'record/rejection', 'A reviewer refuses it', {
          found: [...new Set(refusals.map(({ signer }) => quote(signer.principal)))].join(', '),
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

/**
 * The refusals that stand against it, whoever names them. A refusal is of the release in a phase, and not of a file: to bring the same
 * records again, in another pack or in other bundles, is no answer to it. Its own reviewer takes it back, by a later word for these
 * very records: not by an older one that was withheld and is appended now. Once they are adopted, a refusal of another candidate does
 * not concern them any more.
 *
 * @param named contracts at hand, which follow those of the ledger
 */
export function standingRefusals(
  { sourcePack, phase, records, index }: RefusedSubject,
  named: readonly Review[],
  { evidence }: Pick<ViewContext, 'evidence'>,
): readonly Review[] {
  const inLedger = recordsOf(evidence, ADOPTION_REVIEW)
  const acts = new Set(inLedger.map(({ signingAct }) => signingAct))
  // Another bundle of a word that the ledger has is no new word.
  const fresh = named.filter(({ signingAct }) => !acts.has(signingAct))
  const words = [...inLedger, ...fresh].filter(({ release }) => release?.phase === phase)
  const isTakenBack = (refusal: Review) =>
    words.some(
      (word) =>
        isFor(word) &&
        isNewer(word, refusal) &&
        word.signer.principal === refusal.signer.principal &&
        standsAs(word, refusal) &&
        hasSame(word.members.records, records),
    )
  return words.filter(
    (word) =>
      !isFor(word) &&
      (index === undefined ||
        word.index <= index ||
        word.members.sourcePack === sourcePack ||
        hasSame(word.members.records, records)) &&
      !isTakenBack(word),
  )
}

function isFor({ members }: Review): boolean {
  return members.decision === 'adopt'
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
