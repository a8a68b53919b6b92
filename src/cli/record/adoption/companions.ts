// What comes in beside the records of a candidate: all that needs no adoption, and all that speaks against the release in its run, with
// what made up for it. To leave any of it out would be a choice.

import { type Check, failedChecks, type Outcome } from '../../../core/index.ts'
import {
  type AdoptionCandidate,
  bundlesOf,
  findFamily,
  type LedgerItem,
  type ReleaseView,
  type ViewedRecord,
  wordInPlaceOf,
} from '../../../record/index.ts'
import type { ProjectRelease } from './project.ts'
import type { SourceInput, SourceRecord } from './source-input.ts'

/** What a record comes to. */
export interface RecordStatus {
  readonly status: string
  readonly outcome: Outcome
  /** Why it is not accepted. */
  readonly reasons: readonly string[]
}

/** A record that comes in beside those of the candidate. */
export interface Companion {
  readonly file: SourceRecord
  /** Of a family that needs an adoption, and not of the candidate: as it was in its run. */
  readonly inRun?: RecordStatus
  /** SHA-256 of the record of the run that stands in its place, or that made up for it. */
  readonly replacedBy?: string
}

/** Those records of the source, in its order. */
export function companionsOf(
  { release, records }: AdoptionCandidate,
  source: Pick<SourceInput, 'files'>,
  project: ProjectRelease,
): readonly Companion[] {
  const adopted = new Set(records.map(({ sha256 }) => sha256))
  const about = [release.artifactSetId, `git:${release.sourceRevision}`]
  const files = source.files.filter(({ entry }) => about.includes(entry.release))
  const items = files.map(({ record }, index) => ({ ...record, index }))
  const run = project.judge(items, { scope: 'run' })
  const open = openRecords(run)
  return files.flatMap((file): Companion | [] => {
    const { sha256 } = file.record
    if (adopted.has(sha256)) return []
    if (!isAdoptable(file)) return { file }
    const replacedBy = open.get(sha256)
    if (replacedBy === undefined) return []
    return {
      file,
      inRun: statusInRun(sha256, items, { run, project }),
      ...(replacedBy !== sha256 && { replacedBy }),
    }
  })
}

function isAdoptable({ record }: SourceRecord): boolean {
  return record.kind === 'record' && findFamily(record.family)?.isAdoptable === true
}

/** Each record of the run that was replaced, was made up for or is not accepted, and each that did so; with what holds in its place. */
function openRecords({ fold, records }: ReleaseView): ReadonlyMap<string, string> {
  const open = new Map<string, string>()
  const { records: all } = fold.evidence
  for (const record of all) {
    const last = wordInPlaceOf(record, all)?.sha256
    if (last === undefined) continue
    open.set(record.sha256, last)
    if (!open.has(last)) open.set(last, last)
  }
  for (const { record, view, overtakenBy } of records) {
    if (view.check.outcome === 'accepted') continue
    const last = overtakenBy?.sha256 ?? record.sha256
    open.set(record.sha256, last)
    if (!open.has(last)) open.set(last, last)
  }
  return open
}

interface Run {
  readonly run: ReleaseView
  readonly project: ProjectRelease
}

/** What is replaced is told as it was when it was made. */
function statusInRun(
  sha256: string,
  items: readonly LedgerItem[],
  { run, project }: Run,
): RecordStatus {
  const at = items.findIndex((item) => item.sha256 === sha256)
  const viewed =
    findViewed(run, sha256) ?? project.judgeOne(sha256, items.slice(0, at + 1), { scope: 'run' })
  return statusOf(viewed, run)
}

/** The record among those that count. */
export function findViewed(
  { records, commitRecords }: ReleaseView,
  sha256: string,
): ViewedRecord | undefined {
  return [...records, ...commitRecords].find(({ record }) => bundlesOf(record).includes(sha256))
}

/** Its standing; without a view, what the release has against it. */
export function statusOf(viewed: ViewedRecord | undefined, { fold }: ReleaseView): RecordStatus {
  if (viewed === undefined) {
    const reasons = fold.conflicts.flatMap(reasonsOf)
    return { status: 'contradictory', outcome: 'rejected', reasons }
  }
  const { status, check } = viewed.view
  return { status, outcome: check.outcome, reasons: reasonsOf(check) }
}

function reasonsOf(check: Check): readonly string[] {
  const found = failedChecks(check).map(({ message, found: what }) =>
    what === undefined ? message : `${message}: found ${what}`,
  )
  return [...new Set(found)]
}
