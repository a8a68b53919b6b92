// States of releases as the fold of a ledger gives them, for tests of what is counted.

import type { CountedRecord, ReleaseState } from '../../src/gate/index.ts'
import type { RecordFamily } from '../../src/policy/index.ts'

export const STAGING = 'gate.release_target.render_staging_rollout'
export const PRODUCTION = 'gate.release_target.render_production_launch'

export const CLAIMS = [
  'source-revision',
  'build-workflow',
  'builder-identity',
  'artifact-digest',
  'dependency-snapshot',
] as const

/** Accepted provenance of a workflow. */
export const PROVENANCE = {
  claims: CLAIMS,
  signing: 'externally-attested',
  sha256: ['aa'],
  origin: 'live-workflow',
  isDeclaredLive: false,
} as const

/** A release that is tracked at an entry, and of which nothing else counts. */
export function releaseState(
  id: string,
  usedFrom: number,
  more: Partial<ReleaseState> = {},
): ReleaseState {
  return {
    id,
    gate: id.startsWith('staging') ? STAGING : PRODUCTION,
    isTracked: true,
    usedFrom,
    commits: [],
    isWithdrawn: false,
    isSuperseded: false,
    said: [],
    isSound: true,
    records: [],
    launchApprovals: [],
    hasCanary: false,
    answered: [],
    answeredLive: [],
    ...more,
  }
}

let count = 0

/** A record that counts, accepted and local. */
export function countedRecord(
  family: RecordFamily,
  more: Partial<CountedRecord> = {},
): CountedRecord {
  count += 1
  return {
    family,
    id: `${family}-${count}`,
    sha256: count.toString(16).padStart(64, '0'),
    status: 'told',
    outcome: 'accepted',
    origin: 'local-proof',
    isDeclaredLive: false,
    ...more,
  }
}
