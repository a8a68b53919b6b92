// A folder with a ledger of signed records of real releases: what the tests of `assay audit` and `assay pack` begin with.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from '../../.ci/checkout.ts'
import { createHost } from '../../src/host/index.ts'
import { entryOfRecord } from '../../src/cli/ledger/record-entry.ts'
import type { JsonObject } from '../../src/core/index.ts'
import { encodeManifest } from '../../src/digest/index.ts'
import type { RecordFamily } from '../../src/policy/index.ts'
import {
  encodeInnerManifest,
  type RecordHeader,
  type ReleaseReference,
} from '../../src/record/index.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { POLICIES, REGISTRY } from '../record/release-items.ts'
import { fileOf, RELEASE, REVISION, statementOf } from '../record/signed.ts'
import {
  artifactsOf,
  digestOf,
  type Files,
  type Json,
  provenance,
  RELEASE_FILES,
  signedBundle,
  statement,
  subjectsOf,
  trust,
  trustedKey,
  writeTrust,
} from '../verify/release.ts'
import { testKey } from '../verify/keys.ts'
import { type LedgerWorld, openWorld, signLedger } from './ledger-world.ts'

/** `--policies` of everything here. */
export const SHIPPED_POLICIES = join(ROOT, 'policies/release-assurance')
/** `--policies` and `--trust`. */
export const UNDER = `--policies ${SHIPPED_POLICIES} --trust trust.json`

const SNAPSHOT = '{"made":"for tests"}\n'
const SBOM = '{"bomFormat":"CycloneDX"}\n'

/** A world whose trust document trusts `release` to sign everything, and `alice`, a person, to approve. */
export function openAuditWorld(): LedgerWorld {
  const world = openWorld(makeTemporaryFolder('audit-world'))
  const keys = [trustedKey('release'), trustedKey('alice', { kind: 'person' })]
  put(world, 'trust.json', writeTrust(trust(keys)))
  return world
}

/** Writes a file, with the folders above it. */
export function put(world: LedgerWorld, path: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(join(world.folder, path)), { recursive: true })
  writeFileSync(join(world.folder, path), bytes)
}

const TESTS = ['monorepo-validation']

/** A test result about the commit of every release here. */
export function commitResult(
  result: 'PASSED' | 'FAILED',
  evidence: string,
  header: Partial<RecordHeader> = {},
): Uint8Array {
  const tests = result === 'PASSED' ? { passedTests: TESTS } : { failedTests: TESTS }
  const members = { result, configuration: [{ digest: { sha256: digestOf('tests') } }], ...tests }
  const about = { kind: 'commit', commit: REVISION } as const
  return fileOf(statementOf('test-result', members, { about, header: { evidence, ...header } }))
}

/** A release, with the bundles of its records. */
export interface WorldRelease {
  readonly id: string
  readonly reference: ReleaseReference
  readonly set: string
  readonly innerManifest: Uint8Array
  readonly documents: Readonly<Record<string, string | Uint8Array>>
  readonly provenance: Uint8Array
  /** A record of the release; of another phase with `phase`. */
  record(family: RecordFamily, members: JsonObject, header?: Partial<RecordHeader>): Uint8Array
  /** The first records of a release: provenance, tracking, attestation, authority. */
  readonly generated: readonly Uint8Array[]
}

/** The release of a version; its files lie nowhere. */
export function releaseOf(version = 'v1.2.0', files: Files = RELEASE_FILES): WorldRelease {
  const run = '4711-1'
  const id = `staging__render_staging_rollout__${version}__${run}`
  const reference = { ...RELEASE, artifactVersion: version, artifactSetId: id }
  const set = digestOf(encodeManifest(artifactsOf(files)))
  const about = { kind: 'set', id, digest: set } as const
  const proven = Buffer.from(
    JSON.stringify(
      signedBundle(
        statement({
          subject: subjectsOf(files, id),
          predicate: provenance({ definition: dependencies() }),
        }),
        { key: testKey('release') },
      ),
    ),
  )
  const inner = encodeInnerManifest({
    set: { id, sha256: set },
    sourceRevision: REVISION,
    snapshot: digestOf(SNAPSHOT),
    provenance: [digestOf(proven)],
    sbom: [digestOf(SBOM)],
    policies: REGISTRY.policiesOf('render_staging_rollout').map((policy) => ({
      id: policy.id,
      sha256: policy.digest,
    })),
  })
  if (!inner.ok) throw new Error(JSON.stringify(inner.problems))
  const innerManifest = inner.value
  const record: WorldRelease['record'] = (family, members, header = {}) =>
    fileOf(
      statementOf(family, members, {
        about,
        header: {
          release: { ...reference, ...header.release },
          ...(family in POLICIES && { policy: POLICIES[family as keyof typeof POLICIES] }),
          ...(header.evidence !== undefined && { evidence: header.evidence }),
          ...(header.reportedAt !== undefined && { reportedAt: header.reportedAt }),
        },
      }),
    )
  const tracking = {
    artifactName: 'render_staging_rollout_release_evidence_bundle',
    artifactType: 'release-evidence-bundle',
    buildPipeline: '.github/workflows/release.yml',
    buildTime: '2026-04-10T11:58:00Z',
    snapshot: digestOf(SNAPSHOT),
    innerManifest: digestOf(innerManifest),
  }
  const attestation = {
    innerManifest: digestOf(innerManifest),
    provenance: [digestOf(proven)],
    sboms: [],
  }
  const generated = [proven, record('tracking', tracking), record('attestation', attestation)]
  const documents = { 'inner.json': innerManifest, 'snapshot.json': SNAPSHOT, 'sbom.json': SBOM }
  return { id, reference, set, innerManifest, documents, provenance: proven, record, generated }
}

function dependencies(): Json {
  const { buildDefinition } = provenance() as { buildDefinition: { resolvedDependencies: Json[] } }
  const { resolvedDependencies } = buildDefinition
  const snapshot = { uri: 'urn:assay:snapshot', digest: { sha256: digestOf(SNAPSHOT) } }
  return { resolvedDependencies: [...resolvedDependencies, snapshot] }
}

/** Appends bundles, unverified. */
export async function appendAll(
  world: LedgerWorld,
  ledger: string,
  files: readonly Uint8Array[],
): Promise<void> {
  const store = await createHost(world.folder).openLedger(ledger)
  const records = files.map((bytes) => {
    const entry = entryOfRecord(bytes)
    if (!entry.ok) throw new Error(JSON.stringify(entry.problems))
    return { bytes, entry: entry.value }
  })
  const appended = await store.append(records)
  if (!appended.ok) throw new Error(JSON.stringify(appended.problems))
}

/** A new ledger with these bundles, its head signed by `log`. */
export async function ledgerOf(
  world: LedgerWorld,
  ledger: string,
  files: readonly Uint8Array[],
): Promise<void> {
  await world.done(`ledger init --ledger ${ledger}`)
  await appendAll(world, ledger, files)
  await world.run('key generate --out log --type ed25519 --unsafe-unencrypted')
  await signLedger(world, ledger)
}
