// The records about a commit that no release was built from yet: what a gate goes by before there is anything to deploy.

import type { ArtifactSetId } from '../../statement/index.ts'
import type { ViewContext } from '../view.ts'
import type { ViewedRecord } from './deciding.ts'
import type { FoldedMaterial, FoldedRecord } from './evidence.ts'
import type { LedgerItem } from './fold.ts'
import { markOvertaken, viewOf } from './judge-release.ts'
import { forTarget } from './own-target.ts'
import { isBuiltFrom } from './provenance.ts'
import { withoutRepeats } from './repeats.ts'

/** What is asked about a commit. */
export interface CommitQuestion extends Omit<ViewContext, 'evidence' | 'releaseOf'> {
  /** 40 or 64 hex digits. */
  readonly commit: string
  /** Where a release that is built from it would go: policies and evidence definitions hold for targets. */
  readonly place: Pick<ArtifactSetId, 'target' | 'channel'>
  /** Everything that the ledger holds about it, in ledger order. */
  readonly items: readonly LedgerItem[]
  /** Evidence of sets that nothing else is known of yet: provenance among it may say what they were built from. */
  readonly materials?: readonly FoldedMaterial[]
}

/** Judges every record about the commit, in ledger order. */
export function judgeCommit({
  commit,
  place,
  items,
  materials = [],
  ...asked
}: CommitQuestion): readonly ViewedRecord[] {
  const records = withoutRepeats(forTarget(items, place.target, asked.registry))
    .filter((item) => item.kind === 'record')
    .filter(({ about }) => about.kind === 'commit' && about.commit === commit)
    .map((record): FoldedRecord => ({ ...record, isAdopted: false, isSuperseded: false }))
  const evidence = {
    id: '',
    parts: { ...place, release: '', run: '' },
    records: [],
    materials: materials.filter((material) => isBuiltFrom(material, materials, commit)),
    commitRecords: records,
  }
  return records
    .map((record) => ({
      record,
      view: viewOf(record, { ...asked, evidence, releaseOf: () => undefined }),
    }))
    .map((one, _, all) => markOvertaken(one, all))
}
