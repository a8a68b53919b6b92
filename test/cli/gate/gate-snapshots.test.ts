// `assay gate --counters --snapshot`: whether what makes evidence is there, in a snapshot that signed records name.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeSnapshot, type Source } from '../../../src/snapshot/index.ts'
import { buildNoteKey, encodeNoteKey, encodeTrust } from '../../../src/trust/index.ts'
import { adopt } from '../../gate/fixtures/adoption.ts'
import {
  attest,
  DAY,
  lastingRecords,
  SOURCE,
  unrecorded,
} from '../../gate/fixtures/as-documented.ts'
import { ORIGIN } from '../../gate/fixtures/filled-ledger.ts'
import { signedBy, trustOf } from '../../gate/fixtures/parties.ts'
import { POST, provenanceOf, releaseOf } from '../../gate/fixtures/release.ts'
import { openScene, type Scene } from '../../gate/fixtures/scene.ts'
import { SHIPPED, shippedRegistry } from '../../policy/shipped.ts'
import { snapshotOf } from '../../snapshot/project.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'
import { testKey } from '../../verify/keys.ts'
import { digestOf } from '../../verify/release.ts'

const NOW = Date.parse(DAY)
const CANDIDATE = 'evidence.production.render_candidate_workflow'
const CI = 'evidence.repo.ci_monorepo_validation'
const FOLDER = makeTemporaryFolder('gate-snapshots')
const [SNAPSHOT, OTHER] = [join(FOLDER, 'snapshot.json'), join(FOLDER, 'other.json')]

const CLEAN: Source = {
  ...{ state: 'clean', commit: SOURCE.commit, tree: SOURCE.tree, repository: SOURCE.repository },
  ...{ tags: [], folder: '', shallow: false, changes: [], submodules: [] },
  ...{ lfsPointers: [], hidden: [] },
}

const key = buildNoteKey(ORIGIN, 'signature', testKey('log').publicKey)
if (!key.ok) throw new Error(JSON.stringify(key.problems))
const UNDER = `--policies policies --trust trust.json --at ${DAY} --head ledger/checkpoint --log-key ${encodeNoteKey(key.value)}`

/** A release to production whose tracking record names the snapshot, and its provenance too where that is signed. */
async function openProject(snapshot: Uint8Array, isProvenanced: boolean): Promise<Scene> {
  const [registry, trust] = [shippedRegistry(), trustOf()]
  const [version, run] = ['v1.0.0', '1']
  const parts = { place: 'production', version, run, source: SOURCE, registry } as const
  const release = releaseOf({ ...parts, snapshot: digestOf(snapshot) })
  const by = signedBy('builder')
  const provenance = isProvenanced ? [await provenanceOf(release, by)] : []
  const records = [
    ...(await lastingRecords(release, unrecorded('production'))),
    ...(await attest(
      release,
      provenance.map((one) => digestOf(one)),
    )),
  ]
  const adopted = await adopt(
    release,
    { phase: POST, records, by, at: DAY },
    { trust, now: () => NOW },
  )
  return openScene({
    entries: [...provenance, ...adopted],
    policies: SHIPPED,
    trust: encodeTrust(trust),
    signedAt: NOW,
  })
}

interface Told {
  readonly id: string
  readonly [member: string]: unknown
}

let signed: Scene
let unsigned: Scene

beforeAll(async () => {
  const files = { '.github/workflows/render-production-candidate.yml': 'jobs: {}\n' }
  const bytes = encodeSnapshot(await snapshotOf(files, CLEAN))
  writeFileSync(SNAPSHOT, bytes)
  writeFileSync(OTHER, encodeSnapshot(await snapshotOf({ 'package.json': '{}' }, CLEAN)))
  signed = await openProject(bytes, true)
  unsigned = await openProject(bytes, false)
}, 60_000)

async function evidenceIn(
  scene: Scene,
  more = `--snapshot ${SNAPSHOT}`,
): Promise<Map<string, Told>> {
  const line = `gate --counters --format json ${UNDER} ${more}`
  const { exitCode, stdout, stderr } = await scene.run(line.trimEnd(), NOW)
  expect(exitCode, stdout + stderr).toBe(0)
  const { evidence } = JSON.parse(stdout) as { readonly evidence: readonly Told[] }
  return new Map(evidence.map((one) => [one.id, one]))
}

describe('assay gate --counters --snapshot', () => {
  it('finds what makes evidence in the snapshot that provenance and tracking record name', async () => {
    const evidence = await evidenceIn(signed)
    expect(evidence.get(CANDIDATE)).toMatchObject({
      state: 'implemented',
      implementation: { state: 'in-snapshot', snapshots: [{ namedBy: 'provenance' }] },
      sentence: expect.stringContaining('which accepted provenance names'),
    })
    expect(evidence.get(CI)).toMatchObject({
      state: 'defined',
      implementation: { state: 'not-in-snapshot', missing: ['.github/workflows/ci.yml'] },
    })
  })

  it('says where nobody but the tracking record names it', async () => {
    expect((await evidenceIn(unsigned)).get(CANDIDATE)).toMatchObject({
      state: 'implemented',
      implementation: { snapshots: [{ namedBy: 'tracking-record' }] },
    })
  })

  it('looks nowhere without one', async () => {
    expect((await evidenceIn(signed, '')).get(CANDIDATE)).toMatchObject({
      state: 'defined',
      implementation: { state: 'not-looked-at' },
    })
  })

  it('takes no snapshot that no release in use names, and no other document', async () => {
    const other = await signed.run(`gate --counters ${UNDER} --snapshot ${OTHER}`, NOW)
    expect(other).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('gate/snapshot-unknown'),
    })
    writeFileSync(join(FOLDER, 'text.json'), '{}')
    const text = await signed.run(`gate --counters ${UNDER} --snapshot ${FOLDER}/text.json`, NOW)
    expect(text).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('snapshot/document'),
    })
  })

  it('goes with --counters alone', async () => {
    const found = await signed.run(`gate ${UNDER} --snapshot ${SNAPSHOT}`, NOW)
    expect(found).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Expected --snapshot with --counters'),
    })
  })
})
