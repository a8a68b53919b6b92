// Records of a release, signed by test keys: what the core of the module is asked about.

import type { JsonObject } from '../../src/core/index.ts'
import {
  buildRecord,
  findFamily,
  type HeaderParts,
  type RecordHeader,
  type RecordSubject,
  type RecordVerdict,
  type ReleaseReference,
  verifyRecord,
} from '../../src/record/index.ts'
import type { RecordFamily } from '../../src/policy/index.ts'
import { encodeStatement, type Statement } from '../../src/statement/index.ts'
import { digestOf, readTrust, signedBundle, trust, trustedKey } from '../verify/release.ts'
import { NOW } from '../verify/question.ts'
import { testKey } from '../verify/keys.ts'

export const REVISION = 'c27d339ee6075c1f744c5d4b200f7901aad2c369'

export const RELEASE: ReleaseReference = {
  approvalRecord: 'release_approval.render_staging_rollout.bundle_backed_manual_staging',
  gate: 'gate.release_target.render_staging_rollout',
  artifactVersion: 'v1.2.0',
  artifactSetId: 'staging__render_staging_rollout__v1.2.0__4711-1',
  sourceRevision: REVISION,
  deploymentStage: 'staging',
  releaseChannel: 'staging',
  phase: 'pre-deploy-candidate',
  run: '4711-1',
}

export const SET_DIGEST = digestOf('the manifest of the set')
export const SET = { kind: 'set', id: RELEASE.artifactSetId, digest: SET_DIGEST } as const

export const TRACKING_MEMBERS = {
  artifactName: 'render_staging_rollout_release_evidence_bundle',
  artifactType: 'release-evidence-bundle',
  buildPipeline: '.github/workflows/release.yml',
  buildTime: '2026-04-10T11:58:00Z',
  snapshot: digestOf('the snapshot'),
  innerManifest: digestOf('the inner manifest'),
}

/** When records of tests say that they were made. */
export const REPORTED_AT = '2026-04-10T12:00:00Z'

export const TRACKING_HEADER: HeaderParts = {
  release: RELEASE,
  policy: 'release_tracking_policy.render_staging_rollout.bundle_identity',
}

const RECORD_TRUST = readTrust(trust([trustedKey('release')]))

/** The statement of a record; a test that can not make one is broken. */
export function statementOf(
  name: RecordFamily,
  members: JsonObject,
  {
    header = TRACKING_HEADER,
    about = SET,
  }: { readonly header?: Partial<RecordHeader>; readonly about?: RecordSubject } = {},
): Statement {
  const family = findFamily(name)
  if (family === undefined) throw new Error(`Expected the family ${name}`)
  const built = buildRecord(family, {
    about,
    header: { reportedAt: REPORTED_AT, ...header },
    members,
  })
  if (!built.ok) throw new Error(JSON.stringify(built.problems))
  return built.value
}

/** The file of a record. */
export function fileOf(statement: Statement, key = 'release'): Uint8Array {
  return Buffer.from(
    JSON.stringify(signedBundle(encodeStatement(statement), { key: testKey(key) })),
  )
}

/** The verdict over a file. */
export function judge(file: Uint8Array): RecordVerdict {
  return verifyRecord(file, { trust: RECORD_TRUST, now: NOW })
}
