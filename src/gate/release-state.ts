// What one release adds to the state of its project: small enough to keep for every release of a ledger.

import type { Check, Outcome } from '../core/index.ts'
import type { IdentityClaim, RecordFamily, Registry } from '../policy/index.ts'
import {
  type FoldedRecord,
  findFamily,
  judgeProvenance,
  type ProvenanceFinding,
  type ReleaseView,
  type ViewedRecord,
} from '../record/index.ts'
import type { Origin, TrustedSigner } from '../verify/index.ts'

/** A record that counts for the project. */
export interface CountedRecord {
  readonly family: RecordFamily
  /** The record id: a later record of the same id stands in the place of this one. */
  readonly id: string
  readonly sha256: string
  readonly status: string
  readonly outcome: Outcome
  readonly origin: Origin
  /** Live on nobody's word but that of a trust document: no public root that is built in stands behind it. */
  readonly isDeclaredLive: boolean
}

/** The accepted provenance of a release. */
export interface CountedProvenance {
  /** The most that one of them carries: those of several do not add up. */
  readonly claims: readonly IdentityClaim[]
  /** By keys, or by the holders of certificates. */
  readonly signing: ProvenanceFinding['signing']
  /** SHA-256 of the bundles. */
  readonly sha256: readonly string[]
  readonly origin: Origin
  readonly isDeclaredLive: boolean
}

/** Evidence definitions that accepted records answer. */
export interface Answers {
  readonly answered: readonly string[]
  /** Of these, those that a live record answers: of a release, about the set, or about the commit that accepted provenance ties to it. */
  readonly answeredLive: readonly string[]
}

/** A release, as its project counts it. */
export interface ReleaseState extends Answers {
  /** The artifact set id. */
  readonly id: string
  /** The gate of its target and channel. */
  readonly gate?: string
  /** A tracking record of it counts. */
  readonly isTracked: boolean
  /**
   * The entry at which it came into use: of its first adoption, whatever came of that, or of what was seen of it outside. Absent while it is
   * in the making, and of what is only withdrawn.
   */
  readonly usedFrom?: number
  /** The commits that it was built from, by its records or its provenance. */
  readonly commits: readonly string[]
  /** SHA-256 of the snapshot of what it was made from, as its tracking record names it. */
  readonly snapshot?: string
  readonly isWithdrawn: boolean
  /** Another release stands in its place. */
  readonly isSuperseded: boolean
  /** Who said so, why, and what is to be used instead. */
  readonly said: readonly Check[]
  /** All of its records are accepted, there, and agree; also of a release of which nothing counts, as long as none is refused. */
  readonly isSound: boolean
  /** Adopted records, and accepted adoptions, in ledger order. */
  readonly records: readonly CountedRecord[]
  readonly provenance?: CountedProvenance
  /** SHA-256 of the approvals that grant its launch; none where nobody does. */
  readonly launchApprovals: readonly string[]
  /** A canary of it is accepted. */
  readonly hasCanary: boolean
}

/** Reduces a release that was judged among those of its project. */
export function stateOf(view: ReleaseView, registry: Registry, refused: number): ReleaseState {
  const { evidence } = view.fold
  const { target, channel } = evidence.parts
  const gate = registry.gateOf(target)
  const tracked = evidence.records.find(isTracking)
  const usedFrom = placeOfUse(view) ?? tracked?.index
  const { snapshot } = view.summary
  const { check, accepted, claims, signing } = judgeProvenance(evidence, { snapshot })
  const records = [...view.records, ...view.commitRecords]
  const deciding = records.filter(isAccepted)
  return {
    id: view.id,
    ...(gate?.scope.channels[0] === channel && { gate: gate.id }),
    isTracked: tracked !== undefined,
    ...(usedFrom !== undefined && { usedFrom }),
    commits: commitsOf(view),
    ...(snapshot !== undefined && { snapshot }),
    isWithdrawn: view.summary.isWithdrawn,
    isSuperseded: view.summary.isSuperseded,
    said: saidOf(view),
    isSound: refused === 0 && (evidence.digest === undefined || isConsistent(view, registry)),
    records: view.records.flatMap(countRecord),
    ...(check.outcome === 'accepted' && {
      provenance: { claims, signing, ...countProvenance(accepted) },
    }),
    launchApprovals: deciding
      .filter(({ record }) => record.family === 'approval')
      .filter(
        ({ view: { facts } }) => facts['scope'] === 'launch' && facts['decision'] === 'approve',
      )
      .map(({ record }) => record.sha256),
    hasCanary: deciding.some(({ record }) => record.family === 'canary'),
    ...answersOf(records),
  }
}

