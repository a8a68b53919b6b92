// From a judged release to its lineage, and to the report of a promotion: the same records give the same bytes.

import {
  type Check,
  combineOutcomes,
  compareCodePoints,
  encodeCanonicalJson,
  encodeTimestamp,
  equalBytes,
  failedChecks,
  type Instant,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '../../core/index.ts'
import type { ReleaseView } from '../../record/index.ts'
import { courseOf } from './course-parts.ts'
import { originsOf } from './origin-parts.ts'
import {
  LINEAGE_PARTS,
  type PromotionReport,
  type ReleaseLineage,
  type SaidBy,
} from './release-lineage.ts'

/** What a lineage is made of. */
export interface LineageQuestion {
  readonly view: ReleaseView
  /** Records of the release that are not accepted, or not there. */
  readonly refused: readonly Check[]
  /** Of the ledger that holds them. */
  readonly ledger: readonly Check[]
  /** As of which everything was judged. */
  readonly at: Instant
}

/** Accepted only where every record is, and the ledger that holds them. */
export function buildLineage({ view, refused, ledger, at }: LineageQuestion): ReleaseLineage {
  const { id, parts } = view.fold.evidence
  const checks = [view.check, ...refused, ...ledger]
  const origins = originsOf(view)
  const course = courseOf(view)
  const { set, sources, builds, snapshot, sboms } = origins
  const { approvals, promotions, deployments, rollbackTargets, use, superseded } = course
  const there: Readonly<Record<(typeof LINEAGE_PARTS)[number], boolean>> = {
    set: set !== undefined,
    artifacts: set?.artifacts !== undefined,
    provenance: builds.length > 0,
    repository: sources.some(({ repository }) => repository !== undefined),
    run: builds.some(({ run }) => run !== undefined),
    snapshot: snapshot !== undefined,
    sbom: sboms.length > 0,
    promotion: promotions.length > 0,
    deployment: deployments.length > 0,
    rollback: rollbackTargets.length > 0,
  }
  const { target, channel, release: version, run } = parts
  return {
    schema: 'assay/release-lineage/v1',
    at: encodeTimestamp(at),
    outcome: combineOutcomes(checks),
    release: { id, target, channel, version, run },
    ...(set !== undefined && { set }),
    ...{ sources, builds },
    ...(snapshot !== undefined && { snapshot }),
    ...{ sboms, approvals, promotions, deployments, rollbackTargets, use, superseded },
    missing: LINEAGE_PARTS.filter((part) => !there[part]),
    reasons: checks.flatMap(failedChecks).map(({ code, message }) => ({
      ...(code !== undefined && { code }),
      message,
    })),
  }
}

/**
 * What brought the release into an environment: never better than the release itself.
 *
 * @param environment a stage that promotions go to, such as `production`; deployments to a part of it belong to it
 */
export function buildPromotionReport(
  lineage: ReleaseLineage,
  environment: string,
): PromotionReport {
  const { at, release, set, approvals } = lineage
  const promotions = lineage.promotions.filter(({ to }) => to === environment)
  const deployments = lineage.deployments.filter(
    (one) => one.environment === environment || one.environment.startsWith(`${environment}-`),
  )
  const said = [...promotions, ...deployments, ...approvals].map(({ saidBy }) => saidBy)
  const none: PromotionReport['reasons'] =
    promotions.length > 0 ? [] : [{ message: 'No record promotes the release there' }]
  return {
    schema: 'assay/release-bundle-promotion/v1',
    at,
    outcome: combineOutcomes([lineage, combinePromotions(promotions.map(({ saidBy }) => saidBy))]),
    release,
    environment,
    ...(set !== undefined && { set: set.sha256 }),
    from: distinct(promotions.map(({ from }) => from)),
    to: distinct(promotions.map(({ to }) => to)),
    ...{ promotions, approvals, deployments },
    evidence: distinct([...said, ...basisOf(lineage)].map(({ sha256 }) => sha256)),
    reasons: [...none, ...lineage.reasons],
  }
}

/** None at all is `missing`. */
function combinePromotions(said: readonly SaidBy[]) {
  return { outcome: combineOutcomes(said) }
}

/** What is promoted is what these say. */
function basisOf({ set, sources, builds }: ReleaseLineage): readonly SaidBy[] {
  const parts = [...(set === undefined ? [] : [set]), ...sources, ...builds]
  return parts.map(({ saidBy }) => saidBy)
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted(compareCodePoints)
}

/** The environments that records promote the release to, sorted. */
export function promotedTo({ promotions }: Pick<ReleaseLineage, 'promotions'>): readonly string[] {
  return distinct(promotions.map(({ to }) => to))
}

/**
 * True for a document that says exactly what is computed now: in canonical form (RFC 8785), but for the instant, which is that of its
 * making.
 */
export function saysTheSame(
  found: JsonValue | undefined,
  expected: ReleaseLineage | PromotionReport,
): boolean {
  if (!isJsonObject(found) || typeof found['at'] !== 'string') return false
  const one = encodeCanonicalJson({ ...found, at: '' })
  const other = encodeCanonicalJson({ ...(expected as unknown as JsonObject), at: '' })
  return one.ok && other.ok && equalBytes(one.value, other.value)
}
