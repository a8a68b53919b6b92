// A project, collected release by release: what each adds to what is counted, and of the releases that are asked about everything.

import { type Check, refusedCheck } from '../core/index.ts'
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
import type { ReleaseView, ViewedRecord } from '../record/index.ts'
import { parseArtifactSetId } from '../statement/index.ts'
import { type GateSubject, opposed } from './gate-subject.ts'
import { requirementsOfGate } from './judge-gate.ts'
import type { GateCode } from './problem.ts'
import { isStanding, type ProjectState } from './project-state.ts'
import { type ReleaseEvidence, recordEvidence, releaseEvidenceOf } from './release-evidence.ts'
import {
  type AskedRelease,
  type AskedSubject,
  createReleaseLine,
  firstEntryOf,
  judgeUse,
  type ReleaseLine,
} from './release-line.ts'
import { type Answers, answersOf, type ReleaseState, stateOf } from './release-state.ts'
import {
  type CandidateCommit,
  judgeAbsence,
  judgeRecords,
  judgeSuspects,
  judgeSuspectsOf,
  type Suspect,
  suspectsIn,
} from './suspects.ts'

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
  readonly of: (id: string, candidate?: () => CandidateCommit | undefined) => GateProject
}

/** Takes the releases of a ledger one by one. */
export interface ProjectCollection {
  /** @param refused its records that are not accepted, or not there, each with why */
  readonly add: (view: ReleaseView, refused: readonly Check[]) => void
  /** @param records about a commit that became no release, judged for a gate */
  readonly addCommit: (records: readonly ViewedRecord[]) => void
  readonly close: () => Project
}

/**
 * Begins a project.
 *
 * @param named what is asked about; else the newest release of each gate, and of each policy of requirements that is for it
 */
export function collectProject(registry: Registry, named: AskedSubject = {}): ProjectCollection {
  const releases: ReleaseState[] = []
  const commits: Answers[] = []
  const suspects: Suspect[] = []
  const lines = new Map<string, ReleaseLine>()
  const older = new Map<string, Evidence[]>()
  const policies = [...registry.of('requirements').values()]
  const wide = idsThatLookBack(registry)
  const lineOf = (id: string) => {
    const line = lines.get(id) ?? createReleaseLine(named)
    lines.set(id, line)
    return line
  }
  return {
    add: (view, refused) => {
      const state = stateOf(view, registry, refused.length)
      releases.push(state)
      const { gate, usedFrom, isWithdrawn } = state
      const own = policies.filter((policy) => isFor(policy, view))
      const places = [...(gate === undefined ? [] : [gate]), ...own.map(({ id }) => id)]
      suspects.push(...suspectsIn(view, state, { places, refused }))
      if (gate !== undefined) {
        lineOf(gate).add({ state, view, place: usedFrom, isStanding: isStanding(state) })
      }
      const place = usedFrom ?? (isWithdrawn ? undefined : firstEntryOf(view))
      for (const { id } of own) lineOf(id).add({ state, view, place, isStanding: !isWithdrawn })
      // What is asked about any release of the gate takes all of them, and others do without.
      for (const id of places.filter((one) => wide.has(one))) {
        const pieces = older.get(id) ?? []
        older.set(id, pieces)
        for (const piece of releaseEvidenceOf(view, registry).set) pieces.push(piece)
      }
    },
    addCommit: (records) => commits.push(answersOf(records)),
    close: () => ({
      state: { registry, releases, commits },
      of: (id, candidateOf) => {
        const line = lineOf(id)
        const asked = line.asked()
        if (asked !== undefined) {
          const found = releaseEvidenceOf(asked.view, registry)
          const { subject, ...project } = currentProject(asked, found, older.get(id) ?? [])
          const against = [
            judgeBuilt(asked.state, named),
            judgeSuspects(asked, suspects),
            line.judgeFallback() ?? judgeUse(asked.state),
          ]
          return { ...project, subject: opposed(subject, ...against) }
        }
        if (named.release !== undefined) return absentProject(named.release)
        const candidate = candidateOf?.()
        const { subject, evidence } = candidateProject(registry, candidate)
        const against = [
          candidate === undefined ? undefined : judgeRecords(candidate),
          judgeSuspectsOf(id, candidate?.commit, suspects),
          line.judgeCandidate(candidate?.commit),
        ]
        return { subject: opposed(subject, ...against), evidence }
      },
    }),
  }
}

function isFor({ scope }: PolicyOf<'requirements'>, { fold }: ReleaseView): boolean {
  const { target, channel } = fold.evidence.parts
  const { targets, channels } = scope
  return (
    (targets === undefined || targets.includes(target)) &&
    (channels === undefined || channels.includes(channel))
  )
}

function currentProject(
  { state, view }: AskedRelease,
  { set, commit }: ReleaseEvidence,
  others: readonly Evidence[],
): GateProject {
  const { id, parts, digest } = view.fold.evidence
  const { target, channel } = parts
  // Also where the ledger holds nothing about it.
  const isShown = state.provenance?.claims.includes('source-revision') === true
  const shown = isShown ? state.commits[0] : undefined
  const built = commit.find((piece) => piece.commit !== undefined)?.commit ?? shown
  return {
    current: state,
    subject: {
      release: { id, target, channel, ...(digest !== undefined && { digest }) },
      ...(built !== undefined && { commit: built }),
      against: [],
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
  const release = parts.ok && { id, target: parts.value.target, channel: parts.value.channel }
  const subject = { ...(release !== false && { release }), against: [judgeAbsence('release', id)] }
  return { subject, evidence: indexEvidence([]) }
}

/** Two names of one question have to be of one subject. */
function judgeBuilt(
  { commits }: ReleaseState,
  { release, commit }: AskedSubject,
): Check | undefined {
  if (release === undefined || commit === undefined || commits.includes(commit)) return undefined
  const message = 'The release that was named was not built from the commit that was named'
  return refusedCheck<GateCode>('release-commit', 'rejected', 'gate/release-commit', message, {
    expected: commit,
    found: commits.length === 0 ? 'no commit that is known' : commits.join(', '),
  })
}

function candidateProject(registry: Registry, candidate: CandidateCommit | undefined): GateProject {
  if (candidate === undefined) return { subject: { against: [] }, evidence: indexEvidence([]) }
  const { commit, records } = candidate
  return {
    subject: { commit, against: [] },
    evidence: indexEvidence(records.map((record) => recordEvidence(record, registry))),
  }
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
