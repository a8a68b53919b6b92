// Evidence for gates, as judged releases give it.

import { type Evidence, type EvidenceIndex, indexEvidence } from '../../src/policy/index.ts'

export const RELEASE = {
  id: 'staging__render_staging_rollout__v1.2.0__4711-1',
  target: 'render_staging_rollout',
  channel: 'staging',
  version: 'v1.2.0',
} as const
export const COMMIT = 'ab'.repeat(20)
export const NOW = Date.parse('2026-04-10T12:00:00Z')

let count = 0

/** A piece of evidence about the release, accepted and local. */
export function piece(more: Partial<Evidence> & Pick<Evidence, 'family'>): Evidence {
  count += 1
  return {
    sha256: count.toString(16).padStart(64, '0'),
    index: count,
    predicateType: `urn:assay:predicate:${more.family}:v1`,
    origin: 'local-proof',
    signer: { name: 'ci', principal: 'ci', kind: 'automation', roles: ['release', 'builder'] },
    computed: {
      status: 'told',
      outcome: 'accepted',
      facts: {},
      reason: { name: 'told', outcome: 'accepted', message: 'Told' },
    },
    predicate: {},
    ...(more.commit === undefined && { release: RELEASE }),
    ...more,
  }
}

/** What the gate of staging asks for before a deployment. */
export const DEPLOY_EVIDENCE: readonly Evidence[] = [
  piece({
    family: 'test-result',
    evidence: 'evidence.repo.ci_monorepo_validation',
    predicate: { passedTests: ['monorepo-validation'] },
    commit: COMMIT,
  }),
  piece({ family: 'test-result', evidence: 'evidence.staging.cloud_preflight', commit: COMMIT }),
  piece({
    family: 'command',
    evidence: 'evidence.staging.render_rollout_workflow',
    commit: COMMIT,
    signer: { name: 'op', principal: 'op', kind: 'person', roles: ['operator'] },
  }),
]

/** A waiver of a check, in force. */
export function waiver(check: string, more: Partial<Evidence> = {}): Evidence {
  return piece({
    family: 'waiver',
    predicate: { check, owner: 'op', reason: 'known', expires: '2026-05-01T00:00:00Z' },
    ...more,
  })
}

export function indexOf(...pieces: readonly Evidence[]): EvidenceIndex {
  return indexEvidence(pieces)
}
