// What a reviewer must see before signing: which records would come in, which they would replace, and what has moved since the pack.

import type { Origin } from '../../verify/index.ts'
import { placeAfter, standingWords, wordInPlaceOf } from '../time/order.ts'
import type { LedgerRecord } from '../ledger-record.ts'
import { lowestOrigin } from '../signer/origin.ts'
import type { ReleaseEvidence } from '../release/evidence.ts'
import { bundlesOf } from '../release/repeats.ts'
import type { ViewContext } from '../view.ts'
import { missingFamilies } from './adopted-families.ts'
import { type AdoptionSource, policyReferences, targetOf } from './adoption-source.ts'
import { type AdoptionCandidate, digestCandidate } from './candidate.ts'
import type { RunHead } from './run-head.ts'
import { standingRefusals } from './review-checks.ts'
import { type PolicyMove, policyMoves } from '../policies/policy-moves.ts'

/** One record of a candidate. */
export interface ReviewedRecord {
  readonly family: string
  readonly id: string
  readonly sha256: string
  /** `known`: this very record is in the ledger. `replaces`: an older one of this id is, and would not count any more. */
  readonly change: 'new' | 'known' | 'replaces'
  /** SHA-256 of the bundle that it would replace. */
  readonly replaced?: string
  /** SHA-256 of a newer bundle of this id in the ledger: it would stand in the place of nothing, and both would count. */
  readonly beside?: string
  /** Absent where the pack does not hold the record. */
  readonly signer?: string
}

/** A refusal in the ledger, of the release in this phase. */
export interface EarlierRefusal {
  readonly reviewer: string
  /** SHA-256 of its bundle. */
  readonly sha256: string
  readonly note?: string
}

/** All of it. */
export interface ReviewSheet {
  /** SHA-256 of the candidate's canonical form. */
  readonly candidate: string
  readonly sourcePack: string
  /** The signed head under which the run is whole; absent where that was not judged. */
  readonly runHead?: RunHead
  readonly artifactSetId: string
  readonly phase: string
  readonly records: readonly ReviewedRecord[]
  /** Earlier words that stand against the candidate until their reviewers take them back. */
  readonly refusals: readonly EarlierRefusal[]
  readonly missingFamilies: readonly string[]
  readonly policyMoves: readonly PolicyMove[]
  readonly producers: readonly string[]
  readonly origin: Origin
}

/** Compares the candidate with the ledger and the policies of now. */
export function describeReview(
  candidate: AdoptionCandidate,
  source: AdoptionSource,
  context: ViewContext,
): ReviewSheet {
  const { evidence, registry } = context
  const { release, records, policies, policy, sourcePack } = candidate
  const names = new Set(records.map(({ sha256 }) => sha256))
  const held = source.records.filter(({ sha256 }) => names.has(sha256))
  const adoption = registry?.of('adoption').get(policy)
  const now = registry ? policyReferences(registry, targetOf(release.artifactSetId)) : []
  return {
    candidate: digestCandidate(candidate),
    sourcePack,
    ...(source.runHead !== undefined && { runHead: source.runHead }),
    artifactSetId: release.artifactSetId,
    phase: release.phase,
    records: records.map((record) => {
      const word = held.find(({ sha256 }) => sha256 === record.sha256)
      const signer = word?.signer.principal
      return {
        ...record,
        ...changeOf(word, evidence),
        ...(signer !== undefined && { signer }),
      }
    }),
    refusals: standingRefusals(
      { sourcePack, phase: release.phase, records: records.map(({ sha256 }) => sha256) },
      [],
      context,
    ).map(({ sha256, signer, members: { note } }) => ({
      reviewer: signer.principal,
      sha256,
      ...(note !== undefined && { note }),
    })),
    missingFamilies:
      adoption === undefined ? [] : missingFamilies(adoption, release.phase, records),
    policyMoves: policyMoves(policies, now),
    producers: [...new Set(held.map(({ signer }) => signer.principal))],
    origin: lowestOrigin(held, context),
  }
}

/** It would stand after all that is there, and in the place of what is not newer. */
function changeOf(
  word: LedgerRecord | undefined,
  { records }: Pick<ReleaseEvidence, 'records'>,
): Pick<ReviewedRecord, 'change' | 'replaced' | 'beside'> {
  if (word === undefined) return { change: 'new' }
  if (records.some((one) => bundlesOf(one).includes(word.sha256))) return { change: 'known' }
  const coming = [{ ...word, index: placeAfter(records) }]
  const others = standingWords(records).filter(({ id }) => id === word.id)
  const replaced = others.findLast((other) => wordInPlaceOf(other, coming) !== undefined)
  if (replaced !== undefined) return { change: 'replaces', replaced: replaced.sha256 }
  const beside = others.at(-1)
  return { change: 'new', ...(beside !== undefined && { beside: beside.sha256 }) }
}
