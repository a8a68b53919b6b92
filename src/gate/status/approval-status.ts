// What an approval record of a gate comes to: its state, provenance, signing, test, canary and production posture. None of it is written in it.

import type { PolicyOf, Registry, Stage } from '../../policy/index.ts'
import type { GateFinding } from '../judge-gate.ts'
import { approvalOf } from '../posture.ts'
import { currentReleaseOf, type ProjectState } from '../project-state.ts'
import type { CountedProvenance, ReleaseState } from '../release-state.ts'

/** Of a bundle: whether accepted provenance is over it. */
export type BundleProvenance = 'no-bundle' | 'bundle-not-signed' | 'bundle-signed'

/** What came of the canary rules that the record names, of its release. */
export type ApprovalCanary =
  | 'no-canary-stage'
  | 'rules-defined-no-canary'
  | 'rules-defined-evidence-open'
  | 'canary-accepted'

/** Where its target stands. */
export type ApprovalProduction =
  | 'not-production'
  | 'workflow-defined-launch-blocked'
  | 'launch-ready-not-approved'
  | 'launch-approved'

/**
 * An approval record, as it stands. `mode` and `scope` are what it declares.
 *
 * @example { id: 'release_approval.web', provenance: 'bundle-signed', signing: 'signed-with-key', open: 2, … }
 */
export interface ApprovalStatus {
  readonly id: string
  readonly gate: string
  /** The newest one that stands. */
  readonly release?: string
  readonly mode: string
  readonly scope: string
  readonly state: 'fulfilled' | 'open'
  /** How many requirements of its own are open. */
  readonly open: number
  readonly provenance: BundleProvenance
  readonly signing: CountedProvenance['signing'] | 'unsigned'
  readonly test: TestPosture
  readonly canary: ApprovalCanary
  readonly production: ApprovalProduction
}

/** The checks that a record links, and of which of them the release has an accepted record. */
export interface TestPosture {
  readonly linked: readonly string[]
  /** The stages that these checks are of. */
  readonly stages: readonly Stage[]
  readonly recorded: readonly string[]
}

/** Every approval record, in the order of the registry. */
export function approvalStatuses(
  project: ProjectState,
  gates: readonly GateFinding[],
): readonly ApprovalStatus[] {
  return [...project.registry.of('approval').values()].flatMap((approval) =>
    gates
      .filter(({ gate }) => gate.id === approval.gate)
      .map((finding) => statusOf(approval, finding, project)),
  )
}

function statusOf(
  approval: PolicyOf<'approval'>,
  finding: GateFinding,
  project: ProjectState,
): ApprovalStatus {
  const { id, gate, mode, approvalScope: scope } = approval
  const release = currentReleaseOf(project, gate)
  const { status: state, open } = approvalOf(finding, project)
  return {
    ...{ id, gate, ...(release !== undefined && { release: release.id }), mode, scope },
    state,
    open,
    provenance: provenanceOf(release),
    signing: release?.provenance?.signing ?? 'unsigned',
    test: testOf(approval, release, project.registry),
    canary: canaryOf(approval, release, project.registry),
    production: productionOf(finding, release),
  }
}

/** The signature of a record is not provenance. */
function provenanceOf(release: ReleaseState | undefined): BundleProvenance {
  if (release === undefined) return 'no-bundle'
  return release.provenance === undefined ? 'bundle-not-signed' : 'bundle-signed'
}

function testOf(
  { linkedChecks: linked }: PolicyOf<'approval'>,
  release: ReleaseState | undefined,
  registry: Registry,
): TestPosture {
  const stages = linked.flatMap((id) => registry.of('evidence').get(id)?.scope.stages ?? [])
  return {
    linked,
    stages: [...new Set(stages)],
    recorded: linked.filter((id) => release?.answered.includes(id) === true),
  }
}

function canaryOf(
  { canaryRules }: PolicyOf<'approval'>,
  release: ReleaseState | undefined,
  registry: Registry,
): ApprovalCanary {
  if (canaryRules.length === 0) return 'no-canary-stage'
  if (release?.hasCanary !== true) return 'rules-defined-no-canary'
  const isShown = (rule: PolicyOf<'canary'> | undefined) =>
    rule?.evidence.every((id) => release.answered.includes(id)) === true
  return canaryRules.map((id) => registry.of('canary').get(id)).every(isShown)
    ? 'canary-accepted'
    : 'rules-defined-evidence-open'
}

/** Approved is only what people approved and nothing blocks. */
function productionOf(
  { launch, isProductionReady }: GateFinding,
  release: ReleaseState | undefined,
): ApprovalProduction {
  if (launch === undefined) return 'not-production'
  if (!isProductionReady) return 'workflow-defined-launch-blocked'
  const isApproved = (release?.launchApprovals ?? []).length > 0
  return isApproved ? 'launch-approved' : 'launch-ready-not-approved'
}
