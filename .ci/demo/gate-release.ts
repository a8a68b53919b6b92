// One release to each place: first with everything that its run knows but provenance, then with provenance.

import { adopt } from './release/adoption.ts'
import {
  ledgerOf,
  link,
  type Made,
  nameWords,
  type Place,
  PRE,
  recordDecisions,
  recordWords,
  setIdOf,
  snapshotOf,
  track,
  write,
} from './release/run.ts'
import { type Session, title } from './session.ts'

const POLICIES = ['--policies', 'policies/release-assurance']

/** The policies of attestations of each place: those of production ask for more. */
const ATTESTATIONS: Readonly<Record<Place, readonly string[]>> = {
  staging: ['release_attestation_artifact.render_staging_rollout.bundle_lineage_snapshot'],
  production: [
    'release_attestation_artifact.render_production_launch.bundle_lineage_snapshot',
    'release_attestation_artifact.render_production_launch.signed_or_attested_release',
  ],
}

/** Records and adopts what a run knows before anybody signed how the set was made. */
export function recordUnsigned(session: Session, made: Made): void {
  const { place, run, set, revision } = made
  title(`Run ${run} records a release to ${place}, without provenance`)
  session.assay('ledger', 'init', '--ledger', ledgerOf(made))
  const about = ['--release-id', setIdOf(made), '--set', set, '--source-revision', revision]
  const parts = ['--snapshot', snapshotOf(made), ...POLICIES, '--out', `inner-${run}.json`]
  session.assay('record', 'manifest', ...about, ...parts)
  track(session, made, PRE)
  attest(session, made)
  recordDecisions(session, made, { phase: PRE, stage: 'artifact-verified' })
  link(session, made, PRE)
  adopt(session, made, PRE, { tests: [], out: `unsigned-${run}` })
}

/** Signs how the set was made, and adopts attestations that name it. */
export function signProvenance(session: Session, made: Made): void {
  const { place, run, set } = made
  title(`Run ${run} signs provenance of the release to ${place}`)
  const provenance = `provenance-${run}.sigstore.json`
  const built = ['--set', set, '--snapshot', snapshotOf(made), ...nameWords(made)]
  const signed = ['--key', 'builder.key.pem', '--out', provenance]
  session.assay('attest', 'provenance', ...built, ...signed)
  const into = ['--trust', 'trust.json', '--ledger', ledgerOf(made)]
  session.assay('ledger', 'append', provenance, ...into)
  attest(session, made, provenance)
  recordDecisions(session, made, { phase: PRE, stage: 'artifact-signed-or-attested' })
  link(session, made, PRE)
  adopt(session, made, PRE, { tests: [], out: `signed-${run}` })
}

/** One attestation for each policy; a later one stands in the place of the one before. */
function attest(session: Session, made: Made, provenance?: string): void {
  const { place = 'staging', run } = made
  const words = recordWords(made, PRE, { by: 'builder', ledger: ledgerOf(made) })
  write(session, 'attestation.json', {
    ...(provenance === undefined && { provenance: [] }),
    sboms: [],
  })
  const named = provenance === undefined ? [] : ['--digest-of', `provenance=${provenance}`]
  const inner = ['--digest-of', `innerManifest=inner-${run}.json`]
  for (const policy of ATTESTATIONS[place]) {
    const from = ['--policy', policy, '--from', 'attestation.json', ...inner, ...named]
    session.assay('record', 'attestation', ...words, ...from)
  }
}
