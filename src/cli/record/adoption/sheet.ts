// What a reviewer must see before anything is signed: which records would come in, what the project would show of each, which they would
// replace, and what has moved since.

import type { Check, Outcome } from '../../../core/index.ts'
import {
  type AdoptionCandidate,
  describeReview,
  type ReleaseView,
  type ReviewSheet,
  speaksAgainst,
} from '../../../record/index.ts'
import { findUse } from '../release-use.ts'
import {
  type Companion,
  companionsOf,
  findViewed,
  type RecordStatus,
  statusOf,
} from './companions.ts'
import { itemsAfter } from './outcome.ts'
import type { ProjectRelease } from './project.ts'
import type { SourceInput, SourceRecord } from './source-input.ts'

/** The sheet, and what the records would come to. */
export interface Sheet extends ReviewSheet {
  /** What an audit of the project would say of the release. */
  readonly outcome: Outcome
  /** Why the release may not be used any more, where somebody said so. */
  readonly use?: Check
  /** Records that the project has already, and that speak against the release as it would be. */
  readonly against: readonly SheetAgainst[]
  /** What it would say of the candidate's records, by the SHA-256 of their bundles; absent for what the source does not hold. */
  readonly statuses: ReadonlyMap<string, RecordStatus>
  /** Records of the source that come in without an adoption. */
  readonly companions: readonly SheetCompanion[]
}

/** A record of the project: an open incident, drift, a failed result. */
export interface SheetAgainst {
  readonly family: string
  readonly sha256: string
  readonly status: string
}

/** A record that no adoption names. */
export interface SheetCompanion {
  readonly family: string
  readonly sha256: string
  /**
   * False for a record of a family that needs an adoption, where no adoption of the project names it: it was replaced, made up for or not
   * accepted in its run, and is kept.
   */
  readonly counts: boolean
  /** In the project; of what does not count there, in its run. Absent where nothing is computed of it. */
  readonly standing?: RecordStatus
  readonly replacedBy?: string
}

/** Compares the candidate with the ledger, and judges the release as the ledger would be once it is applied. */
export function describeSheet(
  candidate: AdoptionCandidate,
  source: SourceInput,
  project: ProjectRelease,
): Sheet {
  const proposed = new Set(candidate.records.map(({ sha256 }) => sha256))
  const companions = companionsOf(candidate, source, project)
  const coming = incomingFiles(candidate, source, companions).map(({ record }) => record)
  const items = itemsAfter(project, coming)
  const after = project.judge(items, { scope: 'project', proposed })
  const there = new Set(coming.map(({ sha256 }) => sha256))
  const use = findUse(after.fold)
  const statuses = [...proposed]
    .filter((sha256) => there.has(sha256))
    .map((sha256) => [sha256, statusOf(findViewed(after, sha256), after)] as const)
  return {
    ...describeReview(candidate, source, project.context),
    outcome: after.check.outcome,
    ...(use !== undefined && { use }),
    against: againstIn(after, there),
    statuses: new Map(statuses),
    companions: companions.map(({ file: { record }, inRun, replacedBy }) => {
      // Of a record that the project has adopted before, what the project shows is told, as of all that counts there.
      const viewed = findViewed(after, record.sha256)
      const standing = viewed === undefined ? inRun : statusOf(viewed, after)
      return {
        family: record.kind === 'record' ? record.family : record.name,
        sha256: record.sha256,
        counts: inRun === undefined || viewed !== undefined,
        ...(standing !== undefined && { standing }),
        ...(replacedBy !== undefined && { replacedBy }),
      }
    }),
  }
}

/** What comes in is told with its own status, and a withdrawal as the use of the release. */
function againstIn(
  { records, commitRecords }: ReleaseView,
  coming: ReadonlySet<string>,
): readonly SheetAgainst[] {
  return [...records, ...commitRecords]
    .filter(({ record }) => !coming.has(record.sha256) && record.family !== 'withdrawal')
    .filter(speaksAgainst)
    .map(({ record: { family, sha256 }, view: { status } }) => ({ family, sha256, status }))
}

/** Files of the source that come in, in its order, so that what stood before a deployment still does. */
export function incomingFiles(
  { records }: AdoptionCandidate,
  { files }: SourceInput,
  companions: readonly Companion[],
): readonly SourceRecord[] {
  const adopted = new Set(records.map(({ sha256 }) => sha256))
  const beside = new Set(companions.map(({ file }) => file))
  return files.filter((file) => adopted.has(file.record.sha256) || beside.has(file))
}
