// Signers, policies and items around one release, beside the maker of records in `folded.ts`.

import {
  type ADOPTABLE_FAMILIES,
  type PolicyKind,
  predicateTypeOf,
  type Registry,
} from '../../src/policy/index.ts'
import {
  type Family,
  foldRelease,
  judgeRelease,
  type LedgerItem,
  type LedgerRecord,
  type ReleaseReference,
  type ViewContext,
} from '../../src/record/index.ts'
import { recordIdOf } from '../../src/record/statement/record-id.ts'
import { PREDICATE_TYPES } from '../../src/statement/index.ts'
import type { Origin, TrustedSigner } from '../../src/verify/index.ts'
import { digestOf } from '../verify/release.ts'
import { type FoldedOptions, foldedProvenance, keySigner, NOW } from './folded.ts'
import { shippedRegistry } from './registry.ts'
import { RELEASE, REPORTED_AT, SET_DIGEST } from './signed.ts'

/** As they are. */
export const REGISTRY = shippedRegistry()

/** With one word replaced in each policy of a kind. */
export function registryWith(kind: PolicyKind, from: string | RegExp, to: string): Registry {
  const isOfKind = (text: string) => text.includes(`\nkind: ${kind}\n`)
  return shippedRegistry((text) => (isOfKind(text) ? text.replaceAll(from, to) : text))
}

/** The same release on its way to production. */
export const PRODUCTION: ReleaseReference = {
  ...RELEASE,
  approvalRecord:
    'release_approval.render_production_launch.rollout_workflow_defined_launch_blocked',
  gate: 'gate.release_target.render_production_launch',
  artifactSetId: 'production__render_production_launch__v1.2.0__4712-1',
  deploymentStage: 'production',
  releaseChannel: 'production',
  run: '4712-1',
}

/** Its set. */
export const PRODUCTION_SET = {
  kind: 'set',
  id: PRODUCTION.artifactSetId,
  digest: SET_DIGEST,
} as const

/** A person with a key. */
export function person(name: string, roles?: readonly string[]): TrustedSigner {
  return { ...keySigner(name, roles), kind: 'person' }
}

export const WORKFLOW = 'https://ci.example/team/app/.github/workflows/release.yml@refs/tags/v1.2.0'
export const RUN = 'https://ci.example/team/app/actions/runs/4711/attempts/1'

/** A workflow that somebody dispatched, by the word of a CI issuer. */
export function workflowSigner(claims: object = {}): TrustedSigner {
  return {
    type: 'certificate',
    name: 'release-workflow',
    identity: {
      issuer: 'https://token.ci.example',
      san: { type: 'uri', value: WORKFLOW },
      claims: {
        buildConfigUri: WORKFLOW,
        buildTrigger: 'workflow_dispatch',
        runInvocationUri: RUN,
        ...claims,
      },
    },
    root: { name: 'public-good', mark: 'live', sha256: digestOf('the root'), isPublicGood: true },
    principal: 'release-workflow',
    kind: 'automation',
    roles: [{ name: 'release', threshold: 1 }],
  }
}

/** The policy of each adoptable family for the target of `signed.ts`. */
export const POLICIES = {
  tracking: 'release_tracking_policy.render_staging_rollout.bundle_identity',
  linkage: 'release_evidence_linkage.render_staging_rollout.bundle_phase_consistency',
  attestation: 'release_attestation_artifact.render_staging_rollout.bundle_lineage_snapshot',
  authority: 'release_approval_authority.render_staging_rollout.manual_dispatch',
  promotion: 'release_promotion_policy.render_staging_rollout.explicit_stage_ladder',
  smoke: 'release_smoke_verification.render_staging_rollout.web_edge',
  rollback: 'release_rollback_policy.render_staging_rollout.documented_ref',
} as const satisfies Record<(typeof ADOPTABLE_FAMILIES)[number], string>

/** A record of which nothing but its header is looked at. */
export function foldedHeader(
  name: keyof typeof POLICIES,
  options: Pick<FoldedOptions, 'index' | 'phase' | 'policy' | 'signer' | 'origin'> & {
    readonly release?: Partial<ReleaseReference>
  } = {},
): LedgerItem & LedgerRecord {
  const { index = 0, phase = RELEASE.phase, signer = 'operator', origin = 'local-proof' } = options
  const release = { ...RELEASE, phase, ...options.release }
  const policy = options.policy ?? POLICIES[name]
  const id = recordIdOf({ name: name, policyKind: 'tracking' }, { release, policy })
  return {
    ...sealed(`${name} at ${index}`, signer, origin),
    kind: 'record',
    family: name,
    predicateType: predicateTypeOf(name),
    about: { kind: 'set', id: release.artifactSetId, digest: SET_DIGEST },
    release,
    policy,
    reportedAt: REPORTED_AT,
    ...(id !== undefined && { id }),
    members: {},
    index,
  }
}

/** An SBOM over the set. */
export function foldedSbom(index: number): LedgerItem {
  return {
    ...sealed(`sbom at ${index}`, 'builder', 'local-proof'),
    kind: 'material',
    name: 'cyclonedx',
    predicateType: PREDICATE_TYPES.cyclonedx,
    subjects: [SET_DIGEST],
    index,
  }
}

function sealed(text: string, signer: TrustedSigner | string, origin: Origin) {
  return {
    sha256: digestOf(text),
    signingAct: digestOf(text),
    signer: typeof signer === 'string' ? keySigner(signer) : signer,
    origin,
    judged: {
      at: NOW,
      source: 'clock',
      vouched: [],
      notJudged: { logEntries: 0, timestamps: 0 },
    },
  } as const
}

/** A provenance that carries all five claims. */
export function wholeProvenance(
  index: number,
  options: Parameters<typeof foldedProvenance>[0] = {},
): LedgerItem {
  const dependencies = [{ digest: { sha256: digestOf('the snapshot') } }]
  return foldedProvenance({ index, ...options, claims: { dependencies, ...options.claims } })
}

/** The view of a record of any release, among these items and under the shipped policies. */
export function viewOf(
  family: Family,
  record: LedgerItem & LedgerRecord,
  items: readonly LedgerItem[],
  changes: Partial<ViewContext> = {},
) {
  const context = contextAmong([...items, record], changes)
  const { records } = context.evidence
  const found = records.find(({ sha256 }) => sha256 === record.sha256)
  return family.view(found ?? { ...record, isAdopted: false, isSuperseded: false }, context)
}

/** SHA-256 of the records that count in the ledger of a project because an adoption names them. */
export function adoptedAmong(items: readonly LedgerItem[]): ReadonlySet<string> {
  const { fold } = judgeRelease({
    id: RELEASE.artifactSetId,
    items,
    commitItems: () => [],
    registry: REGISTRY,
    now: NOW,
    releaseOf: () => undefined,
    scope: 'project',
    refused: 0,
    refusedOfCommit: () => 0,
  })
  const adopted = fold.evidence.records.filter(({ isAdopted }) => isAdopted)
  return new Set(adopted.map(({ sha256 }) => sha256))
}

/** What a view of the release of the first record is asked with. */
export function contextAmong(
  items: readonly LedgerItem[],
  changes: Partial<ViewContext> = {},
): ViewContext {
  const first = items.find((item) => item.kind === 'record')
  const id = first?.release?.artifactSetId ?? RELEASE.artifactSetId
  const sorted = [...new Set(items)].toSorted((a, b) => a.index - b.index)
  const { evidence } = foldRelease({ id, items: sorted, commitItems: () => [] })
  return { evidence, registry: REGISTRY, now: NOW, releaseOf: () => undefined, ...changes }
}
