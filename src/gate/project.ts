// A project, collected release by release: what each adds to what is counted, and of the releases that gates are about everything.

import {
  type Evidence,
  type EvidenceIndex,
  indexEvidence,
  type Registry,
  withParts,
} from '../policy/index.ts'
import type { ReleaseView, ViewedRecord } from '../record/index.ts'
import { type GateSubject, requirementsOfGate } from './judge-gate.ts'
import { isNewer, type ProjectState } from './project-state.ts'
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
  /** @param candidate records about the commit that the next release would be built from, where there is no release */
  readonly of: (gate: string, candidate?: CandidateCommit) => GateProject
}

/** A commit, and what the ledger holds about it, judged for the gate. */
export interface CandidateCommit {
  readonly commit: string
  readonly records: readonly ViewedRecord[]
}

/** Takes the releases of a ledger one by one, each judged in the scope of a project. */
export interface ProjectCollection {
  readonly add: (view: ReleaseView) => void
  readonly close: () => Project
}

interface Current {
  readonly state: ReleaseState
  readonly view: ReleaseView
}

/** Begins a project. */
export function collectProject(registry: Registry): ProjectCollection {
  const releases: ReleaseState[] = []
  const newest = new Map<string, Current>()
  const older = new Map<string, Evidence[]>()
  const wide = gatesThatLookBack(registry)
  return {
    add: (view) => {
      const state = stateOf(view, registry)
      releases.push(state)
      if (state.gate === undefined) return
      if (isNewer(state, newest.get(state.gate)?.state)) newest.set(state.gate, { state, view })
      // What is asked about any release of the gate takes all of them, and other gates do without.
      if (!wide.has(state.gate)) return
      older.set(state.gate, [
        ...(older.get(state.gate) ?? []),
        ...releaseEvidenceOf(view, registry).set,
      ])
    },
    close: () => ({
      state: { registry, releases },
      of: (gate, candidate) => {
        const current = newest.get(gate)
        if (current === undefined) return candidateProject(registry, candidate)
        const found = releaseEvidenceOf(current.view, registry)
        return currentProject(current, found, older.get(gate) ?? [])
      },
    }),
  }
}

function currentProject(
  { state, view }: Current,
  { set, commit }: ReleaseEvidence,
  others: readonly Evidence[],
): GateProject {
  const { id, parts } = view.fold.evidence
  const built = commit.find((piece) => piece.commit !== undefined)?.commit
  return {
    current: state,
    subject: {
      release: { id, target: parts.target, channel: parts.channel },
      ...(built !== undefined && { commit: built }),
    },
    evidence: indexEvidence([
      ...set,
      ...commit,
      ...others.filter(({ release }) => release?.id !== id),
    ]),
  }
}

function candidateProject(registry: Registry, candidate: CandidateCommit | undefined): GateProject {
  if (candidate === undefined) return { subject: {}, evidence: indexEvidence([]) }
  const { commit, records } = candidate
  return {
    subject: { commit },
    evidence: indexEvidence(records.map((record) => recordEvidence(record, registry))),
  }
}

/** Gates of whose requirements one selects evidence about any of their releases. */
function gatesThatLookBack(registry: Registry): ReadonlySet<string> {
  const gates = [...registry.of('gate').values()]
  return new Set(
    gates
      .filter((gate) =>
        requirementsOfGate(gate, registry)
          .flatMap(withParts)
          .some(
            ({ requirement }) => 'select' in requirement && requirement.select.about === 'gate',
          ),
      )
      .map(({ id }) => id),
  )
}
