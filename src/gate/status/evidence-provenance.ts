// The provenance status of an evidence definition: its limits, held against what is there of it and behind it.

import type { EvidenceLimit, PolicyOf } from '../../policy/index.ts'
import type { Origin } from '../../verify/index.ts'
import type { Answers, ReleaseState } from '../release-state.ts'

/** What can be carried out or approved says whether it was; of other limits nothing can be done. */
export type EvidenceProvenanceStatus =
  | Exclude<EvidenceLimit, (typeof PATHS)[number]>
  | `${Exclude<(typeof PATHS)[number], 'rollout-path-only'>}-${'executed' | 'not-executed'}`
  | `rollout-path-only-${'approved' | 'not-approved'}`

const PATHS = ['manual-private-acceptance-only', 'smoke-path-only', 'rollout-path-only'] as const

/** What stands behind an evidence definition. The signature of a record is not provenance. */
export interface EvidenceProvenance {
  /** One for each of its limits. */
  readonly status: readonly EvidenceProvenanceStatus[]
  /** The highest origin among the accepted records that answer it. */
  readonly records: Origin | 'none'
  /** The highest origin of accepted provenance over a release that they are of. */
  readonly releases: Origin | 'none'
}

/** What is held against the limits. */
export interface ProvenanceGround {
  readonly releases: readonly ReleaseState[]
  readonly commits: readonly Answers[]
  /** Those that gates to production are about. */
  readonly production: readonly ReleaseState[]
}

/** Computes it. */
export function evidenceProvenance(
  { id, limits }: Pick<PolicyOf<'evidence'>, 'id' | 'limits'>,
  { releases, commits, production }: ProvenanceGround,
): EvidenceProvenance {
  const isAnswering = ({ answered }: Answers) => answered.includes(id)
  const released = releases.filter(isAnswering)
  const answering = [...released, ...commits.filter(isAnswering)]
  const isLive = answering.some(({ answeredLive }) => answeredLive.includes(id))
  const isApproved = production.some(({ launchApprovals }) => launchApprovals.length > 0)
  return {
    status: limits.map((limit) =>
      statusOf(limit, { isRecorded: answering.length > 0, isLive, isApproved }),
    ),
    records: answering.length === 0 ? 'none' : isLive ? 'live-workflow' : 'local-proof',
    releases: highestOf(released.flatMap(({ provenance }) => provenance?.origin ?? [])),
  }
}

interface Done {
  readonly isRecorded: boolean
  readonly isLive: boolean
  readonly isApproved: boolean
}

/** People carry out a private acceptance with keys of their own; smoke checks on one machine are a rehearsal of what runs. */
function statusOf(limit: EvidenceLimit, done: Done): EvidenceProvenanceStatus {
  switch (limit) {
    case 'manual-private-acceptance-only':
      return `${limit}-${done.isRecorded ? 'executed' : 'not-executed'}`
    case 'smoke-path-only':
      return `${limit}-${done.isLive ? 'executed' : 'not-executed'}`
    case 'rollout-path-only':
      return `${limit}-${done.isApproved ? 'approved' : 'not-approved'}`
    default:
      return limit
  }
}

function highestOf(origins: readonly Origin[]): Origin | 'none' {
  if (origins.length === 0) return 'none'
  return origins.includes('live-workflow') ? 'live-workflow' : 'local-proof'
}
