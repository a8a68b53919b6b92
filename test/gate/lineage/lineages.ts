// A lineage as it is built of a release to production.

import type { ReleaseLineage, SaidBy } from '../../../src/gate/index.ts'
import { COMMIT, NOW } from '../evidence.ts'

const SET = '5e'.repeat(32)

/** A record says it. */
export function saidBy(entry: number, outcome: SaidBy['outcome'] = 'accepted'): SaidBy {
  return { sha256: entry.toString(16).padStart(64, 'a'), entry, signer: 'ci', outcome }
}

export const LINEAGE: ReleaseLineage = {
  schema: 'assay/release-lineage/v1',
  at: new Date(NOW).toISOString().replace('.000', ''),
  outcome: 'accepted',
  release: {
    id: 'production__web__v1.2.0__4711-1',
    target: 'web',
    channel: 'production',
    version: 'v1.2.0',
    run: '4711-1',
  },
  set: { sha256: SET, artifacts: 2, saidBy: saidBy(2) },
  sources: [
    {
      commit: COMMIT,
      repository: 'https://git.example/team/app',
      ref: 'refs/heads/main',
      saidBy: saidBy(1),
    },
  ],
  builds: [
    {
      builder: 'https://git.example/builder',
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      run: 'https://git.example/team/app/actions/runs/4711',
      trigger: 'workflow_dispatch',
      saidBy: saidBy(1),
    },
  ],
  snapshot: { sha256: 'cd'.repeat(32), saidBy: saidBy(2) },
  sboms: [{ saidBy: saidBy(3) }],
  approvals: [
    {
      ...{ scope: 'rollout', decision: 'approve', status: 'granted', approver: 'bob' },
      kind: 'person',
      saidBy: saidBy(5),
    },
  ],
  promotions: [
    {
      ...{ stage: 'candidate-tested', from: 'staging', to: 'production', status: 'stage-reached' },
      saidBy: saidBy(4),
    },
  ],
  deployments: [
    {
      ...{ environment: 'production-eu', observedSet: SET, observedAt: '2026-04-10T11:00:00Z' },
      status: 'deployed-as-intended',
      saidBy: saidBy(6),
    },
  ],
  rollbackTargets: [
    {
      release: 'production__web__v1.1.0__4700-1',
      ...{ trust: 'known-good-signed', verification: 'verified' },
      confirmedBy: ['bob'],
      saidBy: saidBy(7),
    },
  ],
  use: { status: 'current' },
  superseded: [],
  missing: [],
  reasons: [],
}