/** What its withdrawals come to. */
function saidOf({ records }: ReleaseView): readonly Check[] {
  return records
    .filter(({ record }) => record.family === 'withdrawal')
    .map(({ view }) => view.check)
}

function isTracking({ family, isAdopted }: FoldedRecord): boolean {
  return family === 'tracking' && isAdopted
}

/** Nobody records these of a release that is still in the making. */
const OF_USE: readonly RecordFamily[] = ['adoption', 'deployment', 'incident']

/** What was withdrawn was in use, as far as anything else is known of it. */
function placeOfUse({ fold, summary }: ReleaseView): number | undefined {
  const { records } = fold.evidence
  const used = records.filter(({ family }) => OF_USE.includes(family))
  if (used.length > 0) return firstIndexOf(used)
  if (!summary.isWithdrawn) return undefined
  return firstIndexOf(records.filter(({ family }) => family !== 'withdrawal'))
}

/** The first of their entries; absent where there are none. */
export function firstIndexOf(pieces: readonly Pick<FoldedRecord, 'index'>[]): number | undefined {
  const indexes = pieces.map(({ index }) => index)
  return indexes.length === 0 ? undefined : indexes.reduce((a, b) => Math.min(a, b))
}

function commitsOf({ fold, summary }: ReleaseView): readonly string[] {
  const named = fold.evidence.records.map(({ release }) => release?.sourceRevision)
  return [...new Set([...named, summary.sourceRevision].filter((commit) => commit !== undefined))]
}

/** Where no gate is for its target, a release is none of one, and that is no contradiction: policies of requirements stand without. */
function isConsistent({ fold, summary }: ReleaseView, registry: Registry): boolean {
  const hasGate = registry.gateOf(fold.evidence.parts.target) !== undefined
  return hasGate ? summary.isConsistent : fold.conflicts.length === 0
}

function isAccepted({ view }: ViewedRecord): boolean {
  return view.check.outcome === 'accepted'
}

/** What records answer, of a release or about a commit. */
export function answersOf(records: readonly ViewedRecord[]): Answers {
  const accepted = records.filter(isAccepted)
  return { answered: answeredBy(accepted), answeredLive: answeredBy(accepted.filter(isLive)) }
}

function answeredBy(records: readonly ViewedRecord[]): readonly string[] {
  return [...new Set(records.flatMap(({ record }) => record.evidence ?? []))]
}

function isLive(viewed: ViewedRecord): boolean {
  return originOf(viewed) === 'live-workflow'
}

/** What is put together of others is of the lowest origin among them, whoever signed it. */
function originOf({ record, view }: ViewedRecord): Origin {
  return (view.facts['origin'] ?? record.origin) as Origin
}

/** Adopted records count whatever they come to, a failed smoke among them; an adoption counts where it is accepted. */
function countRecord(viewed: ViewedRecord): readonly CountedRecord[] {
  const { record, view } = viewed
  const { family, id, sha256 } = record
  const isAdoption = family === 'adoption'
  const counts = isAdoption
    ? view.check.outcome === 'accepted'
    : findFamily(family)?.isAdoptable === true && record.isAdopted
  if (!counts || id === undefined) return []
  const origin = originOf(viewed)
  return [
    {
      family,
      id,
      sha256,
      status: view.status,
      outcome: view.check.outcome,
      origin,
      isDeclaredLive: origin === 'live-workflow' && isDeclared(record.signer),
    },
  ]
}

function countProvenance(
  accepted: readonly Pick<FoldedRecord, 'sha256' | 'origin' | 'signer'>[],
): Omit<CountedProvenance, 'claims' | 'signing'> {
  const live = accepted.filter(({ origin }) => origin === 'live-workflow')
  return {
    sha256: accepted.map(({ sha256 }) => sha256),
    origin: live.length > 0 ? 'live-workflow' : 'local-proof',
    isDeclaredLive: live.length > 0 && live.every(({ signer }) => isDeclared(signer)),
  }
}

function isDeclared(signer: TrustedSigner): boolean {
  return signer.type === 'key' || !signer.root.isPublicGood
}
