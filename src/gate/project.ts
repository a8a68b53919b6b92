// A project, collected release by release: what each adds to what is counted, and of the releases that are asked about everything.

import {
  type Evidence,
  type EvidenceIndex,
  indexEvidence,
  type PlacedRequirement,
  type PolicyOf,
  type Registry,
  requirementsOf,
  withParts,
} from '../policy/index.ts'
import { type Check, quote, refusedCheck } from '../core/index.ts'
import type { ReleaseView, ViewedRecord } from '../record/index.ts'
import { parseArtifactSetId } from '../statement/index.ts'
import { type GateSubject, requirementsOfGate } from './judge-gate.ts'
import type { ProjectState } from './project-state.ts'
import type { GateCode } from './problem.ts'
import { recordEvidence, type ReleaseEvidence, releaseEvidenceOf } from './release-evidence.ts'
import { type ReleaseState, stateOf } from './release-state.ts'

/** What a gate is asked about, and the evidence for it. */
export interface GateProject {
  readonly subject: GateSubject
  readonly evidence: EvidenceIndex
  /** Of the current release, with all that it adds. */
  readonly current?: ReleaseState
}

/** Everything that is known of a project when all of its releases were looked at. */
export interface Project {
  readonly state: ProjectState
  /**
   * @param id of a gate, or of a policy of requirements
   * @param candidate records about the commit that the next release would be built from, where there is no release
   */
  readonly of: (id: string, candidate?: CandidateCommit) => GateProject
}

/** A commit, and what the ledger holds about it, judged for the gate. */
export interface CandidateCommit {
  readonly commit: string
  readonly records: readonly ViewedRecord[]
  /** How many records about it are not accepted, or not there. */
  readonly refused: number
  /** Whether somebody asked about it, and not only the ledger has it last. */
  readonly isNamed: boolean
}

/** Takes the releases of a ledger one by one. */
export interface ProjectCollection {
  /** @param refused how many of its records are not accepted, or not there */
  readonly add: (view: ReleaseView, refused: number) => void
  readonly close: () => Project
}

interface Current {
  readonly state: ReleaseState
  readonly view: ReleaseView
  readonly rank: number
}

/**
 * Begins a project.
 *
 * @param named the release that is asked about; else the newest one of each gate, and of each policy of requirements that is for it
 */
export function collectProject(registry: Registry, named?: string): ProjectCollection {
  const releases: ReleaseState[] = []
  const newest = new Map<string, Current>()
  const older = new Map<string, Evidence[]>()
  const policies = [...registry.of('requirements').values()]
  const wide = idsThatLookBack(registry)
  const withdrawn = new Map<string, Current>()
  const keep = (id: string, current: Current) => {
    newest.set(id, current)
  }
  const isAskedOf = (id: string, current: Current) => {
    const { state, rank } = current
    if (named === undefined && state.isWithdrawn && rank > (withdrawn.get(id)?.rank ?? -1)) {
      withdrawn.set(id, current)
    }
    return isAsked(current, newest.get(id), named)
  }
  return {
    add: (view, refused) => {
      const state = stateOf(view, registry, refused)
      releases.push(state)
      const current = { state, view, rank: rankOf(state, view) }
      const { gate } = state
      // Withdrawn is also what is not tracked any more: nothing that is taken away undoes it.
      if (gate !== undefined && isAskedOf(gate, current) && state.trackedAt !== undefined) {
        keep(gate, current)
      }
      const own = policies.filter((policy) => isFor(policy, view))
      for (const { id } of own) if (isAskedOf(id, current)) keep(id, current)
      // What is asked about any release of the gate takes all of them, and others do without.
      const places = [...(gate === undefined ? [] : [gate]), ...own.map(({ id }) => id)]
      for (const id of places.filter((one) => wide.has(one))) {
        older.set(id, [...(older.get(id) ?? []), ...releaseEvidenceOf(view, registry).set])
      }
    },
    close: () => ({
      state: { registry, releases },
      of: (id, candidate) => {
        const current = newest.get(id)
        if (current !== undefined) {
          const found = releaseEvidenceOf(current.view, registry)
          const project = currentProject(current, found, older.get(id) ?? [])
          const unsound =
            unsoundOf(releases, current) ??
            fallbackOf(current, withdrawn.get(id)) ??
            (registry.of('gate').has(id) ? withdrawnOf(current) : undefined)
          if (unsound === undefined) return project
          return { ...project, subject: { ...project.subject, unsound } }
        }
        if (named !== undefined) return absentProject(named)
        const project = candidateProject(registry, candidate)
        const gone = withdrawn.get(id)
        if (gone === undefined || candidate?.isNamed === true) return project
        const unsound = project.subject.unsound ?? nothingLeft(gone)
        return { ...project, subject: { ...project.subject, unsound } }
      },
    }),
  }
}

/** By the entry that it was first tracked at, or, where it is not tracked, by its first one. */
function rankOf({ trackedAt }: ReleaseState, { fold }: ReleaseView): number {
  const { records, materials } = fold.evidence
  return trackedAt ?? Math.min(...[...records, ...materials].map(({ index }) => index))
}

