// `npm run demo:gate`: signed provenance of this checkout's own release goes from none of two to two of two, before a person's eyes. One
// release to each place is recorded and adopted without provenance; then provenance of both is signed, and nothing else is. Nothing of it
// is left behind.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './checkout.ts'
import { recordUnsigned, signProvenance } from './demo/gate-release.ts'
import { ask, showBoth } from './demo/gate-screen.ts'
import { LEDGER } from './demo/release/adoption.ts'
import { nameParties } from './demo/release/parties.ts'
import { type Made, type Place, PREPARATION, snapshotOf, write } from './demo/release/run.ts'
import { digestOf, pipelineOf } from './demo/release/source.ts'
import { packRelease } from './demo/release.ts'
import { openSession, tell, title } from './demo/session.ts'
import { commitSource } from './demo/source.ts'

const VERSION = 'v1.0.0'
const secrets: Record<string, string> = {}
const session = openSession({ secrets, linesMax: 6 })
const { folder } = session
packRelease(session)
copyPolicies()
nameParties(session)
session.assay('ledger', 'init', '--ledger', LEDGER)

title('Commit the source, and take a snapshot of it')
const revision = commitSource(session, VERSION)
const [staging, production] = [start('staging', '101-1'), start('production', '102-1')]

for (const made of [staging, production]) during(made, recordUnsigned)
signHead()
const before = ask(session, 'before')
for (const made of [staging, production]) during(made, signProvenance)
signHead()
showBoth(session, before, ask(session, 'after'))

/** The shipped policies as they are, and the documents that they name. */
function copyPolicies(): void {
  cpSync(join(ROOT, 'policies'), join(folder, 'policies'), { recursive: true })
  mkdirSync(join(folder, 'docs'))
  for (const path of PREPARATION) {
    writeFileSync(join(folder, path), '# How the demo would go back\n')
  }
  write(session, 'matrix.json', { node: ['22', '24'] })
}

/** A release to a place; there is none yet that one could go back to. */
function start(place: Place, run: string): Made {
  Object.assign(secrets, pipelineOf(revision, run))
  const named = { place, version: VERSION, run, set: 'release', revision }
  session.assay('snapshot', 'source', '--out', snapshotOf(named))
  const snapshot = digestOf(readFileSync(join(folder, snapshotOf(named))))
  const target = place === 'staging' ? 'render_staging_rollout' : 'render_production_launch'
  const none = { version: 'v0.9.0', revision: '0'.repeat(40), snapshot: '0'.repeat(64) }
  return { ...named, snapshot, before: { ...none, setId: `${place}__${target}__v0.9.0__100-1` } }
}

/** In the pipeline of its run. */
function during(made: Made, what: (inside: typeof session, made: Made) => void): void {
  Object.assign(secrets, pipelineOf(revision, made.run))
  what(session, made)
}

function signHead(): void {
  title('Sign the head of the ledger')
  const line = ['ledger', 'checkpoint', '--ledger', LEDGER, '--key', 'log.key.pem']
  const { status, stdout, stderr } = session.run(...line, '--name', 'ledger.example/demo')
  if (status !== 0) throw new Error(`The head was not signed: ${stderr}`)
  tell(stdout)
  writeFileSync(join(folder, 'ledger.vkey'), stdout)
}
