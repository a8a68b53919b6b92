// A run with a ledger of its own, and a project that may adopt what it generated: builder, reviewer and adopter with their roles.

import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../.ci/checkout.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { type LedgerWorld, openWorld } from './ledger-world.ts'

export const SET_ID = 'staging__render_staging_rollout__v1.2.0__4711-1'
export const REVISION = 'c27d339ee6075c1f744c5d4b200f7901aad2c369'
export const PRE = 'pre-deploy-candidate'

/** Options of whoever makes a record in the run. */
const BUILDS = `--phase ${PRE} --trust trust.json --policies policies`

const SIGNERS = [
  ['ci', 'builder', '--automation'],
  ['rita', 'adoption-reviewer', '--person'],
  ['rob', 'adoption-reviewer', '--person'],
  ['ada', 'adopter', '--person'],
] as const

/** Keys, trust document, policies, and both ledgers: `run` with six records and a provenance, `ledger` empty; a candidate and its review. */
export async function createAdoptionWorld(): Promise<LedgerWorld> {
  const world = openWorld(makeTemporaryFolder('adoption-world'))
  cpSync(join(ROOT, 'policies/release-assurance'), join(world.folder, 'policies'), {
    recursive: true,
  })
  await world.done('trust init')
  await world.done('trust add-role --name builder')
  await world.done('trust add-role --name adoption-reviewer --predicate-type adoption-review')
  await world.done('trust add-role --name adopter --predicate-type adoption')
  for (const [name, role, kind] of SIGNERS) {
    await world.done(`key generate --out ${name} --unsafe-unencrypted`)
    await world.done(`trust add-key ${name}.pub.pem --name ${name} --role ${role} ${kind}`)
  }
  await world.done('ledger init --ledger ledger')
  await world.done('ledger init --ledger run')
  await generate(world)
  await world.done(proposing('run', 'candidate.json'))
  await world.done(reviewing('rita', 'review.json'))
  return world
}

/** What a run generates before a deployment. */
async function generate(world: LedgerWorld): Promise<void> {
  mkdirSync(join(world.folder, 'dist'))
  write(world, 'dist/app.js', 'export {}\n')
  await world.done('snapshot dist --out snapshot.json')
  const release = '--release v1.2.0 --channel staging --target render_staging_rollout --run 4711-1'
  await world.done(`attest provenance --set dist --key ci.key.pem ${release} --out built.json`)
  await world.done('ledger append built.json --ledger run --trust trust.json')
  const parts = '--snapshot snapshot.json --provenance built.json --policies policies'
  await world.done(
    `record manifest --release-id ${SET_ID} --set dist --source-revision ${REVISION} ${parts} --out inner.json`,
  )
  await record(
    world,
    'tracking',
    `${written(world, 'tracking', TRACKING)} ${PARTS} --set dist --source-revision ${REVISION}`,
  )
  await record(
    world,
    'attestation',
    '--digest-of innerManifest=inner.json --digest-of provenance=built.json --from none.yaml',
  )
  await record(world, 'authority', '--approval-reference https://ci.example/runs/4711')
  await record(
    world,
    'promotion',
    '--enters candidate-tested --from-stage devnet --digest-of compatibilityMatrix=snapshot.json',
  )
  await record(world, 'rollback', written(world, 'rollback', ROLLBACK))
  await record(world, 'linkage', '')
}

/** What tracking names of the run. */
export const PARTS = '--digest-of snapshot=snapshot.json --digest-of innerManifest=inner.json'

const TRACKING = `artifactName: render_staging_rollout_release_evidence_bundle
artifactType: release-evidence-bundle
buildPipeline: .github/workflows/release.yml
buildTime: 2026-04-10T11:58:00Z
`

const ROLLBACK = `target:
  artifactVersion: v1.1.0
  artifactSetId: staging__render_staging_rollout__v1.1.0__4602-1
  sourceRevision: ${'7d'.repeat(20)}
  snapshot: ${'c'.repeat(64)}
reference: refs/tags/v1.1.0
preparation:
  - path: docs/deployment-runbook.md
    sha256: ${'d'.repeat(64)}
operatorConfirmation: none yet
`

/** One record of the run; more of the line comes after what all of them have. */
export async function record(world: LedgerWorld, family: string, more: string, ledger = 'run') {
  const line = `record ${family} --release-id ${SET_ID} ${BUILDS} --ledger ${ledger} --run --key ci.key.pem ${more}`
  return world.keep(line.trimEnd())
}

function written(world: LedgerWorld, name: string, text: string): string {
  write(world, 'none.yaml', 'sboms: []\n')
  write(world, `${name}.yaml`, text)
  return `--from ${name}.yaml`
}

/** Writes a file of the world. */
export function write({ folder }: LedgerWorld, path: string, text: string): void {
  writeFileSync(join(folder, path), text)
}

/** Options of whoever adopts. */
export const COMMON = '--trust trust.json --policies policies'

/** What is said of the ledger of a run that is adopted from: its policies, and that nobody judges its head. */
export const RUN = '--source-policies policies --unsafe-unsigned'

let made = 0
/** A copy of a folder or file of the world, for one test. */
export function copyOf(world: LedgerWorld, name: string): string {
  made += 1
  world.copy(name, `${name}-${made}`)
  return `${name}-${made}`
}

/** Proposes what the run generated before its deployment. */
export function proposing(run: string, out: string): string {
  return `record adoption propose ${run} ${COMMON} ${RUN} --phase ${PRE} --out ${out}`
}

/** Reviews the candidate of the world. */
export function reviewing(name: string, out: string, more = '--decision adopt'): string {
  return `record adoption review candidate.json --from run ${COMMON} ${RUN} --key ${name}.key.pem --out ${out} ${more}`
}

/** What is otherwise than in the world. */
export interface Application {
  readonly from?: string
  readonly reviews?: readonly string[]
  readonly key?: string
  readonly candidate?: string
  readonly common?: string
  /** What is said of the run. */
  readonly run?: string
}

/** Applies the candidate to a ledger. */
export function applying(ledger: string, changes: Application = {}): string {
  const { from = 'run', reviews = ['review.json'], key = 'ada' } = changes
  const { candidate = 'candidate.json', common = COMMON, run = RUN } = changes
  const named = reviews.map((path) => `--review ${path}`).join(' ')
  return `record adoption apply ${candidate} --from ${from} --ledger ${ledger} ${common} ${run} ${named} --reference pr-311 --key ${key}.key.pem`
}

/** How many entries a ledger has. */
export async function sizeOf(world: LedgerWorld, ledger: string): Promise<number> {
  const text = await world.done(`ledger list --ledger ${ledger} --format json`)
  return (JSON.parse(text) as { readonly size: number }).size
}
