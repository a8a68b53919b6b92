// Families whose members a person or a program writes down: nothing of them is made here but digests.

import type { Command } from '@stricli/core'
import type { RecordFamily } from '../../../policy/index.ts'
import type { RunContext } from '../../context.ts'
import {
  exampleDocument,
  familyCommand,
  readWritten,
  type WrittenFlags,
  writtenFlags,
} from '../family-command.ts'

interface Written {
  readonly brief: string
  /** Ends with an example. */
  readonly description: readonly string[]
  /** What the example is given: a document that the shipped policies accept. */
  readonly document?: readonly string[]
}

function writtenCommand(
  family: RecordFamily,
  { brief, description, document }: Written,
): Command<RunContext> {
  const words = document === undefined ? [] : exampleDocument(family, document)
  return familyCommand<WrittenFlags>({
    family,
    brief,
    description: [...description, ...words],
    flags: writtenFlags(family),
    readMembers: (flags, context) => readWritten(flags, context, { family }),
  })
}

const STAGING = '--release-id staging__render_staging_rollout__v1.2.0__4711-1'
const PRODUCTION = '--release-id production__render_production_launch__v1.2.0__4720-1'
const BEFORE = '--phase pre-deploy-candidate'
const AFTER = '--phase post-deploy-smoke-verified'
const byKey = (name: string) => `  --key ${name}.key.pem --trust trust.json --ledger ledger`

/** `assay record tracking` */
export const tracking = writtenCommand('tracking', {
  brief: 'What a release is known by, from its build',
  description: [
    `Example: assay record tracking ${STAGING} ${BEFORE} --set dist`,
    '  --from tracking.yaml --digest-of snapshot=snapshot.json --digest-of innerManifest=inner-manifest.json',
    byKey('ci'),
  ],
  document: [
    'artifactName: render_staging_rollout_release_evidence_bundle',
    'artifactType: release-evidence-bundle',
    'buildPipeline: .github/workflows/release.yml',
    'buildTime: 2026-04-10T11:58:00Z',
  ],
})

/** `assay record attestation` */
export const attestation = writtenCommand('attestation', {
  brief: 'Which provenance and SBOM a release has',
  description: [
    'The bundles that it names by digest lie in the ledger; lists that are empty are written as [].',
    '',
    `Example: assay record attestation ${STAGING} ${BEFORE}`,
    '  --digest-of innerManifest=inner-manifest.json --digest-of provenance=provenance.sigstore.json',
    '  --digest-of sboms=sbom.sigstore.json',
    byKey('ci'),
  ],
})

/** `assay record rollback` */
export const rollback = writtenCommand('rollback', {
  brief: 'The release that one would go back to',
  description: [
    'A person confirms it: by this record, or by an approval that names the target.',
    '',
    `Example: assay record rollback ${STAGING} ${BEFORE}`,
    '  --from rollback.yaml --digest-of preparation=docs/render-deployment-contract.md',
    '  --digest-of preparation=docs/deployment-runbook.md',
    byKey('operator'),
  ],
  document: [
    'target:',
    '  artifactVersion: v1.1.0',
    '  artifactSetId: staging__render_staging_rollout__v1.1.0__4602-1',
    '  sourceRevision: 7b1d6f0a4be3a1c94e0f5a8f2d1c3b5a79684d20',
    '  snapshot: 2e58dd8dfc494c563f40b3da762624afb46836f33df396b233f02835b3ddabdd',
    'reference: refs/tags/v1.1.0',
    'operatorConfirmation: The way back was tried, ticket REL-128',
  ],
})

/** `assay record canary` */
export const canary = writtenCommand('canary', {
  brief: 'How a canary of a release went',
  description: [
    'It begins once the release was found deployed to its ring: assay record deployment --ring NAME.',
    '',
    `Example: assay record canary ${PRODUCTION} ${AFTER}`,
    '  --from canary.yaml',
    byKey('operator'),
  ],
  document: [
    'rule: canary_rule.render_production_allowlisted_web_edge_rollout',
    'ring: bounded-operator-initiated',
    'trafficBoundary: allowlisted-review-and-operator-checks-only',
    'rolloutStrategy: manual-ref-pinned-render-hook-with-post-deploy-web-smoke',
    'surfaces: [web-review-page, web-operator-page]',
    'window: { startedAt: 2026-04-10T08:00:00Z, endedAt: 2026-04-10T11:00:00Z }',
    'results:',
    '  - { name: operator-page-answers, result: passed }',
  ],
})

/** `assay record certification` */
export const certification = writtenCommand('certification', {
  brief: 'What a release was certified for, with its results',
  description: [
    `Example: assay record certification ${STAGING} ${BEFORE}`,
    '  --from certification.yaml --digest-of configuration=matrix.json',
    byKey('operator'),
  ],
  document: [
    'certified: compatibility',
    'results:',
    '  - { name: node 22, result: passed }',
    '  - { name: node 24, result: passed }',
    'notBefore: 2026-04-10T00:00:00Z',
    'notAfter: 2026-10-10T00:00:00Z',
  ],
})

/** `assay record incident` */
export const incident = writtenCommand('incident', {
  brief: 'An incident, from its trigger to its end',
  description: [
    'A later record of the same incident adds what is known by then; the cause, the corrective action and a',
    'passing re-run together close it.',
    '',
    `Example: assay record incident ${STAGING} ${AFTER} --from incident.yaml`,
    byKey('operator'),
  ],
  document: [
    'incident: INC-2026-014',
    'trigger: web-proxy-health-ok failed',
    'openedAt: 2026-04-10T11:30:00Z',
    'firstFailingControl: web-proxy-health-ok',
  ],
})
