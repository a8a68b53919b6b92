import { describe, expect, it } from 'vitest'
import { shippedRegistry } from './shipped.ts'

const REGISTRY = shippedRegistry()
const GATE = 'gate.release_target.render_staging_rollout'

describe('the registry', () => {
  it('finds a policy by kind and id, and no other under that kind', () => {
    expect(REGISTRY.of('gate').get(GATE)).toBe(REGISTRY.policies.get(GATE))
    expect(REGISTRY.of('tracking').get(GATE)).toBeUndefined()
    expect(REGISTRY.of('tracking').get('constructor')).toBeUndefined()
  })

  it('finds the gate of a target', () => {
    expect(REGISTRY.gateOf('render_staging_rollout')?.id).toBe(GATE)
    expect(REGISTRY.gateOf('elsewhere')).toBeUndefined()
  })

  it('lists what the gate of a target rests on', () => {
    expect(REGISTRY.policiesOf('render_staging_rollout').map(({ id }) => id)).toEqual([
      'attestation_policy.release_bundle_minimum_lineage',
      'evidence.devnet.live_verification',
      'evidence.repo.ci_monorepo_validation',
      'evidence.repo.provenance_baseline_generation',
      'evidence.staging.cloud_preflight',
      'evidence.staging.extension_popup_runtime_acceptance',
      'evidence.staging.render_rollout_workflow',
      'evidence.staging.web_edge_smoke',
      GATE,
      'release_approval.render_staging_rollout.bundle_backed_manual_staging',
      'release_approval_authority.render_staging_rollout.manual_dispatch',
      'release_attestation_artifact.render_staging_rollout.bundle_lineage_snapshot',
      'release_evidence_linkage.render_staging_rollout.bundle_phase_consistency',
      'release_promotion_policy.render_staging_rollout.explicit_stage_ladder',
      'release_record_adoption.render_staging_rollout.generated_bundle_import',
      'release_rollback_policy.render_staging_rollout.documented_ref',
      'release_smoke_verification.render_staging_rollout.web_edge',
      'release_tracking_policy.render_staging_rollout.bundle_identity',
    ])
    expect(REGISTRY.policiesOf('render_production_launch')).toHaveLength(23)
    expect(REGISTRY.policiesOf('elsewhere')).toEqual([])
  })

  it('says where a policy says something', () => {
    const file = 'gate/render-staging-rollout.yaml'
    expect(REGISTRY.position(GATE)).toBe(`${file}, line 1, column 1`)
    expect(REGISTRY.position(GATE, '/approval')).toBe(`${file}, line 11, column 1`)
    expect(REGISTRY.position('gate.none')).toBeUndefined()
    expect(REGISTRY.policies.get(GATE)?.file).toBe(file)
  })

  it('can not be changed by whoever holds a policy', () => {
    expect(Object.isFrozen(REGISTRY.of('gate').get(GATE)?.scope.targets)).toBe(true)
  })
})
