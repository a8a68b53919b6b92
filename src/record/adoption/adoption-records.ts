// The two records of an adoption, of the candidate: the contract that a reviewer signs, and the adoption itself.

import type { JsonObject } from '../../core/index.ts'
import type { Registry } from '../../policy/index.ts'
import type { RecordParts } from '../statement/build-record.ts'
import type { Adoption } from '../families/adoption.ts'
import type { AdoptionReview } from '../families/adoption-review.ts'
import { policyReferences, targetOf } from './adoption-source.ts'
import type { RunHead } from './run-head.ts'
import { type AdoptionCandidate, digestCandidate } from './candidate.ts'

/** What a reviewer says of a candidate. */
export interface ReviewWord {
  readonly decision: AdoptionReview['decision']
  readonly note?: string
  /** The head of the run, where it was judged. */
  readonly runHead?: RunHead
}

/** @param registry the policies of now, which the reviewer saw */
export function reviewInput(
  candidate: AdoptionCandidate,
  { decision, note, runHead }: ReviewWord,
  registry: Registry,
): RecordParts {
  const members: AdoptionReview = {
    decision,
    candidate: digestCandidate(candidate),
    sourcePack: candidate.sourcePack,
    records: candidate.records.map(({ sha256 }) => sha256),
    policies: currentPolicies(candidate, registry),
    ...(runHead !== undefined && { runHead }),
    ...(note !== undefined && { note }),
  }
  const { release } = candidate
  return { about: aboutOf(candidate), header: { release }, members: members as JsonObject }
}

/** What the review is known by. */
export interface ReviewReferences {
  /** SHA-256 of the bundles of the review contracts. */
  readonly reviewContracts: readonly string[]
  readonly reviewReference: string
  /** The head of the run, where it was judged. */
  readonly runHead?: RunHead
}

/** @param registry the policies of now, under which the records are adopted */
export function adoptionInput(
  candidate: AdoptionCandidate,
  { reviewContracts, reviewReference, runHead }: ReviewReferences,
  registry: Registry,
): RecordParts {
  const { release, policy, sourcePack, records, policies } = candidate
  const members: Adoption = {
    sourcePack,
    adoptedRecords: records.map(({ id, sha256 }) => ({ id, sha256 })),
    sourcePolicies: policies,
    currentPolicies: currentPolicies(candidate, registry),
    ...(runHead !== undefined && { runHead }),
    reviewContracts: [...reviewContracts],
    reviewReference,
  }
  return { about: aboutOf(candidate), header: { release, policy }, members: members as JsonObject }
}

function currentPolicies({ release }: AdoptionCandidate, registry: Registry) {
  return [...policyReferences(registry, targetOf(release.artifactSetId))]
}

function aboutOf({ release, set }: AdoptionCandidate) {
  return { kind: 'set', id: release.artifactSetId, digest: set } as const
}
