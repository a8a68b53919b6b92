// The shipped policies of release assurance: how many there are of each kind, and what evidence and baseline entries hold.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import {
  ADOPTABLE_FAMILIES,
  ADOPTION_EVIDENCE,
  AUTHORITY_EVIDENCE,
  AUTHORITY_KINDS,
  EVIDENCE_KINDS,
  EVIDENCE_LIMITS,
  IDENTITY_CLAIMS,
  IDENTITY_FIELDS,
  subjectsOf,
  LINKABLE_FAMILIES,
  PHASES,
  POLICY_KINDS,
  type PolicyKind,
  PROMOTION_STAGES,
  RECORD_FAMILIES,
  ROLLBACK_FIELDS,
  SHARED_FIELDS,
  STAGES,
  WEB_EDGE_CHECKS,
} from '../../src/policy/index.ts'
import { parseBaseline } from '../../src/snapshot/index.ts'
import { SHIPPED, shippedRegistry } from './shipped.ts'

const REGISTRY = shippedRegistry()

describe('the release-assurance registry', () => {
  it('has its 44 entries', () => {
    const kinds = Object.keys(POLICY_KINDS) as PolicyKind[]
    expect(kinds.map((kind) => [kind, REGISTRY.of(kind).size])).toEqual([
      ['gate', 2],
      ['approval', 2],
      ['attestation', 2],
      ['attestation-artifact', 3],
      ['tracking', 2],
      ['linkage', 2],
      ['adoption', 2],
      ['authority', 2],
      ['promotion', 2],
      ['rollback', 2],
      ['smoke', 2],
      ['canary', 1],
      ['evidence', 14],
      ['baseline', 6],
      ['requirements', 0],
      ['readiness', 0],
      ['playbook', 0],
    ])
    expect(REGISTRY.policies.size).toBe(44)
    expect(SHIPPED).toHaveLength(44)
  })

  it('has the words of the vocabulary, as many as there are', () => {
    const lists = [
      PHASES,
      IDENTITY_CLAIMS,
      IDENTITY_FIELDS,
      SHARED_FIELDS,
      ADOPTION_EVIDENCE,
      ROLLBACK_FIELDS,
      WEB_EDGE_CHECKS,
      AUTHORITY_KINDS,
      AUTHORITY_EVIDENCE,
      PROMOTION_STAGES,
      ADOPTABLE_FAMILIES,
      LINKABLE_FAMILIES,
      EVIDENCE_KINDS,
      EVIDENCE_LIMITS,
      STAGES,
    ]
    expect(lists.map(({ length }) => length)).toEqual([
      2, 5, 12, 8, 10, 9, 10, 3, 5, 8, 7, 6, 8, 12, 5,
    ])
    expect(RECORD_FAMILIES).toEqual(expect.arrayContaining([...ADOPTABLE_FAMILIES]))
  })
})

describe('evidence definitions', () => {
  const definitions = [...REGISTRY.of('evidence').values()]

  it('are of eight kinds', () => {
    const counts = EVIDENCE_KINDS.map(
      (kind) => definitions.filter(({ evidenceKind }) => evidenceKind === kind).length,
    )
    expect(counts).toEqual([6, 2, 1, 1, 1, 1, 1, 1])
  })

  it('are made by files of the project, but for the one that people carry out', () => {
    expect(definitions.filter(({ implementedBy }) => implementedBy === undefined)).toMatchObject([
      {
        id: 'evidence.production.dashboard_environment_key_flow_private',
        checks: { length: 4 },
      },
    ])
    expect(
      REGISTRY.of('evidence').get('evidence.platform.signer_boundary_workflow')?.checks,
    ).toHaveLength(2)
  })

  it('are about a commit where one of their stages is, or where a checkout comes before any set', () => {
    expect(
      definitions
        .filter((definition) => subjectsOf(definition).includes('commit'))
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([
      'evidence.devnet.live_verification',
      'evidence.local.production_like_rehearsal',
      'evidence.production.cloud_preflight',
      'evidence.repo.ci_monorepo_validation',
      'evidence.repo.provenance_baseline_generation',
      'evidence.staging.cloud_preflight',
      'evidence.staging.extension_popup_runtime_acceptance',
      'evidence.staging.render_rollout_workflow',
    ])
  })
})

describe('baseline entries', () => {
  it('agree with the provenance baseline of the snapshot', () => {
    const baseline = parseBaseline(readFileSync(join(ROOT, 'policies/provenance-baseline.yaml')))
    const known = baseline.ok ? baseline.value.entries : []
    const entries = [...REGISTRY.of('baseline').values()]
    expect(entries.map(({ id }) => id)).toEqual(known.map(({ id }) => id).toSorted())
    for (const { id, scope, criticality, parts } of known) {
      const entry = REGISTRY.of('baseline').get(id)
      expect(entry).toMatchObject({ criticality, usedFor: scope.replaceAll('_', '-') })
      const patterns = parts.flatMap(({ paths }) => paths)
      expect(entry?.files.filter((file) => !patterns.includes(file))).toEqual([])
    }
  })
})
