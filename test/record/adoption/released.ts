// A pack of a candidate, its records, and a review of them: what an adoption is made of.

import { LINKAGE } from '../../../src/record/families/linkage.ts'
import { ADOPTION } from '../../../src/record/families/adoption.ts'
import { ADOPTION_REVIEW } from '../../../src/record/families/adoption-review.ts'
import type { AdoptionReview } from '../../../src/record/families/adoption-review.ts'
import {
  type AdoptionCandidate,
  adoptionInput,
  type AdoptionSource,
  buildCandidate,
  type LedgerItem,
  type LedgerRecord,
  reviewInput,
} from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { type FoldedOptions, foldedRecord } from '../folded.ts'
import { foldedHeader, person, POLICIES, REGISTRY } from '../release-items.ts'
import { RELEASE } from '../signed.ts'

export type Item = LedgerItem & LedgerRecord

const MEMBERS = (['tracking', 'attestation', 'authority', 'promotion', 'rollback'] as const).map(
  (name, index) => foldedHeader(name, { index, signer: 'producer' }),
)

/** The six records that a run generates before a deployment, by one producer. */
export const GENERATED: readonly Item[] = [
  ...MEMBERS,
  foldedRecord(
    LINKAGE,
    { records: MEMBERS.map(({ sha256 }) => sha256) },
    { index: 5, header: { release: RELEASE, policy: POLICIES.linkage }, signer: 'producer' },
  ),
]

export const SOURCE: AdoptionSource = {
  pack: digestOf('the pack'),
  phase: 'pre-deploy-candidate',
  records: GENERATED,
  registry: REGISTRY,
}

/** The candidate of a source that has one. */
export function candidateOf(source: AdoptionSource = SOURCE): AdoptionCandidate {
  const built = buildCandidate(source)
  if (!built.ok) throw new Error(JSON.stringify(built.problems))
  return built.value
}

export const CANDIDATE = candidateOf()

/** A review contract over the candidate, by a person. */
export function reviewed(
  options: FoldedOptions = {},
  {
    decision = 'adopt' as const,
    note,
    members = {},
  }: {
    readonly decision?: AdoptionReview['decision']
    readonly note?: string
    readonly members?: object
  } = {},
): Item & LedgerRecord<AdoptionReview> {
  const input = reviewInput(CANDIDATE, { decision, ...(note !== undefined && { note }) }, REGISTRY)
  const all = { index: 10, signer: person('reviewer'), ...options }
  const record = foldedRecord(
    ADOPTION_REVIEW,
    { ...input.members, ...members },
    {
      ...all,
      header: input.header,
    },
  )
  return record as Item & LedgerRecord<AdoptionReview>
}

export const REVIEW = reviewed()

/** The adoption of the candidate after that review. */
export function adopted(
  options: FoldedOptions = {},
  {
    reviews = [REVIEW],
    members = {},
  }: {
    readonly reviews?: readonly Item[]
    readonly members?: object
  } = {},
): Item {
  const references = {
    reviewContracts: reviews.map(({ sha256 }) => sha256),
    reviewReference: 'minutes of 2026-04-10',
  }
  const input = adoptionInput(CANDIDATE, references, REGISTRY)
  const all = { index: 20, signer: person('adopter'), ...options }
  return foldedRecord(ADOPTION, { ...input.members, ...members }, { ...all, header: input.header })
}
