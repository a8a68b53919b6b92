// The ledger of a project with two releases, both adopted: the second has the first one to go back to.

import type { JsonObject } from '../../src/core/index.ts'
import type { AdoptableFamily, Phase, RecordFamily } from '../../src/policy/index.ts'
import {
  adoptionInput,
  buildCandidate,
  buildRecord,
  findFamily,
  type LedgerRecord,
  type MembersOf,
  type RecordParts,
  reviewInput,
  verifyRecord,
} from '../../src/record/index.ts'
import { DEPLOYMENT } from '../../src/record/families/deployment.ts'
import { SMOKE } from '../../src/record/families/smoke.ts'
import { goldenRecord } from '../record/golden-record.ts'
import { POLICIES, REGISTRY } from '../record/release-items.ts'
import { fileOf, REPORTED_AT, REVISION } from '../record/signed.ts'
import { digestOf, readTrust, trust, trustedKey, writeTrust } from '../verify/release.ts'
import { NOW } from '../verify/question.ts'
import { ledgerOf, openAuditWorld, put, releaseOf, type WorldRelease } from './audit-world.ts'
import type { LedgerWorld } from './ledger-world.ts'

export const PRE = 'pre-deploy-candidate'
const POST = 'post-deploy-smoke-verified'

const ROLES = [
  { name: 'builder', threshold: 1 },
  ...['adoption-review', 'adoption'].map((name) => ({
    name,
    predicateTypes: [`urn:assay:predicate:${name}:v1`],
    threshold: 1,
  })),
]
const TRUST = trust(
  [
    trustedKey('release', { roles: ['release', 'builder'] }),
    trustedKey('alice', { kind: 'person' }),
    trustedKey('rita', { kind: 'person', roles: ['adoption-review'] }),
    trustedKey('ada', { kind: 'person', roles: ['adoption'] }),
  ],
  ROLES,
)

/** A release of the project, and the bundles of what its ledger holds about it. */
export interface ProjectRelease extends WorldRelease {
  readonly bundles: readonly Uint8Array[]
}

/** Went out, and passed its smoke. */
export const TARGET: ProjectRelease = deployed(releaseOf('v1.1.0', { 'app.js': 'before\n' }))
/** Has that one to go back to. */
export const RELEASE: ProjectRelease = candidate(releaseOf(), TARGET)

/** The world, with both in `ledger`, and the documents of the second. */
export async function openProjectWorld(more: readonly Uint8Array[] = []): Promise<LedgerWorld> {
  const world = openAuditWorld()
  put(world, 'trust.json', writeTrust(TRUST))
  for (const [name, bytes] of Object.entries(RELEASE.documents)) put(world, name, bytes)
  await ledgerOf(world, 'ledger', [...TARGET.bundles, ...RELEASE.bundles, ...more])
  return world
}

function deployed(release: WorldRelease): ProjectRelease {
  const rollback = made(release, 'rollback', golden('rollback'), PRE, 'alice')
  const before = [...common(release, PRE), rollback]
  const own = [...afterDeployment(release), smoke(release)]
  const bundles = [...adopt(release, PRE, before), ...adopt(release, POST, own)]
  return { ...release, bundles: [release.provenance, ...bundles] }
}

/** A smoke of the target that failed after it had passed, adopted with all that stands beside it. */
export function failedSmoke(): readonly Uint8Array[] {
  const own = [...afterDeployment(TARGET), smoke(TARGET, 'failed')]
  return adopt(TARGET, POST, own).filter(
    (bytes) => !TARGET.bundles.some((one) => isSame(one, bytes)),
  )
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return digestOf(one) === digestOf(other)
}

function afterDeployment(release: WorldRelease): readonly Uint8Array[] {
  const deployment = goldenRecord(DEPLOYMENT).members as JsonObject
  return [
    ...common(release, POST),
    made(release, 'rollback', golden('rollback'), POST, 'alice'),
    made(
      release,
      'deployment',
      { ...deployment, observedSet: release.set, observedAt: REPORTED_AT },
      POST,
    ),
  ]
}

