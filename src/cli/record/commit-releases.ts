// Releases that were built from a commit: a record about the commit counts for them, and is judged among theirs.

import { accept, type Result } from '../../core/index.ts'
import {
  askAboutRelease,
  type FamilyView,
  judgeRelease,
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

/**
 * What the record comes to in each release whose accepted provenance names the commit, in the order of the ledger. None where nothing was
 * built from it yet, or nothing that the record is for.
 */
export async function judgeInReleases({
  commit,
  record,
  known,
  ledger,
  setting,
}: CommitRecordQuestion): Promise<Result<readonly FamilyView[]>> {
  const releases = await ledger.builtFrom(commit)
  if (!releases.ok) return releases
  const load = async (about: string) =>
    about === `git:${commit}` ? accept(known) : ledger.known(about)
  const views: FamilyView[] = []
  for (const id of releases.value) {
    const own = await ledger.known(id)
    if (!own.ok) return own
    const question = await askAboutRelease(id, own.value, { ...setting, load })
    if (!question.ok) return question
    const { commitRecords } = judgeRelease(question.value)
    const viewed = commitRecords.find((one) => one.record.sha256 === record.sha256)
    if (viewed !== undefined) views.push(viewed.view)
  }
  return accept(views)
}