function isFor({ scope }: PolicyOf<'requirements'>, { fold }: ReleaseView): boolean {
  const { target, channel } = fold.evidence.parts
  const { targets, channels } = scope
  return (
    (targets === undefined || targets.includes(target)) &&
    (channels === undefined || channels.includes(channel))
  )
}

/** The one that is named, whatever became of it; or the newest of which something counts and that was not withdrawn. */
function isAsked({ state, rank }: Current, than: Current | undefined, named?: string): boolean {
  if (named !== undefined) return state.id === named
  return !state.isWithdrawn && Number.isFinite(rank) && rank > (than?.rank ?? -1)
}

function currentProject(
  { state, view }: Current,
  { set, commit }: ReleaseEvidence,
  others: readonly Evidence[],
): GateProject {
  const { id, parts, digest } = view.fold.evidence
  const { target, channel } = parts
  const built = commit.find((piece) => piece.commit !== undefined)?.commit
  return {
    current: state,
    subject: {
      release: { id, target, channel, ...(digest !== undefined && { digest }) },
      ...(built !== undefined && { commit: built }),
    },
    evidence: indexEvidence([
      ...set,
      ...commit,
      ...others.filter(({ release }) => release?.id !== id),
    ]),
  }
}

/** A release of which the ledger holds nothing. */
function absentProject(id: string): GateProject {
  const parts = parseArtifactSetId(id)
  const evidence = indexEvidence([])
  if (!parts.ok) return { subject: {}, evidence }
  const { target, channel } = parts.value
  return { subject: { release: { id, target, channel } }, evidence }
}

function candidateProject(registry: Registry, candidate: CandidateCommit | undefined): GateProject {
  if (candidate === undefined) return { subject: {}, evidence: indexEvidence([]) }
  const { commit, records, refused } = candidate
  return {
    subject: { commit, ...(refused > 0 && { unsound: refusedOf([`commit ${commit}`]) }) },
    evidence: indexEvidence(records.map((record) => recordEvidence(record, registry))),
  }
}

/** The release itself, and those of the same way to the same target that may be newer: what can not be read of them may speak against it. */
function unsoundOf(
  releases: readonly ReleaseState[],
  { state, view, rank }: Current,
): Check | undefined {
  const { target, channel } = view.fold.evidence.parts
  const suspects = releases.filter(({ id, isSound, trackedAt }) => {
    if (isSound) return false
    const parts = parseArtifactSetId(id)
    const isBeside = parts.ok && parts.value.target === target && parts.value.channel === channel
    return id === state.id || (isBeside && (trackedAt ?? Number.POSITIVE_INFINITY) > rank)
  })
  return suspects.length === 0 ? undefined : refusedOf(suspects.map(({ id }) => id))
}

/** Nobody asked about an older release than the newest: that one was withdrawn, and a withdrawal makes nothing good. */
function fallbackOf({ state, rank }: Current, than: Current | undefined): Check | undefined {
  if (than === undefined || than.rank < rank) return undefined
  return refusedCheck<GateCode>(
    'release-fallback',
    'missing',
    'gate/release-fallback',
    `The newest release was withdrawn, and nobody named the one before it, ${quote(state.id)}`,
    { found: than.state.id, hint: `Name it: --release ${state.id}` },
  )
}

/** Nor about the commit of one that is still to be made. */
function nothingLeft({ state }: Current): Check {
  return refusedCheck<GateCode>(
    'release-fallback',
    'missing',
    'gate/release-fallback',
    'The newest release was withdrawn, and nobody named the commit of the next one',
    { found: state.id, hint: 'Name it: --commit COMMIT' },
  )
}

/** A release that was named for a gate is decided about as it stands. */
function withdrawnOf({ state }: Current): Check | undefined {
  if (!state.isWithdrawn) return undefined
  const message = 'The release was withdrawn'
  const found = state.id
  return refusedCheck<GateCode>('release-use', 'rejected', 'gate/release-withdrawn', message, {
    found,
  })
}

/**
 * Records of a release that are not accepted, not there, or contradict the others; absent where there are none.
 *
 * @param refused how many of them are not accepted, or not there
 */
export function unsoundRecordsOf(
  view: ReleaseView,
  registry: Registry,
  refused: number,
): Check | undefined {
  return stateOf(view, registry, refused).isSound ? undefined : refusedOf([view.id])
}

function refusedOf(found: readonly string[]): Check {
  return refusedCheck<GateCode>(
    'release-records',
    'rejected',
    'gate/records-refused',
    'Records are not accepted, not there, or contradict the others',
    { found: found.join(', ') },
  )
}

/** Gates, and policies of requirements, of whose requirements one selects evidence about any of their releases. */
function idsThatLookBack(registry: Registry): ReadonlySet<string> {
  const asked: readonly (readonly [string, readonly PlacedRequirement[]])[] = [
    ...[...registry.of('gate').values()].map(
      (gate) => [gate.id, requirementsOfGate(gate, registry)] as const,
    ),
    ...[...registry.of('requirements').values()].map(
      (policy) => [policy.id, requirementsOf(policy)] as const,
    ),
  ]
  const looksBack = ({ requirement }: PlacedRequirement) =>
    'select' in requirement && requirement.select.about === 'gate'
  return new Set(
    asked
      .filter(([, requirements]) => requirements.flatMap(withParts).some(looksBack))
      .map(([id]) => id),
  )
}
