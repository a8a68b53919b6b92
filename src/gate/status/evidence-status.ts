// What an evidence definition comes to: whether it is recorded, what stands behind that, and whether it is of production grade.

import type { EvidenceLimit, PolicyOf } from '../../policy/index.ts'
import { currentReleaseOf, type ProjectState } from '../project-state.ts'

/**
 * How far it is: an accepted record answers it; it names files that make it, at which nobody looks here; or people have to make it.
 */
export type EvidenceState = 'recorded' | 'defined-with-implementation' | 'defined-by-hand'

/** What stands behind its records. The signature of a record is not provenance. */
export type EvidenceProvenance = 'not-recorded' | 'records-only' | 'records-of-provenanced-release'

/**
 * An evidence definition, as it stands.
 *
 * @example { id: 'evidence.web.smoke', state: 'recorded', provenance: 'records-only', limits: [], isProductionGrade: false, … }
 */
export interface EvidenceStatus {
  readonly id: string
  readonly kind: string
  readonly state: EvidenceState
  readonly implementedBy: readonly string[]
  readonly provenance: EvidenceProvenance
  /** What it is no more than, as it says itself. */
  readonly limits: readonly EvidenceLimit[]
  /** A live record about the set that a gate to production is about answers it, and so does live provenance of that set. */
  readonly isProductionGrade: boolean
}

/** Every evidence definition, in the order of the registry. */
export function evidenceStatuses(project: ProjectState): readonly EvidenceStatus[] {
  return [...project.registry.of('evidence').values()].map((definition) =>
    statusOf(definition, project),
  )
}

function statusOf(definition: PolicyOf<'evidence'>, project: ProjectState): EvidenceStatus {
  const { id, evidenceKind: kind, implementedBy = [], limits } = definition
  const answering = project.releases.filter(({ answered }) => answered.includes(id))
  return {
    ...{ id, kind, implementedBy, limits },
    state: stateOf(answering.length > 0, implementedBy),
    provenance: provenanceOf(answering),
    isProductionGrade: isProductionGrade(id, project),
  }
}

function stateOf(isRecorded: boolean, implementedBy: readonly string[]): EvidenceState {
  if (isRecorded) return 'recorded'
  return implementedBy.length > 0 ? 'defined-with-implementation' : 'defined-by-hand'
}

function provenanceOf(answering: ProjectState['releases']): EvidenceProvenance {
  if (answering.length === 0) return 'not-recorded'
  return answering.some(({ provenance }) => provenance !== undefined)
    ? 'records-of-provenanced-release'
    : 'records-only'
}

function isProductionGrade(evidence: string, project: ProjectState): boolean {
  return [...project.registry.of('gate').values()]
    .filter(({ scope }) => scope.stages.includes('production'))
    .map(({ id }) => currentReleaseOf(project, id))
    .some(
      (release) =>
        release?.provenance?.origin === 'live-workflow' && release.answeredLive.includes(evidence),
    )
}
