// Whether a candidate may be applied: everything has to hold, and otherwise nothing is appended.

import { type Check, groupChecks } from '../../core/index.ts'
import { placeAfter } from '../time/order.ts'
import { checkSeenPolicies } from '../policies/seen-policies.ts'
import type { AdoptionReview } from '../families/adoption-review.ts'
import type { LedgerRecord } from '../ledger-record.ts'
import { policyOf } from '../policies/policy-of.ts'
import { referenceOf } from '../release/records-of.ts'
import { describeMix } from '../statement/release-reference.ts'
import { failed, passed, type ViewContext } from '../view.ts'
import { checkAdoptedFamilies } from './adopted-families.ts'
import { type AdoptionSource, checkSource, policyReferences, targetOf } from './adoption-source.ts'
import type { AdoptionCandidate } from './candidate.ts'
import { checkParties, checkReviews } from './review-checks.ts'

/** What is to be applied, by whom. */
export interface AdoptionQuestion {
  readonly candidate: AdoptionCandidate
  readonly source: AdoptionSource
  /** The review contracts at hand, verified. */
  readonly reviews: readonly LedgerRecord<AdoptionReview>[]
  /** Who signs the adoption, by the trust document; nobody where it does not know them. */
  readonly adopter: string | undefined
}

/**
 * Judges an adoption before anything is written.
 *
 * @param context of the project: the release as far as its ledger has it, and the policies of now
 */
export function judgeAdoption(
  { candidate, source, reviews, adopter }: AdoptionQuestion,
  context: ViewContext,
): Check {
  const { check, policy } = policyOf('adoption', candidate, context)
  const { release, records, policies, sourcePack } = candidate
  const { registry } = context
  const target = targetOf(release.artifactSetId)
  const now = registry?.policiesOf(target) ?? []
  const subject = {
    sourcePack,
    phase: release.phase,
    records: records.map(({ sha256 }) => sha256),
    policies: registry === undefined ? [] : policyReferences(registry, target),
  }
  const place = placeAfter(context.evidence.records)
  const contracts = reviews.map((review, at) => ({
    ...review,
    index: place + at,
    isAdopted: false,
    isSuperseded: false,
  }))
  return groupChecks('adoption', 'The adoption of the candidate', [
    ...checkSource(candidate, source),
    checkSeenPolicies(policies, now),
    check,
    ...(policy === undefined ? [] : [checkAdoptedFamilies(policy, release.phase, records)]),
    ...checkReviews(subject, contracts, context),
    checkAdopter(adopter, reviews, source.records),
    checkLedger(candidate, context),
  ])
}

function checkAdopter(
  adopter: string | undefined,
  reviews: readonly LedgerRecord[],
  records: readonly LedgerRecord[],
): Check {
  if (adopter !== undefined) return checkParties(adopter, reviews, records)
  const message = 'The trust document does not name who adopts'
  return failed('adopter', 'missing', 'record/adopter-unknown', message, {
    expected: 'a key or identity of the trust document',
    found: 'none',
  })
}

/** a version is one set, and what the ledger knows of it stays as it is. */
function checkLedger({ release, set }: AdoptionCandidate, { evidence }: ViewContext): Check {
  const name = 'ledger'
  const known = referenceOf(evidence)
  const because = known === undefined ? [] : describeMix(known, release)
  const facts = { expected: `sha256:${evidence.digest ?? set}`, found: `sha256:${set}` }
  if (because.length === 0 && (evidence.digest ?? set) === set) {
    return passed(name, 'The ledger has nothing that contradicts the candidate', facts)
  }
  const message = 'The ledger knows the release as another one'
  return failed(name, 'rejected', 'record/contradiction', message, {
    ...facts,
    ...(because.length > 0 && { because }),
  })
}
