// A release as the ledger shows it: every record with what it comes to, and what all of them come to together.

import { type Check, countOf, groupChecks } from '../../core/index.ts'
import { findFamily } from '../families.ts'
import type { Family } from '../family.ts'
import { ADOPTION } from '../families/adoption.ts'
import { judgeUse } from '../families/withdrawal.ts'
import { findOvertaking, type ViewedRecord } from './deciding.ts'
import { recordsOf } from './records-of.ts'
import type { FoldedRecord, ReleaseEvidence, ReleaseSummary } from './evidence.ts'
import { type FoldInput, foldRelease, type ReleaseFold } from './fold.ts'
import { checkOwnGate } from './own-gate.ts'
import { summarizeRelease } from './summary.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'

/**
 * Whose ledger it is. In that of a `project` a record of an adoptable family counts only if an accepted adoption names it; in that of
 * a `run`, and in a pack, nobody has adopted anything yet and all count.
 */
export type LedgerScope = 'project' | 'run'

/** What is asked about a release. */
export type ReleaseQuestion = Omit<FoldInput, 'adopted'> &
  Omit<ViewContext, 'evidence'> & {
    readonly scope: LedgerScope
    /** How many of its records are not accepted, or not there: then it is not consistent, whatever the others say. */
    readonly refused: number
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
  const { fold, whole } = foldFor(question)
  const { evidence, conflicts } = fold
  const context = { ...question, evidence }
  // An adoption is judged among all that could be adopted: why it is not accepted is seen before its records are left out.
  const contextOf = ({ family }: FoldedRecord) =>
    family === ADOPTION.name ? { ...question, evidence: whole.evidence } : context
  const viewed = [...evidence.records, ...evidence.commitRecords]
    .filter(({ isSuperseded }) => !isSuperseded)
    .map((record) => ({ record, view: viewOf(record, contextOf(record)) }))
    .map((one, _, all) => markOvertaken(one, all))
  const checks = [
    ...checkCounted(fold),
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

/** What counts in the scope, and what there is in all. */
function foldFor(question: ReleaseQuestion): Readonly<Record<'fold' | 'whole', ReleaseFold>> {
  const whole = foldRelease(question)
  if (question.scope === 'run') return { fold: whole, whole }
  const { proposed = new Set<string>() } = question
  const adopted = findAdopted(whole.evidence, question).union(proposed)
  return { fold: foldRelease({ ...question, adopted }), whole }
}

/** The records that accepted adoptions name. */
function findAdopted(
  evidence: ReleaseEvidence,
  question: Omit<ViewContext, 'evidence'>,
): ReadonlySet<string> {
  const accepted = recordsOf(evidence, ADOPTION).filter(
    (record) => viewOf(record, { ...question, evidence }).check.outcome === 'accepted',
  )
  return new Set(
    accepted.flatMap(({ members }) => members.adoptedRecords.map(({ sha256 }) => sha256)),
  )
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
