// A release as the ledger shows it: every record with what it comes to, and what all of them come to together.

import { type Check, countOf, groupChecks } from '../../core/index.ts'
import { findFamily } from '../families.ts'
import type { Family } from '../family.ts'
import { ADOPTION } from '../families/adoption.ts'
import { judgeUse } from '../families/withdrawal.ts'
import { findOvertaking, type ViewedRecord } from './deciding.ts'
import { recordsOf, revisionOf } from './records-of.ts'
import type { FoldedRecord, ReleaseEvidence, ReleaseSummary } from './evidence.ts'
import { type FoldInput, foldRelease, type ReleaseFold } from './fold.ts'
import { checkOwnGate } from './own-gate.ts'
import { bundlesOf } from './repeats.ts'
import { withinTarget } from './own-target.ts'
import { summarizeRelease } from './summary.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'

/**
 * Whose ledger it is, or whose a pack is of. In that of a `project` a record of an adoptable family counts only if an accepted adoption
 * names it; in that of a `run` nobody has adopted anything yet and all count.
 */
export type LedgerScope = 'project' | 'run'

/** What is asked about a release. */
export type ReleaseQuestion = Omit<FoldInput, 'adopted'> &
  Omit<ViewContext, 'evidence'> & {
    readonly scope: LedgerScope
    /** How many of its records are not accepted, or not there: then it is not consistent, whatever the others say. */
    readonly refused: number
    /** The same of a commit: any of them may speak of what was built from it. */
    readonly refusedOfCommit: (commit: string) => number
    /** SHA-256 of records that count as if an accepted adoption named them: what an adoption would come to. */
    readonly proposed?: ReadonlySet<string>
  }

/** Everything that is computed of a release. */
export interface ReleaseView {
  /** The artifact set id. */
  readonly id: string
  readonly fold: ReleaseFold
  /** Those that count, in ledger order. */
  readonly records: readonly ViewedRecord[]
  /** Those about the commit that it was built from, in ledger order. */
  readonly commitRecords: readonly ViewedRecord[]
  /**
   * Whether any record counts, contradictions, whether the release is one of its gate, then each record, then whether the release may
   * still be used. A record that a later one made up for is shown, and does not decide.
   */
  readonly check: Check
  readonly summary: ReleaseSummary
}

/** Folds what the ledger holds about a release, and judges every record of it. */
export function judgeRelease(question: ReleaseQuestion): ReleaseView {
  const { fold, adoptions } = foldFor(question)
  const { evidence, conflicts } = fold
  const context = { ...question, evidence }
  const contextOf = ({ sha256 }: FoldedRecord) => adoptions.get(sha256) ?? context
  const viewed = countedIn(fold)
    .map((record) => ({ record, view: viewOf(record, contextOf(record)) }))
    .map((one, _, all) => markOvertaken(one, all))
  const checks = [
    ...checkCounted(fold),
    ...checkCommit(evidence, question),
    ...conflicts,
    ...checkOwnGate(evidence, question.registry),
    ...viewed.map(nameCheck),
    judgeUse(evidence).check,
  ]
  return {
    id: question.id,
    fold,
    records: viewed.filter(({ record }) => record.about.kind === 'set'),
    commitRecords: viewed.filter(({ record }) => record.about.kind === 'commit'),
    check: groupChecks('release', `The release ${question.id}`, checks),
    summary: summarizeRelease(fold, question),
  }
}

/** Of the release and of its commit. */
function countedIn({ evidence }: ReleaseFold): readonly FoldedRecord[] {
  const records = [...evidence.records, ...evidence.commitRecords]
  return records.filter(({ isSuperseded }) => !isSuperseded)
}

/** One of the records that count, by one of its bundles, without what the others come to. */
export function judgeOne(sha256: string, question: ReleaseQuestion): ViewedRecord | undefined {
  const { fold, adoptions } = foldFor(question)
  const record = countedIn(fold).find((one) => bundlesOf(one).includes(sha256))
  if (record === undefined) return undefined
  const context = adoptions.get(record.sha256) ?? { ...question, evidence: fold.evidence }
  return { record, view: viewOf(record, context) }
}

