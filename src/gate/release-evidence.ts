// A judged release as evidence for requirements: every record that counts, what builds and tools made, and the records about its commit.

import {
  COMMIT_STAGES,
  type ComputedView,
  type Evidence,
  type EvidenceFamily,
  type Registry,
  type Stage,
  STAGES,
} from '../policy/index.ts'
import {
  type FoldedMaterial,
  type FoldedRecord,
  judgeProvenance,
  predicateOf,
  type ReleaseView,
  type ViewedRecord,
  vouchedTimeOf,
} from '../record/index.ts'
import { parseArtifactSetId } from '../statement/index.ts'
import type { Origin, TrustedSigner } from '../verify/index.ts'
import { findOvertaking, summaryOf, viewSummary } from './summary/summary-view.ts'

/** What there is of one release. */
export interface ReleaseEvidence {
  /** About the set, in ledger order. */
  readonly set: readonly Evidence[]
  /** About the commit that it was built from, as its accepted provenance shows. */
  readonly commit: readonly Evidence[]
}

/** Of what counts in the project; what was superseded is not there, and what was made up for is marked. */
export function releaseEvidenceOf(view: ReleaseView, registry: Registry): ReleaseEvidence {
  const { materials } = view.fold.evidence
  const pieces = [
    ...view.records.map((viewed) => recordEvidence(viewed, registry)),
    ...materials.map((material) => materialEvidence(material, view)),
  ]
  return {
    set: pieces.toSorted((a, b) => a.index - b.index),
    commit: view.commitRecords.map((viewed) => recordEvidence(viewed, registry)),
  }
}

/** One record as evidence. */
export function recordEvidence(
  { record, view, overtakenBy }: ViewedRecord,
  registry: Registry,
): Evidence {
  const { family, evidence, policy, release, about } = record
  const stage = release === undefined ? commitStageOf(record, registry) : release.deploymentStage
  return {
    ...signedParts(record),
    // Ruling 8, ruling 23: a smoke of another address, and what is put together of others, may be of a lower origin than their signer.
    origin: (view.facts['origin'] ?? record.origin) as Origin,
    family,
    ...(evidence !== undefined && { evidence }),
    ...(policy !== undefined && { policy }),
    ...(isStage(stage) && { stage }),
    ...(release !== undefined && {
      phase: release.phase,
      release: {
        id: release.artifactSetId,
        target: targetOf(release.artifactSetId),
        channel: release.releaseChannel,
        version: release.artifactVersion,
      },
    }),
    ...(about.kind === 'commit' && { commit: about.commit }),
    computed: {
      status: view.status,
      outcome: view.check.outcome,
      facts: view.facts,
      reason: view.check,
    },
    ...(overtakenBy !== undefined && { overtakenBy: overtakenBy.sha256 }),
    ...(view.isAside === true && { isAside: true }),
    predicate: predicateOf(record),
  }
}

const FAMILY_OF: Readonly<Record<FoldedMaterial['name'], EvidenceFamily>> = {
  provenance: 'provenance',
  'provenance-v0.2': 'provenance',
  cyclonedx: 'sbom',
  vsa: 'summary',
  svr: 'summary',
}

function materialEvidence(material: FoldedMaterial, view: ReleaseView): Evidence {
  const { id, parts, materials } = view.fold.evidence
  const overtaking = findOvertaking(material, materials)
  return {
    ...signedParts(material),
    family: FAMILY_OF[material.name],
    release: { id, target: parts.target, channel: parts.channel, version: parts.release },
    computed: materialView(material, view),
    ...(overtaking !== undefined && { overtakenBy: overtaking.sha256 }),
    predicate: material.predicate ?? {},
  }
}

/** What a provenance comes to is said by all evidence of its release; of other materials it is that they verified. */
function materialView(material: FoldedMaterial, { fold, summary }: ReleaseView): ComputedView {
  const verified = summaryOf(material)
  if (verified !== undefined) return viewSummary(verified)
  if (material.provenance === undefined) {
    const reason = { name: material.name, outcome: 'accepted', message: 'It verified' } as const
    return { status: 'verified', outcome: 'accepted', facts: {}, reason }
  }
  const { check, claims, signing } = judgeProvenance(fold.evidence, {
    snapshot: summary.snapshot,
    named: [material.sha256],
  })
  const { buildLevel } = material.provenance
  const facts = { claims: [...claims], ...(buildLevel !== undefined && { buildLevel }) }
  return { status: signing, outcome: check.outcome, facts, reason: check }
}

type Signed = FoldedRecord | FoldedMaterial

function signedParts(signed: Signed) {
  const { sha256, index, predicateType, origin, signer } = signed
  const signedAt = vouchedTimeOf(signed)
  return {
    sha256,
    index,
    predicateType,
    origin,
    signer: signerOf(signer),
    ...(signedAt !== undefined && { signedAt }),
  }
}

function signerOf({ name, principal, kind, roles }: TrustedSigner): Evidence['signer'] {
  return { name, principal, kind: kind ?? 'unknown', roles: roles.map((role) => role.name) }
}

function targetOf(artifactSetId: string): string {
  const parts = parseArtifactSetId(artifactSetId)
  // Whoever read the release of a record has read its id.
  return parts.ok ? parts.value.target : ''
}

/** Evidence about a commit is of the stage that its definition names for such evidence. */
function commitStageOf({ evidence = '' }: FoldedRecord, registry: Registry): Stage | undefined {
  const stages = registry.of('evidence').get(evidence)?.scope.stages ?? []
  return COMMIT_STAGES.find((stage) => stages.includes(stage))
}

function isStage(stage: string | undefined): stage is Stage {
  return STAGES.some((one) => one === stage)
}
