// One run of the pipeline: what it builds, and what it knows of that, in a ledger of its own.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Session, title } from '../session.ts'
import type { Party } from './parties.ts'

const TARGETS = {
  staging: 'render_staging_rollout',
  production: 'render_production_launch',
} as const

/** Where a release goes. */
export type Place = keyof typeof TARGETS

/** A release that a run made. */
export interface Made {
  /** Staging, where nothing is said. */
  readonly place?: Place
  readonly version: string
  readonly run: string
  /** Commit of the checkout. */
  readonly revision: string
  /** Folder of the set. */
  readonly set: string
  /** SHA-256 of its snapshot. */
  readonly snapshot: string
  /** To go back to. */
  readonly before: {
    readonly version: string
    readonly setId: string
    readonly revision: string
    /** SHA-256 of its snapshot. */
    readonly snapshot: string
  }
}

export const POLICIES = ['--trust', 'trust.json', '--policies', 'policies/release-assurance']
export const PRE = 'pre-deploy-candidate'
export const POST = 'post-deploy-smoke-verified'

/** How one would go back, and what is asked of the server. */
export const PREPARATION = ['docs/render-deployment-contract.md', 'docs/deployment-runbook.md']
export const SMOKE_PLAN = 'policies/smoke-plans/web-edge.yaml'

/** Phases of a release. */
export type Phase = typeof PRE | typeof POST

/** Its artifact set id. */
export function setIdOf({
  place = 'staging',
  version,
  run,
}: Pick<Made, 'place' | 'version' | 'run'>): string {
  return `${place}__${TARGETS[place]}__${version}__${run}`
}

/** Options that name it where it is built. */
export function nameWords({ place = 'staging', version, run }: Made): readonly string[] {
  return ['--release', version, '--channel', place, '--target', TARGETS[place], '--run', run]
}

/** Where its snapshot is written. */
export function snapshotOf({ run }: Pick<Made, 'run'>): string {
  return `snapshot-${run}.json`
}

/** The ledger of its run. */
export function ledgerOf({ run }: Pick<Made, 'run'>): string {
  return `run-${run}`
}

/** Where a record goes, and who signs it. */
export interface Signing {
  readonly by: Party
  readonly ledger: string
}

/** Options of a record about the release in a phase. */
export function recordWords(made: Made, phase: Phase, { by, ledger }: Signing): readonly string[] {
  const about = ['--release-id', setIdOf(made), '--phase', phase]
  const scope = ledger === ledgerOf(made) ? ['--run'] : []
  return [...about, ...POLICIES, '--ledger', ledger, ...scope, '--key', `${by}.key.pem`]
}

/** Writes a document that records are made from, or refer to. */
export function write({ folder }: Session, name: string, content: unknown): void {
  writeFileSync(join(folder, name), `${JSON.stringify(content, undefined, 2)}\n`)
}

/** Builds: provenance over the set, and the inner manifest of all that is there before any record. */
export function build(session: Session, made: Made): void {
  const { version, run, revision, set } = made
  title(`Run ${run} builds ${version}`)
  const ledger = ledgerOf(made)
  session.assay('ledger', 'init', '--ledger', ledger)
  const provenance = `provenance-${run}.sigstore.json`
  const signed = ['--key', 'builder.key.pem', '--out', provenance]
  const built = ['--set', set, '--snapshot', snapshotOf(made)]
  session.assay('attest', 'provenance', ...built, ...nameWords(made), ...signed)
  session.assay('ledger', 'append', provenance, '--trust', 'trust.json', '--ledger', ledger)
  const parts = ['--snapshot', snapshotOf(made), '--provenance', provenance]
  const about = ['--release-id', setIdOf(made), '--set', set, '--source-revision', revision]
  const out = ['--policies', 'policies/release-assurance', '--out', `inner-${run}.json`]
  session.assay('record', 'manifest', ...about, ...parts, ...out)
}

/** Signs what the run knows in a phase: five families before the deployment, and after it again. */
export function recordPhase(session: Session, made: Made, phase: Phase): void {
  const { run } = made
  const words = recordWords(made, phase, { by: 'builder', ledger: ledgerOf(made) })
  const assay = (family: string, ...more: readonly string[]) =>
    session.assay('record', family, ...words, ...more)
  write(session, 'attestation.json', { sboms: [] })
  const inner = ['--digest-of', `innerManifest=inner-${run}.json`]
  track(session, made, phase)
  const provenance = ['--digest-of', `provenance=provenance-${run}.sigstore.json`]
  assay('attestation', '--from', 'attestation.json', ...inner, ...provenance)
  const stage = phase === PRE ? 'artifact-signed-or-attested' : 'post-deploy-verified'
  recordDecisions(session, made, { phase, stage })
}

/** Says what the release is known by. */
export function track(session: Session, made: Made, phase: Phase): void {
  const { place = 'staging', run, set, revision } = made
  const words = recordWords(made, phase, { by: 'builder', ledger: ledgerOf(made) })
  write(session, 'tracking.json', {
    artifactName: `${TARGETS[place]}_release_evidence_bundle`,
    artifactType: 'release-evidence-bundle',
    buildPipeline: '.ci/demo-release.ts',
    buildTime: inSeconds(Date.now()),
  })
  const snapshot = ['--digest-of', `snapshot=${snapshotOf(made)}`]
  const inner = ['--digest-of', `innerManifest=inner-${run}.json`]
  const source = phase === PRE ? ['--set', set, '--source-revision', revision] : []
  const from = ['--from', 'tracking.json', ...snapshot, ...inner]
  session.assay('record', 'tracking', ...words, ...source, ...from)
}

/** Who stands behind it, how far it is, and how one would go back. */
export function recordDecisions(
  session: Session,
  made: Made,
  { phase, stage }: { readonly phase: Phase; readonly stage: string },
): void {
  const words = recordWords(made, phase, { by: 'operator', ledger: ledgerOf(made) })
  const assay = (family: string, ...more: readonly string[]) =>
    session.assay('record', family, ...words, ...more)
  assay('authority', '--approval-reference', `run ${made.run} of this demo`)
  const matrix = ['--digest-of', 'compatibilityMatrix=matrix.json']
  assay('promotion', '--enters', stage, '--from-stage', 'devnet', ...matrix)
  const named = PREPARATION.flatMap((path) => ['--digest-of', `preparation=${path}`])
  write(session, 'rollback.json', rollbackOf(made))
  assay('rollback', '--from', 'rollback.json', ...named)
}

function rollbackOf({ before }: Made) {
  return {
    target: {
      artifactVersion: before.version,
      artifactSetId: before.setId,
      sourceRevision: before.revision,
      snapshot: before.snapshot,
    },
    reference: `refs/tags/${before.version}`,
    operatorConfirmation: 'The way back is written down',
  }
}

/** As records have a time that somebody tells. */
export function inSeconds(ms: number): string {
  return new Date(ms).toISOString().replace(/[.]\d+Z$/, 'Z')
}

/** Ties the records of the phase together. */
export function link(session: Session, made: Made, phase: Phase): void {
  const words = recordWords(made, phase, { by: 'builder', ledger: ledgerOf(made) })
  session.assay('record', 'linkage', ...words)
}
