// In what the shipped policies of staging and production agree, and in what they differ.

import { describe, expect, it } from 'vitest'
import {
  ADOPTION_EVIDENCE,
  AUTHORITY_EVIDENCE,
  AUTHORITY_KINDS,
  IDENTITY_CLAIMS,
  IDENTITY_FIELDS,
  PHASES,
  type PolicyKind,
  PROMOTION_STAGES,
  ROLLBACK_FIELDS,
  SHARED_FIELDS,
  WEB_EDGE_CHECKS,
} from '../../src/policy/index.ts'
import { shippedRegistry } from './shipped.ts'

const REGISTRY = shippedRegistry()
const STAGING = 'render_staging_rollout'
const PRODUCTION = 'render_production_launch'
const TARGETS = [STAGING, PRODUCTION] as const

/** The one policy of the kind that holds for this target alone. */
function only<K extends PolicyKind>(kind: K, target: string) {
  const found = [...REGISTRY.of(kind).values()].filter(
    ({ scope }) => scope.targets?.join() === target,
  )
  expect(found).toHaveLength(1)
  const [policy] = found
  if (policy === undefined) throw new Error(`No policy of the kind ${kind} for ${target}`)
  return policy
}

function both<K extends PolicyKind, T>(kind: K, look: (policy: ReturnType<typeof only<K>>) => T) {
  return TARGETS.map((target) => look(only(kind, target)))
}

describe('staging and production', () => {
  it('agree in fields, checks and evidence', () => {
    for (const target of TARGETS) {
      expect(only('tracking', target).identityFields).toEqual(IDENTITY_FIELDS)
      expect(only('linkage', target).sharedFields).toEqual(SHARED_FIELDS)
      expect(only('adoption', target).adoptionEvidence).toEqual(ADOPTION_EVIDENCE)
      expect(only('rollback', target).rollbackFields).toEqual(ROLLBACK_FIELDS)
      expect(only('authority', target)).toMatchObject({
        humanApprovalRequired: true,
        automationReferenceAllowed: true,
        authorityKinds: AUTHORITY_KINDS,
        authorityEvidence: AUTHORITY_EVIDENCE,
      })
      expect(only('smoke', target)).toMatchObject({
        checks: WEB_EDGE_CHECKS,
        operatorSessionRequired: true,
        phases: ['post-deploy-smoke-verified'],
      })
      for (const kind of ['approval', 'tracking', 'rollback'] as const) {
        expect(only(kind, target).phases).toEqual(PHASES)
      }
    }
    for (const policy of REGISTRY.of('attestation-artifact').values()) {
      expect(policy).toMatchObject({ phases: PHASES, identityClaims: IDENTITY_CLAIMS })
    }
  })

  it('link five families before the deployment and six after it, and adopt one more of each', () => {
    const sizes = (lists: Readonly<Record<string, readonly string[]>>) =>
      Object.values(lists).map(({ length }) => length)
    expect(both('linkage', ({ linkedFamilies }) => sizes(linkedFamilies))).toEqual([
      [5, 6],
      [5, 6],
    ])
    expect(both('adoption', ({ adoptedFamilies }) => sizes(adoptedFamilies))).toEqual([
      [6, 7],
      [6, 7],
    ])
    for (const target of TARGETS) {
      const { linkedFamilies } = only('linkage', target)
      const { adoptedFamilies } = only('adoption', target)
      for (const phase of PHASES) {
        expect(adoptedFamilies[phase].filter((family) => family !== 'linkage')).toEqual(
          linkedFamilies[phase],
        )
      }
    }
  })

  it('differ in the phase in which a launch can be approved', () => {
    const phases = ['not-applicable', 'post-deploy-smoke-verified']
    expect(both('linkage', ({ approvalReadyPhase }) => approvalReadyPhase)).toEqual(phases)
    expect(both('adoption', ({ approvalReadyPhase }) => approvalReadyPhase)).toEqual(phases)
  })

  it('differ in who has to be known, and in the stages', () => {
    expect(
      both('authority', (policy) => policy.approverIdentityRequiredBeforeProductionApproval),
    ).toEqual([false, true])
    expect(both('promotion', ({ requiredStages }) => requiredStages)).toEqual([
      ['build-complete', 'artifact-verified', 'candidate-tested', 'post-deploy-verified'],
      PROMOTION_STAGES,
    ])
    const manual = ['artifact-signed-or-attested', 'canary-approved', 'production-approved']
    expect(both('promotion', ({ manualStages }) => manualStages)).toEqual([
      [...manual, 'production-deployed'],
      manual,
    ])
  })

  it('differ in the attestation that they ask for', () => {
    const lineage = 'attestation_policy.release_bundle_minimum_lineage'
    const attested = 'attestation_policy.render_production_launch_signed_or_attested_release'
    const artifact = (target: string, name: string) =>
      `release_attestation_artifact.${target}.${name}`
    expect(both('approval', ({ policies }) => policies.attestation)).toEqual([
      [lineage],
      [lineage, attested],
    ])
    expect(both('approval', ({ policies }) => policies.attestationArtifact)).toEqual([
      [artifact(STAGING, 'bundle_lineage_snapshot')],
      [
        artifact(PRODUCTION, 'bundle_lineage_snapshot'),
        artifact(PRODUCTION, 'signed_or_attested_release'),
      ],
    ])
    const facts = [...REGISTRY.of('attestation-artifact').values()].map(
      ({ id, verificationRequired, requiredBeforeProductionApproval }) => [
        id,
        verificationRequired,
        requiredBeforeProductionApproval,
      ],
    )
    expect(facts).toEqual([
      [artifact(PRODUCTION, 'bundle_lineage_snapshot'), false, false],
      [artifact(PRODUCTION, 'signed_or_attested_release'), true, true],
      [artifact(STAGING, 'bundle_lineage_snapshot'), false, false],
    ])
    expect(REGISTRY.of('attestation').get(lineage)).toMatchObject({
      scope: { targets: TARGETS },
      promotionStages: ['build-complete', 'artifact-verified'],
      requiredBeforeProductionApproval: false,
    })
    expect(REGISTRY.of('attestation').get(attested)).toMatchObject({
      scope: { targets: [PRODUCTION] },
      promotionStages: PROMOTION_STAGES,
      requiredBeforeProductionApproval: true,
    })
  })

  it('differ in the release to go back to, and in the canary', () => {
    expect(both('rollback', (policy) => policy.trustedArtifactRequirement)).toEqual([
      'known-good-versioned-documented-until-signed-or-attested',
      'known-good-versioned-signed-or-attested-before-production-approval',
    ])
    expect(both('approval', ({ canaryRules }) => canaryRules.length)).toEqual([0, 1])
    expect(only('canary', PRODUCTION).evidence).toEqual([
      'evidence.production.cloud_preflight',
      'evidence.production.render_candidate_workflow',
      'evidence.production.dashboard_environment_key_flow_private',
      'evidence.production.web_edge_smoke_path',
      'evidence.production.render_rollout_workflow',
    ])
    expect(only('canary', PRODUCTION).prohibitedClaims).toHaveLength(2)
  })

  it('put their bundles into folders of their channels', () => {
    expect(both('approval', ({ bundleOutput }) => bundleOutput)).toEqual(
      ['staging', 'production'].map(
        (channel) =>
          `artifacts/release-evidence/${channel}/<github.run_id>/{pre-deploy,post-deploy}`,
      ),
    )
  })
})
