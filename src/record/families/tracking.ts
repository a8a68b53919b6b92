// Tracking: what a release is known by, from the build that made it.

import * as z from 'zod/mini'
import { type Check, failedChecks, groupChecks } from '../../core/index.ts'
import type { IdentityField, Phase, PolicyOf } from '../../policy/index.ts'
import { checkPhase } from '../policies/phase.ts'
import { newestOf } from '../time/order.ts'
import { statusOfParts } from '../checks/place.ts'
import { checkRepeated } from '../checks/repeated-fact.ts'
import { defineFamily } from '../family.ts'
import { NAME, SHA256, TEXT, TIME } from '../statement/member-schema.ts'
import { onceFor } from '../once.ts'
import { policyOf } from '../policies/policy-of.ts'
import { judgeProvenance, type ProvenanceFinding } from '../release/provenance.ts'
import type { FoldedRecord, ReleaseEvidence } from '../release/evidence.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'

const MEMBERS = z.strictObject({
  artifactName: NAME,
  artifactType: NAME,
  /** Of the pipeline that built it: a workflow, a job. */
  buildPipeline: TEXT,
  buildTime: TIME,
  /** SHA-256 of the snapshot of what the release was made from. */
  snapshot: SHA256,
  /** SHA-256 of the inner manifest: of all that existed before any record. */
  innerManifest: SHA256,
  /** Of a hotfix: what was left out on the way, and why. */
  bypassNote: z.optional(TEXT),
})

/** What a tracking record holds. */
export type Tracking = Readonly<z.infer<typeof MEMBERS>>

/** The family; its view tells signing and provenance of the release, and the phases that are recorded. */
export const TRACKING = defineFamily({
  name: 'tracking',
  members: MEMBERS,
  about: ['set'],
  isAdoptable: true,
  policyKind: 'tracking',
  view: viewTracking,
})

/** The last tracking record of a phase: a later one of another phase takes nothing away from what this one says of its own. */
export function trackingOf(
  { records }: Pick<ReleaseEvidence, 'records'>,
  phase: Phase | undefined,
): FoldedRecord<Tracking> | undefined {
  return newestOf(
    records.filter(
      (record): record is FoldedRecord<Tracking> =>
        record.family === TRACKING.name && record.release?.phase === phase,
    ),
  )
}

function viewTracking(record: FoldedRecord<Tracking>, context: ViewContext): FamilyView {
  const { evidence } = context
  const { policy, check } = policyOf('tracking', record, context)
  const provenance = judgeProvenance(evidence, { snapshot: record.members.snapshot })
  const identity = policy === undefined ? undefined : checkIdentity(record, policy)
  const all = groupChecks('tracking', 'The identity of the release', [
    check,
    ...(identity === undefined ? [] : Object.values(identity).flat()),
  ])
  return {
    status: statusOfParts(
      [
        ['not-judged', [check]],
        ['contradictory', identity?.repeated ?? []],
        ['identity-incomplete', identity?.fields ?? []],
        ['wrong-phase', identity?.phase ?? []],
      ],
      all,
      'bundle-generated',
    ),
    check: all,
    facts: {
      phases: phasesOf(evidence, record.id),
      signing: provenance.signing,
      provenanceStatus: provenanceStatusOf(provenance),
      provenance: provenance.accepted.map(({ sha256 }) => sha256),
      origin: record.origin,
    },
  }
}

/** A later record of another phase stands in the place of one before it, and the phase of that one is recorded all the same. */
const phasesOf = onceFor((evidence: ReleaseEvidence, id) => {
  const phases = evidence.records.flatMap((record) =>
    record.id === id && record.release !== undefined ? [record.release.phase] : [],
  )
  return [...new Set(phases)]
})

/** Why a release is unsigned, or what stands beside the provenance that is accepted. */
function provenanceStatusOf({ check }: ProvenanceFinding): string {
  if (check.outcome === 'accepted') return 'accepted'
  const codes = failedChecks(check).map(({ code }) => code)
  if (codes.includes('record/provenance-source')) return 'of-another-commit'
  return codes.includes('record/quorum') ? 'awaiting-signers' : 'none'
}

/** Where each field of the policy comes from: the record, the release that it is of, or what is computed here. */
const SOURCES: Readonly<Record<IdentityField, (record: FoldedRecord<Tracking>) => unknown>> = {
  'artifact-name': ({ members }) => members.artifactName,
  'artifact-type': ({ members }) => members.artifactType,
  'artifact-version': ({ release }) => release?.artifactVersion,
  'source-revision': ({ release }) => release?.sourceRevision,
  'release-evidence-origin-class': ({ origin }) => origin,
  'build-pipeline-identifier': ({ members }) => members.buildPipeline,
  'build-timestamp': ({ members }) => members.buildTime,
  'artifact-digest': ({ about }) => about.kind === 'set' && about.digest,
  'release-channel': ({ release }) => release?.releaseChannel,
  'signing-status': () => 'computed',
  'provenance-status': () => 'computed',
  'dependency-snapshot-reference': ({ members }) => members.snapshot,
}

function checkIdentity(
  record: FoldedRecord<Tracking>,
  { identityFields, artifactName, artifactType, phases }: PolicyOf<'tracking'>,
): Readonly<Record<'fields' | 'repeated' | 'phase', readonly Check[]>> {
  const missing = identityFields.filter((field) => !SOURCES[field](record))
  const { members } = record
  const of = 'the policy'
  return {
    fields: [
      missing.length === 0
        ? passed('identity', `All ${identityFields.length} identity fields of the policy are there`)
        : failed('identity', 'missing', 'record/missing', 'Identity fields are missing', {
            expected: identityFields.join(', '),
            found: `none of ${missing.join(', ')}`,
          }),
    ],
    repeated: [
      checkRepeated('artifact-name', { expected: artifactName, found: members.artifactName }, of),
      checkRepeated('artifact-type', { expected: artifactType, found: members.artifactType }, of),
    ],
    phase: [checkPhase(record, phases)],
  }
}
