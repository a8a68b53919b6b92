// A release with everything that its ladder asks for, and what is left of it when parts of that go.

import type { Phase } from '../../src/policy/index.ts'
import type { LedgerItem } from '../../src/record/index.ts'
import { APPROVAL } from '../../src/record/families/approval.ts'
import { ATTESTATION } from '../../src/record/families/attestation.ts'
import { DEPLOYMENT } from '../../src/record/families/deployment.ts'
import { PROMOTION } from '../../src/record/families/promotion.ts'
import { SMOKE } from '../../src/record/families/smoke.ts'
import { TEST_RESULT } from '../../src/record/families/test-result.ts'
import { TRACKING } from '../../src/record/families/tracking.ts'
import { digestOf } from '../verify/release.ts'
import { candidateRecords } from './candidate.ts'
import { automation, person } from './deciders.ts'
import {
  type ContextOptions,
  type FoldedOptions,
  foldedProvenance,
  foldedRecord,
  viewAmong,
} from './folded.ts'
import { goldenRecord } from './golden-record.ts'
import { shippedRegistry } from './registry.ts'
import { TRACKING_HEADER, TRACKING_MEMBERS } from './signed.ts'

export const POLICY = 'release_promotion_policy.render_staging_rollout.explicit_stage_ladder'
export const HEADER = { policy: POLICY }
export const PRE: Phase = 'pre-deploy-candidate'
export const POST: Phase = 'post-deploy-smoke-verified'
export const STAGING = shippedRegistry()

/** The staging policy with the ladder of production: every stage required, three of them manual. */
export const PRODUCTION = shippedRegistry((text, name) =>
  name.includes('promotion/render-staging')
    ? text.replace(
        /requiredStages:[^]*?approvalReferenceStrategy/,
        `requiredStages: [build-complete, artifact-verified, artifact-signed-or-attested, candidate-tested,
  canary-approved, production-approved, production-deployed, post-deploy-verified]
manualStages: [artifact-signed-or-attested, canary-approved, production-approved]
approvalReferenceStrategy`,
      )
    : text,
)

export type Registry = typeof STAGING

export const DEPENDENCIES = [
  'attestation_policy.release_bundle_minimum_lineage',
  'release_tracking_policy.render_staging_rollout.bundle_identity',
  'release_smoke_verification.render_staging_rollout.web_edge',
  'release_rollback_policy.render_staging_rollout.documented_ref',
  POLICY,
]

export const dependencies = (registry: Registry) =>
  DEPENDENCIES.map((id) => ({ id, sha256: registry.policies.get(id)?.digest ?? '' }))

export const members = (stage = 'post-deploy-verified', registry = PRODUCTION) => ({
  stage,
  from: 'devnet',
  to: 'staging',
  compatibilityMatrix: digestOf('the compatibility matrix'),
  policies: dependencies(registry),
})

export const promotion = (
  stage?: string,
  { registry, ...options }: FoldedOptions & { readonly registry?: Registry } = {},
) =>
  foldedRecord(PROMOTION, members(stage, registry), {
    index: 40,
    policy: POLICY,
    phase: POST,
    signer: automation('ci'),
    ...options,
  })

export const BUILT = foldedProvenance({
  index: 0,
  claims: { dependencies: [{ digest: { sha256: TRACKING_MEMBERS.snapshot } }] },
})
export const TRACKED = foldedRecord(TRACKING, TRACKING_MEMBERS, {
  index: 1,
  signer: automation('ci'),
  header: TRACKING_HEADER,
})
const attestation = (innerManifest = TRACKING_MEMBERS.innerManifest, index = 2) =>
  foldedRecord(
    ATTESTATION,
    { innerManifest, provenance: [BUILT.sha256], sboms: [] },
    {
      index,
      policy: 'release_attestation_artifact.render_staging_rollout.bundle_lineage_snapshot',
    },
  )
export const ATTESTED = attestation()
export const testResult = (
  index: number,
  result: 'PASSED' | 'FAILED',
  changes: FoldedOptions = {},
) =>
  foldedRecord(
    TEST_RESULT,
    {
      result,
      configuration: [{ digest: { sha256: digestOf(`tests of ${changes.evidence ?? 'all'}`) } }],
      ...(result === 'PASSED' ? { passedTests: ['unit'] } : { failedTests: ['unit'] }),
    },
    { index, ...changes },
  )
export const TESTED = testResult(3, 'PASSED')
/** What the deployment wants to see before it, and this family does not look at. */
const REST = candidateRecords({ index: 4 }, ['authority', 'rollback'])
const CANDIDATE = promotion('candidate-tested', { index: 6, phase: PRE })
export const approval = (
  scope: 'canary' | 'rollout',
  index: number,
  changes: object = {},
  registry = PRODUCTION,
) =>
  foldedRecord(
    APPROVAL,
    {
      scope,
      decision: 'approve',
      mode: 'manual-dispatch-with-human-initiation',
      policies: registry
        .policiesOf('render_staging_rollout')
        .map(({ id, digest }) => ({ id, sha256: digest })),
      expires: '2026-05-10T00:00:00Z',
      reason: 'The candidate is ready',
      ...changes,
    },
    { index, signer: person('alice') },
  )
export const CANARIED = approval('canary', 7)
export const APPROVED = approval('rollout', 8)
export const deployment = (index: number, changes: object = {}, options: FoldedOptions = {}) =>
  foldedRecord(
    DEPLOYMENT,
    { ...goldenRecord(DEPLOYMENT).members, ...changes },
    { index, phase: POST, signer: automation('deployer'), ...options },
  )
export const DEPLOYED = deployment(10)
export const SMOKED = foldedRecord(SMOKE, goldenRecord(SMOKE).members, {
  index: 20,
  phase: POST,
  policy: 'release_smoke_verification.render_staging_rollout.web_edge',
  evidence: 'evidence.staging.web_edge_smoke',
})

export const WHOLE: readonly LedgerItem[] = [
  BUILT,
  TRACKED,
  ATTESTED,
  TESTED,
  ...REST,
  CANDIDATE,
  CANARIED,
  APPROVED,
  DEPLOYED,
  SMOKED,
]

/** The same release as one to staging: by its own policy, approved over the policies of staging, with no canary. */
export const STAGED: readonly LedgerItem[] = WHOLE.flatMap((item) => {
  if (item === CANARIED) return []
  if (item === APPROVED) return [approval('rollout', 8, {}, STAGING)]
  return item === CANDIDATE
    ? [promotion('candidate-tested', { index: 6, phase: PRE, registry: STAGING })]
    : [item]
})

export type Promoted = ReturnType<typeof promotion>

export const view = (
  items: readonly LedgerItem[],
  record: Promoted = promotion(),
  options: ContextOptions = {},
) => viewAmong(PROMOTION, record, [...items, record], { registry: PRODUCTION, ...options })

export const without = (...left: readonly LedgerItem[]) =>
  WHOLE.filter((item) => !left.includes(item))

export const codesOf = ({ check }: ReturnType<typeof view>) =>
  (check.checks ?? []).flatMap(({ code }) => code ?? [])

export const ALL = [
  'build-complete',
  'artifact-verified',
  'artifact-signed-or-attested',
  'candidate-tested',
  'canary-approved',
  'production-approved',
  'production-deployed',
  'post-deploy-verified',
]
