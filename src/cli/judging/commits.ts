// Records about a commit, judged for where a release that is built from it would go.

import type { Instant } from '../../core/index.ts'
import type { Registry } from '../../policy/index.ts'
import { judgeCommit, type ViewedRecord } from '../../record/index.ts'
import type { TrustDocument } from '../../trust/index.ts'
import type { OtherEntries } from './release-pass.ts'
import { holdersIn } from './role-holders.ts'

/** Under what they are judged. */
export interface CommitSetting {
  readonly registry: Registry
  readonly trust: TrustDocument
  readonly now: Instant
  readonly at: Instant | undefined
}

/** Where a release would go. */
export interface Place {
  readonly target: string
  readonly channel: string
}

/** Entries that are about a commit. */
export interface CommitEntries extends OtherEntries {
  readonly commit: string
}

const COMMIT = 'git:'

/** Of the entries that are about no release, those about commits. */
export function commitsAmong(others: readonly OtherEntries[]): readonly CommitEntries[] {
  return others
    .filter(({ about }) => about.startsWith(COMMIT))
    .map((entries) => ({ ...entries, commit: entries.about.slice(COMMIT.length) }))
}

/** Judges what is there about a commit. */
export function judgeCommitEntries(
  { commit, found: { items } }: CommitEntries,
  place: Place,
  { registry, trust, now, at }: CommitSetting,
): readonly ViewedRecord[] {
  const holdersOf = holdersIn(trust)
  return judgeCommit({ commit, place, items, registry, now: at ?? now, holdersOf })
}
