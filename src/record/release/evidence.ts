// What the ledger holds about one release, verified and in ledger order: all that its statuses are computed from.

import type { ArtifactSetId } from '../../statement/index.ts'
import type { LedgerMaterial, LedgerRecord } from '../ledger-record.ts'

/** A record at its place in the ledger. */
export interface FoldedRecord<M = unknown> extends LedgerRecord<M> {
  /** Of its entry, from 0. */
  readonly index: number
  /** SHA-256 of later bundles of the same act of signing: whoever names one of them names this record. */
  readonly otherBundles?: readonly string[]
  /** Named by an accepted adoption. Only families that are adoptable need it, and only in the ledger of a project. */
  readonly isAdopted: boolean
  /** A later record of the same id stands in its place. */
  readonly isSuperseded: boolean
}

/** Evidence that a build or a tool made, at its place in the ledger. */
export interface FoldedMaterial extends LedgerMaterial {
  readonly index: number
  /** SHA-256 of later bundles of the same act of signing: whoever names one of them names this. */
  readonly otherBundles?: readonly string[]
}

/** Everything about one artifact set. */
export interface ReleaseEvidence {
  /** The artifact set id. */
  readonly id: string
  readonly parts: ArtifactSetId
  /** SHA-256 of the set's manifest, that all its records agree on; absent where none names it. */
  readonly digest?: string
  /** In ledger order; the superseded ones are among them. */
  readonly records: readonly FoldedRecord[]
  /**
   * Named by adoptions that do not hold, in ledger order: they count nowhere, and what they say against the others is heard, whatever
   * later ones of them say.
   */
  readonly fallen?: readonly FoldedRecord[]
  /** Accepted provenance, SBOM and summaries whose subject is this set. */
  readonly materials: readonly FoldedMaterial[]
  /** Records about the commit that the set's accepted provenance was built from. */
  readonly commitRecords: readonly FoldedRecord[]
}

/** What other releases need to know of a release. */
export interface ReleaseSummary {
  readonly id: string
  readonly digest?: string
  /** Of its first tracking record, or deployment that found it, among those that count; infinite without one. */
  readonly index: number
  /** Every one of its records verified and agrees with the others, and it is one of the gate of its target. */
  readonly isConsistent: boolean
  readonly isWithdrawn: boolean
  /** Another release stands in its place, by what was said of it last. */
  readonly isSuperseded: boolean
  /** The ten checks of its own smoke are complete and passed, about this set. */
  readonly isSmokePassed: boolean
  /** It has provenance, accepted today, of a signer with the role for its target. */
  readonly hasProvenance: boolean
  /** Version of its source, as its records name it. */
  readonly sourceRevision?: string
  /** SHA-256 of the snapshot of what it was made from, as its tracking record names it. */
  readonly snapshot?: string
}