function smoke(release: WorldRelease, result: 'passed' | 'failed' = 'passed'): Uint8Array {
  const { passedTests = [], ...rest } = goldenRecord(SMOKE).members as MembersOf<typeof SMOKE>
  const [first, ...others] = rest.assay_smoke.checks
  const failing = { ...first, result: 'failed', reason: { why: 'http-status' } }
  const [name = '', ...more] = passedTests
  const said =
    result === 'passed'
      ? { passedTests, assay_smoke: rest.assay_smoke }
      : {
          ...{ result: 'FAILED', passedTests: more, failedTests: [name] },
          assay_smoke: { ...rest.assay_smoke, checks: [failing, ...others] },
        }
  const seen = { ...said.assay_smoke, observedSet: release.set }
  return made(release, 'smoke', { ...rest, ...said, assay_smoke: seen } as JsonObject, POST)
}

function candidate(release: WorldRelease, target: WorldRelease): ProjectRelease {
  const rollback = {
    ...golden('rollback'),
    target: {
      artifactVersion: target.reference.artifactVersion,
      artifactSetId: target.id,
      sourceRevision: REVISION,
      snapshot: snapshotOf(target),
    },
  }
  const own = [...common(release, PRE), made(release, 'rollback', rollback, PRE, 'alice')]
  return { ...release, bundles: [release.provenance, ...adopt(release, PRE, own)] }
}

/** What every phase has. */
function common(release: WorldRelease, phase: Phase): readonly Uint8Array[] {
  const innerManifest = digestOf(release.innerManifest)
  const members: Partial<Record<AdoptableFamily, JsonObject>> = {
    tracking: {
      artifactName: 'render_staging_rollout_release_evidence_bundle',
      artifactType: 'release-evidence-bundle',
      buildPipeline: '.github/workflows/release.yml',
      buildTime: '2026-04-10T11:58:00Z',
      snapshot: snapshotOf(release),
      innerManifest,
    },
    attestation: { innerManifest, provenance: [digestOf(release.provenance)], sboms: [] },
    authority: golden('authority'),
    promotion: golden('promotion'),
  }
  return Object.entries(members).map(([family, one]) =>
    made(release, family as AdoptableFamily, one, phase),
  )
}

function golden(name: RecordFamily): JsonObject {
  const family = findFamily(name)
  if (family === undefined) throw new Error(`Expected the family ${name}`)
  return goldenRecord(family).members as JsonObject
}

function snapshotOf({ documents }: WorldRelease): string {
  return digestOf(documents['snapshot.json'] ?? '')
}

/** These records, their linkage, a review by one person and the adoption by another. */
function adopt(
  release: WorldRelease,
  phase: Phase,
  own: readonly Uint8Array[],
): readonly Uint8Array[] {
  const linked = own.map(read).filter(({ family }) => family in POLICIES)
  const linkage = made(release, 'linkage', { records: linked.map(({ sha256 }) => sha256) }, phase)
  const generated = [...own, linkage]
  const built = buildCandidate({
    ...{ pack: digestOf(`the pack of ${release.id}`), phase, registry: REGISTRY },
    records: generated.map(read),
  })
  if (!built.ok) throw new Error(JSON.stringify(built.problems))
  const review = signed(
    'adoption-review',
    reviewInput(built.value, { decision: 'adopt' }, REGISTRY),
    'rita',
  )
  const references = { reviewContracts: [digestOf(review)], reviewReference: 'minutes' }
  const adoption = signed('adoption', adoptionInput(built.value, references, REGISTRY), 'ada')
  return [...generated, review, adoption]
}

function made(
  release: WorldRelease,
  family: RecordFamily,
  members: JsonObject,
  phase: Phase,
  key = 'release',
): Uint8Array {
  const about = { kind: 'set', id: release.id, digest: release.set } as const
  const policy = (POLICIES as Partial<Record<RecordFamily, string>>)[family]
  const header = {
    release: { ...release.reference, phase },
    ...(policy !== undefined && { policy }),
    ...(family === 'smoke' && { evidence: 'evidence.staging.web_edge_smoke' }),
  }
  return signed(family, { about, header, members }, key)
}

function signed(name: RecordFamily, { header, ...parts }: RecordParts, key: string): Uint8Array {
  const family = findFamily(name)
  const built =
    family && buildRecord(family, { ...parts, header: { ...header, reportedAt: REPORTED_AT } })
  if (!built?.ok) throw new Error(JSON.stringify(built))
  return fileOf(built.value, key)
}

function read(bytes: Uint8Array): LedgerRecord {
  const { record, verdict } = verifyRecord(bytes, { trust: readTrust(TRUST), now: NOW })
  if (record?.kind !== 'record') throw new Error(JSON.stringify(verdict))
  return record
}
