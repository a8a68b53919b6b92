// Records that are refused, not there, or contradict the others: whatever else is shown of a release or a commit, they speak against it.

import { type Check, refusedCheck } from '../core/index.ts'
import type { Registry } from '../policy/index.ts'
import type { ReleaseView, ViewedRecord } from '../record/index.ts'
import type { GateCode } from './problem.ts'
import { type AskedRelease, judgeUse } from './release-line.ts'
import { type ReleaseState, stateOf } from './release-state.ts'

/** A release of which something can not be read, or contradicts the rest. */
export interface Suspect {
  readonly state: ReleaseState
  /** The channel and the target. */
  readonly way: string
  /** Ids of the gate and of the policies of requirements that it is of. */
  readonly places: readonly string[]
  readonly checks: readonly Check[]
}

/**
 * @param places ids of what it is of
 * @param refused records of it that are not accepted, or not there
 * @returns none where nothing of it is suspect
 */
export function suspectsIn(
  view: ReleaseView,
  state: ReleaseState,
  { places, refused }: Pick<Suspect, 'places'> & { readonly refused: readonly Check[] },
): readonly Suspect[] {
  if (state.isSound) return []
  return [{ state, way: wayOf(view), places, checks: [...refused, ...contradictionsIn(view)] }]
}

/** The release itself, and those of the same way to the same target that may be newer: what can not be read of them may speak against it. */
export function judgeSuspects(
  asked: AskedRelease,
  suspects: readonly Suspect[],
): Check | undefined {
  const way = wayOf(asked.view)
  return refusedOf(
    suspects.filter(
      ({ state, way: other }) =>
        state.id === asked.state.id || (other === way && mayBeNewer(state, asked.place)),
    ),
  )
}

/** Those of a gate or a policy that were built from the commit, as far as anybody can know. */
export function judgeSuspectsOf(
  id: string,
  commit: string | undefined,
  suspects: readonly Suspect[],
): Check | undefined {
  return refusedOf(
    suspects.filter(
      ({ state: { commits }, places }) =>
        places.includes(id) && (commits.length === 0 || commits.some((one) => one === commit)),
    ),
  )
}

/** What is not tracked may be of any time. */
function mayBeNewer({ isTracked, usedFrom }: ReleaseState, place: number): boolean {
  return !isTracked || usedFrom === undefined || usedFrom > place
}

function wayOf({ fold }: ReleaseView): string {
  const { target, channel } = fold.evidence.parts
  return `${channel} ${target}`
}

/**
 * What speaks against a release that was named, whatever its evidence shows: its withdrawal, or records that are not accepted, not there, or
 * contradict the others; absent where there is nothing.
 *
 * @param refused those of them that are not accepted, or not there
 */
export function judgeSoundness(
  view: ReleaseView,
  registry: Registry,
  refused: readonly Check[],
): Check | undefined {
  const state = stateOf(view, registry, refused.length)
  return refusedOf(suspectsIn(view, state, { places: [], refused })) ?? judgeUse(state)
}

/** A commit, and what the ledger holds about it, judged for the gate. */
export interface CandidateCommit {
  readonly commit: string
  readonly records: readonly ViewedRecord[]
  /** The records about it that are not accepted, or not there. */
  readonly refused: readonly Check[]
}

/** That there are none of a commit, or that some are refused. */
export function judgeRecords({ commit, records, refused }: CandidateCommit): Check | undefined {
  if (refused.length > 0) return refusedRecords(`commit ${commit}`, refused)
  return records.length === 0 ? judgeAbsence('commit', commit) : undefined
}

/** What a statement over files says nothing of, a record does. */
const NAMED_BY = {
  release:
    'A record has to name the release, as `assay record tracking` does: a statement over files names none',
  commit: 'A record has to be about the commit, as `assay record test-result --commit` makes one',
} as const

/** That the ledger holds nothing about a subject: then nothing can have been said against it, either. */
export function judgeAbsence(subject: 'release' | 'commit', id: string): Check {
  const message = `The ledger holds nothing about the ${subject}`
  return refusedCheck<GateCode>(subject, 'missing', 'gate/subject-unknown', message, {
    ...{ found: id, hint: NAMED_BY[subject] },
  })
}

/** Of the release as a whole: contradictions, what is refused of its commit, and another gate than its own. */
function contradictionsIn({ check: { checks = [] } }: ReleaseView): readonly Check[] {
  const names = ['release', 'commit-records', 'gate']
  return checks.filter(({ name, outcome }) => outcome !== 'accepted' && names.includes(name))
}

function refusedOf(suspects: readonly Suspect[]): Check | undefined {
  if (suspects.length === 0) return undefined
  const about = suspects.map(({ state }) => state.id).join(', ')
  return refusedRecords(
    about,
    suspects.flatMap(({ checks }) => checks),
  )
}

/** @param about what they are of */
function refusedRecords(about: string, records: readonly Check[]): Check {
  const message = 'Records are not accepted, not there, or contradict the others'
  const found = { found: about, ...(records.length > 0 && { checks: records }) }
  return refusedCheck<GateCode>(
    'release-records',
    'rejected',
    'gate/records-refused',
    message,
    found,
  )
}
