// The fold of a release: from what the ledger holds about an artifact set, in its order, to the evidence that counts.

import { type Check, quote } from '../../core/index.ts'
import { type ArtifactSetId, parseArtifactSetId } from '../../statement/index.ts'
import { standingWords } from '../time/order.ts'
import { findFamily } from '../families.ts'
import type { LedgerMaterial, LedgerRecord } from '../ledger-record.ts'
import type { FoldedMaterial, FoldedRecord, ReleaseEvidence } from './evidence.ts'
import { isBuiltFrom } from './provenance.ts'
import { describeMix } from '../statement/release-reference.ts'
import { isNamed, withoutRepeats } from './repeats.ts'
import { failed } from '../view.ts'

/** A verified entry at its place in the ledger. */
export type LedgerItem = (LedgerRecord | LedgerMaterial) & {
  readonly index: number
  /** Of an earlier file of the same signature that is not accepted by itself, such as one without a timestamp after the term of the key. */
  readonly firstIndex?: number
}

/** What is folded: everything that the ledger holds about one set, and about commits that it may be of. */
export interface FoldInput {
  /** The artifact set id. */
  readonly id: string
  /** In ledger order. */
  readonly items: readonly LedgerItem[]
  /** Records about a commit, in ledger order; they join a set through its accepted provenance. */
  readonly commitItems: (commit: string) => readonly LedgerItem[]
  /**
   * SHA-256 of the records that accepted adoptions name. In the ledger of a project, records of adoptable families count only if they
   * are among these; without the list all count, as in the ledger of a run.
   */
  readonly adopted?: ReadonlySet<string>
  /** SHA-256 of the records that any adoption names, whether it holds or not. */
  readonly named?: ReadonlySet<string>
}

/** The evidence that counts, and what was left out of it. */
export interface ReleaseFold {
  readonly evidence: ReleaseEvidence
  /** Of adoptable families, and adopted by nobody: they count nowhere. */
  readonly generated: readonly FoldedRecord[]
  /** Everything that contradicts the records before it; such records count nowhere, and the release is not consistent. */
  readonly conflicts: readonly Check[]
}

/** Folds what the ledger holds about one artifact set. */
export function foldRelease({
  id,
  items: found,
  commitItems,
  adopted,
  named = new Set(),
}: FoldInput): ReleaseFold {
  const items = withoutRepeats(found)
  const conflicts: Check[] = []
  const records: FoldedRecord[] = []
  const generated: FoldedRecord[] = []
  let first: LedgerRecord | undefined
  for (const record of items.filter((item) => item.kind === 'record')) {
    const isAdopted = adopted !== undefined && isNamed(record, adopted)
    const folded = { ...record, isAdopted, isSuperseded: false }
    // What nobody adopted neither says what the release is nor contradicts it.
    if (adopted !== undefined && !isAdopted && isAdoptable(record)) {
      generated.push(folded)
      continue
    }
    const conflict = findConflict(id, record, first)
    if (conflict === undefined) records.push(folded)
    else conflicts.push(conflict)
    if (conflict === undefined) first ??= record
  }
  const digest = digestOf(first)
  const materials = items.filter((item) => item.kind === 'material')
  const own = materials.filter((material) => isAbout(material, id, digest))
  const others = materials.filter((material) => !isAbout(material, id, digest))
  // As long as no record counts, nothing says which set it is.
  if (first !== undefined) conflicts.push(...others.map(aboutAnotherSet))
  const evidence = {
    id,
    parts: partsOf(id),
    ...(digest !== undefined && { digest }),
    records: markSuperseded(records),
    // None stands in the place of another one: what falls takes nothing back.
    fallen: generated.filter((record) => isNamed(record, named)),
    materials: own,
    commitRecords: joinCommit(own, first, (commit) => withoutRepeats(commitItems(commit))),
  }
  return { evidence, generated: markSuperseded(generated), conflicts }
}

function isAdoptable({ family }: LedgerRecord): boolean {
  return findFamily(family)?.isAdoptable === true
}

/** what names a set is about that set alone, for only its target was the signer asked about. */
function isAbout({ subjects, sets }: LedgerMaterial, id: string, digest: string | undefined) {
  if (digest === undefined || !subjects.includes(digest)) return false
  return sets === undefined || sets.some((set) => set.id === id && set.digest === digest)
}

function partsOf(id: string): ArtifactSetId {
  const parts = parseArtifactSetId(id)
  if (!parts.ok) throw new Error('A release is folded under its artifact set id')
  return parts.value
}

function digestOf(record: LedgerRecord | undefined): string | undefined {
  return record?.about.kind === 'set' ? record.about.digest : undefined
}

/** The first record of a set says what the set is; whatever says otherwise later is of another release. */
function findConflict(
  id: string,
  record: LedgerItem & LedgerRecord,
  first: LedgerRecord | undefined,
): Check | undefined {
  const { sha256, index, about, release } = record
  const where = `Record ${sha256} at entry ${index}`
  if (about.kind !== 'set' || about.id !== id || release === undefined) {
    const message = `${where} stands among those of a release that it is not about`
    return failed('release', 'rejected', 'record/subject', message, { expected: quote(id) })
  }
  if (first === undefined || first.release === undefined) return undefined
  const expected = digestOf(first)
  if (expected !== undefined && expected !== about.digest) {
    const message = `${where} is about another set under the same id`
    const facts = { expected: `sha256:${expected}`, found: `sha256:${about.digest}` }
    return failed('release', 'rejected', 'record/contradiction', message, facts)
  }
  const because = describeMix(first.release, release)
  if (because.length === 0) return undefined
  const message = `${where} contradicts the records of its release`
  return failed('release', 'rejected', 'record/contradiction', message, { because })
}

function aboutAnotherSet({ sha256, index }: LedgerMaterial & { readonly index: number }): Check {
  const message = `Evidence ${sha256} at entry ${index} is not about this artifact set`
  return failed('release', 'rejected', 'record/subject', message)
}

/** Of each id the last record counts; one that is older than another of its id stands in the place of nothing, and both count. */
function markSuperseded(records: readonly FoldedRecord[]): readonly FoldedRecord[] {
  const standing = new Set(standingWords(records))
  return records.map((record) => ({ ...record, isSuperseded: !standing.has(record) }))
}

/** Evidence of a commit counts for a set only where accepted provenance shows that the set was built from it. */
function joinCommit(
  materials: readonly FoldedMaterial[],
  first: LedgerRecord | undefined,
  commitItems: FoldInput['commitItems'],
): readonly FoldedRecord[] {
  const revision = first?.release?.sourceRevision
  if (revision === undefined) return []
  if (!materials.some((material) => isBuiltFrom(material, materials, revision))) return []
  const records = commitItems(revision).filter(
    (item) =>
      item.kind === 'record' && item.about.kind === 'commit' && item.about.commit === revision,
  )
  return markSuperseded(
    records.map((record) => ({
      ...(record as LedgerItem & LedgerRecord),
      isAdopted: false,
      isSuperseded: false,
    })),
  )
}