/** What another release needs to know of this one, without the views of all its records. */
export function summarize(question: ReleaseQuestion): ReleaseSummary {
  return summarizeRelease(foldFor(question).fold, question)
}

/** Nothing to judge is no success. */
function checkCounted({ evidence, generated }: ReleaseFold): readonly Check[] {
  if (evidence.records.length > 0) return []
  const count = countOf(generated.length, 'record')
  return [
    failed(
      'counted-records',
      'missing',
      'record/nothing-counts',
      'No record of the release counts',
      {
        expected: 'a record that counts',
        ...(generated.length === 0
          ? { found: 'none' }
          : {
              found: `${count} that nobody adopted`,
              hint: 'Adopt what a run made with "assay record adoption"; of the ledger of a run, say --run',
            }),
      },
    ),
  ]
}

/** A-83: what can not be read may speak against the release. */
function checkCommit(
  { records }: ReleaseEvidence,
  { refusedOfCommit }: Pick<ReleaseQuestion, 'refusedOfCommit'>,
): readonly Check[] {
  const revision = revisionOf({ records })
  const refused = revision === undefined ? 0 : refusedOfCommit(revision)
  if (refused === 0) return []
  const message = `${countOf(refused, 'record')} about its commit not accepted, or not there`
  return [failed('commit-records', 'rejected', 'record/commit-refused', message)]
}

interface ScopedFold {
  readonly fold: ReleaseFold
  /** What each adoption is judged among, by its SHA-256. */
  readonly adoptions: ReadonlyMap<string, ViewContext>
}

/** What counts in the scope. */
function foldFor(asked: ReleaseQuestion): ScopedFold {
  const question = withinTarget(asked)
  if (question.scope === 'run') return { fold: foldRelease(question), adoptions: new Map() }
  // Those that need no adoption say which adoptions there are.
  const direct = foldRelease({ ...question, adopted: new Set() })
  const found = recordsOf(direct.evidence, ADOPTION).map((adoption) => {
    const names = new Set(adoption.members.adoptedRecords.map(({ sha256 }) => sha256))
    // An adoption is judged among what it names: what nobody adopted takes nothing away from it.
    const { evidence } = foldRelease({ ...question, adopted: names })
    return { adoption, names, context: { ...question, evidence } }
  })
  const accepted = found.filter(
    ({ adoption, context }) => viewOf(adoption, context).check.outcome === 'accepted',
  )
  const { proposed = new Set<string>() } = question
  const adopted = accepted.reduce((all, { names }) => all.union(names), new Set(proposed))
  const named = found.reduce((all, { names }) => all.union(names), new Set<string>())
  return {
    fold: foldRelease({ ...question, adopted, named }),
    adoptions: new Map(found.map(({ adoption, context }) => [adoption.sha256, context])),
  }
}

/** What its family computes of a record. */
export function viewOf(record: FoldedRecord, context: ViewContext): FamilyView {
  return familyOf(record).view(record, context)
}

function familyOf(record: FoldedRecord): Family {
  const family = findFamily(record.family)
  if (family === undefined) throw new Error('A record is read by its family')
  return family
}

/** Names the record that made up for one, where one did. */
export function markOvertaken(one: ViewedRecord, all: readonly ViewedRecord[]): ViewedRecord {
  const overtakenBy = findOvertaking(one, all, familyOf(one.record))
  return overtakenBy === undefined ? one : { ...one, overtakenBy }
}

/** The check of a view, under the name of the record that it is of; of one that is overtaken, no more than what it was. */
function nameCheck({ record, view, overtakenBy }: ViewedRecord): Check {
  const { family, id, sha256, release } = record
  const { name, ...check } = view.check
  const where = release?.phase ?? 'about the commit'
  const message = `${id ?? `${sha256.slice(0, 12)}, ${where}`}: ${view.status}`
  if (overtakenBy === undefined && view.isAside === true) {
    return passed(family, `${message}, which decides nothing`, { found: view.check.message })
  }
  if (overtakenBy === undefined) {
    return { ...check, name: name === family ? name : family, message }
  }
  const found = `${overtakenBy.sha256} at entry ${overtakenBy.index}`
  return passed(family, `${message}, which a later record of the same check made up for`, { found })
}
