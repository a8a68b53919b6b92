// Releases that were built from a commit: a record about the commit counts for them, and is judged among theirs.

import { accept, type Result } from '../../core/index.ts'
import {
  askAboutRelease,
  type FamilyView,
  type FoldedMaterial,
  judgeOne,
  type KnownItems,
  type LedgerRecord,
  type ReleaseSetting,
} from '../../record/index.ts'
import type { LedgerInput } from './ledger-input.ts'

/** A record about a commit, as the next entry of the ledger. */
export interface CommitRecordQuestion {
  readonly commit: string
  readonly record: LedgerRecord
  /** What there is of the commit, with the record. */
  readonly known: KnownItems
  readonly ledger: LedgerInput
  readonly setting: Omit<ReleaseSetting, 'load'>
}

/** What a record about a commit comes to in what was built from it. */
export interface InReleases {
  /** In each release whose accepted provenance names the commit, in the order of the ledger. */
  readonly views: readonly FamilyView[]
  /** Of sets whose provenance is there, and no record yet that says what release they are. */
  readonly materials: readonly FoldedMaterial[]
}

/** Judges the record in each of them. Nothing is found where nothing was built from the commit yet, or nothing that the record is for. */
export async function judgeInReleases({
  commit,
  record,
  known,
  ledger,
  setting,
}: CommitRecordQuestion): Promise<Result<InReleases>> {
  const releases = await ledger.builtFrom(commit)
  if (!releases.ok) return releases
  const load = async (about: string) =>
    about === `git:${commit}` ? accept(known) : ledger.known(about)
  const views: FamilyView[] = []
  const materials: FoldedMaterial[] = []
  for (const id of releases.value) {
    const own = await ledger.known(id)
    if (!own.ok) return own
    const question = await askAboutRelease(id, own.value, { ...setting, load })
    if (!question.ok) return question
    const viewed = judgeOne(record.sha256, question.value)
    if (viewed !== undefined) views.push(viewed.view)
    else if (!own.value.items.some(({ kind }) => kind === 'record')) {
      materials.push(...own.value.items.filter((item) => item.kind === 'material'))
    }
  }
  return accept({ views, materials })
}
