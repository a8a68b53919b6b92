// What an evidence definition comes to: how far it is, what stands behind that, and whether it is of production grade.

import type { EvidenceLimit, PolicyOf } from '../../policy/index.ts'
import { currentReleaseOf, type ProjectState } from '../project-state.ts'
import type { Answers, ReleaseState } from '../release-state.ts'
import { type EvidenceProvenance, evidenceProvenance } from './evidence-provenance.ts'
import {
  type EvidenceImplementation,
  implementationOf,
  type ReleaseSnapshot,
} from './implementation.ts'

/** How far it is: an accepted record answers it; the files that make it are in the snapshot of a release in use; or it is there in words. */
export type EvidenceState = 'recorded' | 'implemented' | 'defined'

/**
 * An evidence definition, as it stands.
 *
 * @example { id: 'evidence.web.smoke', state: 'recorded', implementation: { state: 'not-looked-at' }, isProductionGrade: false, … }
 */
export interface EvidenceStatus {
  readonly id: string
  readonly kind: string
  readonly state: EvidenceState
  readonly implementedBy: readonly string[]
  readonly implementation: EvidenceImplementation
  readonly provenance: EvidenceProvenance
  /** What it is no more than, as it says itself. */
  readonly limits: readonly EvidenceLimit[]
  /** A live record of the release that a gate to production is about, or of its commit, answers it; live provenance ties the two. */
  readonly isProductionGrade: boolean
}

/** Every evidence definition, in the order of the registry. */
export function evidenceStatuses(
  project: ProjectState,
  snapshots: readonly ReleaseSnapshot[],
): readonly EvidenceStatus[] {
  const production = [...project.registry.of('gate').values()]
    .filter(({ scope }) => scope.stages.includes('production'))
    .flatMap(({ id }) => currentReleaseOf(project, id) ?? [])
  return [...project.registry.of('evidence').values()].map((definition) =>
    statusOf(definition, { ...project, production, snapshots }),
  )
}

interface Around {
  readonly releases: readonly ReleaseState[]
  readonly commits: readonly Answers[]
  /** Those that gates to production are about. */
  readonly production: readonly ReleaseState[]
  readonly snapshots: readonly ReleaseSnapshot[]
}

function statusOf(
  definition: PolicyOf<'evidence'>,
  { releases, commits, production, snapshots }: Around,
): EvidenceStatus {
  const { id, evidenceKind: kind, implementedBy = [], limits } = definition
  const implementation = implementationOf(definition, snapshots)
  const answering = [...releases, ...commits]
  const isRecorded = answering.some(({ answered }) => answered.includes(id))
  const isImplemented = implementation.state === 'in-snapshot'
  return {
    ...{ id, kind, implementedBy, limits, implementation },
    state: isRecorded ? 'recorded' : isImplemented ? 'implemented' : 'defined',
    provenance: evidenceProvenance(definition, { releases, commits, production }),
    isProductionGrade: canBeProductionGrade(definition) && production.some(isGradeGiving(id)),
  }
}

/** Of these the most that they can show comes before production, whatever their result. */
const BEFORE_PRODUCTION: readonly EvidenceLimit[] = [
  'pre-production-workflow-only',
  'local-hash-baseline-only',
  'not-a-release-bundle',
  'manual-browser-export-only',
  'staging-rollout-only',
]

function canBeProductionGrade({ scope, limits }: PolicyOf<'evidence'>): boolean {
  return (
    scope.stages.includes('production') &&
    !limits.some((limit) => BEFORE_PRODUCTION.includes(limit))
  )
}

function isGradeGiving(evidence: string): (release: ReleaseState) => boolean {
  return ({ provenance, answeredLive }) =>
    provenance?.origin === 'live-workflow' && answeredLive.includes(evidence)
}
