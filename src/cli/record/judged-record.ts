// What a record comes to among the others of its release, once it is in the ledger.

import {
  accept,
  type Check,
  combineOutcomes,
  groupChecks,
  type Outcome,
  type Result,
} from '../../core/index.ts'
import type { Registry } from '../../policy/index.ts'
import {
  askAboutRelease,
  type FamilyView,
  findFamily,
  judgeCommit,
  judgeRelease,
  type KnownItems,
  type LedgerRecord,
  type LedgerScope,
  type ReleaseFold,
} from '../../record/index.ts'
import { judgeInReleases } from './commit-releases.ts'
import type { LedgerInput, RecordRequest } from './ledger-input.ts'
import { holdersIn } from '../judging/role-holders.ts'
import { findUse } from './release-use.ts'

/** The status of a record, and whether it counts in the ledger of a project. */
export interface JudgedRecord {
  /** `generated`: of an adoptable family, and adopted by nobody yet. */
  readonly standing: 'direct' | 'generated'
  /** Among which records it was judged: those that count in a project, or all, as in a run. */
  readonly scope: LedgerScope
  readonly view?: FamilyView
  /** Of the view; of one that only says what is against its release, that it does say so. */
  readonly outcome: Outcome
  /** Why its release may not be used any more, where somebody said so. */
  readonly use?: Check
}

/** Where a new record would stand. */
export interface RecordQuestion {
  readonly ledger: LedgerInput
  /** What the ledger holds about its release. */
  readonly known: KnownItems
  readonly request: RecordRequest
  readonly registry: Registry | undefined
  /** Whose ledger it is. */
  readonly scope: LedgerScope
}

/**
 * Judges a record as the next entry of the ledger. One of an adoptable family is judged among everything of its release in the ledger
 * of a project too: nobody can have adopted what is not there yet.
 */
export async function judgeRecord(
  record: LedgerRecord,
  { ledger, known, request, registry, scope: asked }: RecordQuestion,
): Promise<Result<JudgedRecord>> {
  const isAdoptable = findFamily(record.family)?.isAdoptable === true
  const standing = isAdoptable ? 'generated' : 'direct'
  const scope = isAdoptable ? 'run' : asked
  const { about } = record
  const { trust, now } = request
  const items = [...known.items, { ...record, index: ledger.size }]
  const holdersOf = holdersIn(trust)
  if (about.kind === 'commit') {
    const { commit } = about
    const found = await judgeInReleases({
      ...{ commit, record, ledger, known: { ...known, items } },
      setting: { registry, now, scope, holdersOf },
    })
    if (!found.ok) return found
    const { views, materials } = found.value
    const place = placeOf(record, registry)
    const judged = judgeCommit({ commit, place, items, materials, registry, now, holdersOf })
    const alone = judged.find((viewed) => viewed.record.sha256 === record.sha256)?.view
    // Of several releases, the one in which it does not hold is what has to be told.
    const failing = views.find(({ check }) => check.outcome !== 'accepted')
    const view = failing ?? views.at(-1) ?? alone
    // Nobody said anything again with what stands there already: that was judged when it was said.
    if (view === undefined) return accept({ standing, scope, outcome: 'accepted' })
    return accept({ standing, scope, view, outcome: outcomeOf(record, view) })
  }
  const question = await askAboutRelease(
    about.id,
    { ...known, items },
    {
      registry,
      now,
      scope: asked,
      holdersOf,
      load: ledger.known,
    },
  )
  if (!question.ok) return question
  const { records, fold } = judgeRelease({ ...question.value, scope })
  const view = records.find((viewed) => viewed.record.sha256 === record.sha256)?.view
  if (view !== undefined)
    return accept({ standing, scope, view, ...outcomeBeside(record, view, fold) })
  const check = groupChecks('release', 'The record does not count', fold.conflicts)
  return accept({
    standing,
    scope,
    view: { status: 'contradictory', check, facts: {} },
    outcome: 'rejected',
  })
}

/** Evidence about a commit is for the targets of its definition, and before any release for none of them alone. */
function placeOf({ evidence = '' }: LedgerRecord, registry: Registry | undefined) {
  const scope = registry?.of('evidence').get(evidence)?.scope
  return { target: scope?.targets?.[0] ?? '', channel: scope?.channels?.[0] ?? '' }
}

/** Statuses that are what their records say, and no reason to think that recording went wrong. */
const SAID: Readonly<Partial<Record<string, readonly string[]>>> = {
  approval: ['rejected'],
  withdrawal: ['withdrawn', 'superseded'],
  incident: ['open'],
}

/** Whatever supports a release that was withdrawn or superseded does not make it one to use. */
function outcomeBeside(
  record: LedgerRecord,
  view: FamilyView,
  fold: ReleaseFold,
): Pick<JudgedRecord, 'outcome' | 'use'> {
  const outcome = outcomeOf(record, view)
  const use = findUse(fold)
  if (use === undefined || record.family === 'withdrawal') return { outcome }
  const isAgainst = outcome === 'accepted' && view.check.outcome !== 'accepted'
  return { outcome: isAgainst ? outcome : combineOutcomes([{ outcome }, use]), use }
}

/** What the command ends with: one rule for all families (docs/records.md). */
function outcomeOf({ family, members }: LedgerRecord, { status, check }: FamilyView): Outcome {
  const isSaid = SAID[family]?.includes(status) === true
  // An incident that names its passing re-run is meant to be closed.
  const isMeant = !Object.hasOwn(members as object, 'passingRerun')
  if (isSaid && isMeant) return 'accepted'
  // The record is there: what can not be judged of it is not accepted, and nothing of the input was wrong.
  return check.outcome === 'error' ? 'missing' : check.outcome
}
