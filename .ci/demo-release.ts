// `npm run demo:release`: a release of this checkout from its build to where one could go back to. A run builds it and records what it
// knows; people review, adopt and approve; it is deployed, smoked and watched; its pack is audited where there is nothing else. What it
// is deployed to is a server that the demo starts. Nothing of it is left behind.

import { randomBytes } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packRelease } from './demo/release.ts'
import { adopt, LEDGER, pack } from './demo/release/adoption.ts'
import {
  approve,
  deploy,
  recordCanary,
  recordCommit,
  recordIncident,
  recordRest,
  supersede,
} from './demo/release/evidence.ts'
import { nameParties } from './demo/release/parties.ts'
import {
  build,
  link,
  type Made,
  POST,
  PRE,
  recordPhase,
  setIdOf,
  snapshotOf,
} from './demo/release/run.ts'
import { copyDocuments, digestOf, pipelineOf } from './demo/release/source.ts'
import { auditLedger, auditPack, showStatuses, signHead } from './demo/release/screen.ts'
import { openSession, title } from './demo/session.ts'
import { commitSource } from './demo/source.ts'

const secrets: Record<string, string> = {
  ASSAY_SMOKE_OPERATOR: randomBytes(16).toString('hex'),
  ASSAY_SMOKE_SITE_ACCESS: randomBytes(16).toString('hex'),
}
const session = openSession({ secrets, linesMax: 8 })
const { folder } = session
packRelease(session)
copyDocuments(session)
nameParties(session)
session.assay('ledger', 'init', '--ledger', LEDGER)
const { url, close } = await startServer()

// Two releases, so that the second has one to go back to; the first names one that nobody recorded.
cpSync(join(folder, 'release'), join(folder, 'previous'), { recursive: true })
writeFileSync(join(folder, 'previous/CHANGELOG.md'), '# The release before\n')
const none = { version: 'v0.9.0', run: '100-1', revision: '0'.repeat(40), snapshot: '0'.repeat(64) }
const old = start({ version: 'v1.0.0', run: '101-1', set: 'previous' }, none)
recordCanary(session, old, { ring: 'everybody', since: release(old) })
const made = start({ version: 'v1.1.0', run: '102-1', set: 'release' }, old)
const since = release(made)
supersede(session, made, old)
recordRest(session, made)
recordIncident(session, made)
recordCanary(session, made, { ring: 'bounded-operator-initiated', since })
close()

signHead(session)
title(`Pack ${made.version} as the ledger of the project has it`)
const packed = pack(session, made, { phase: POST, ledger: LEDGER })
showStatuses(session, {
  pack: auditPack(session, made, packed),
  ledger: auditLedger(session, made, 'accepted'),
  before: auditLedger(session, old, 'rejected'),
})

/** A commit, and the snapshot of it. */
function start(
  named: Pick<Made, 'version' | 'run' | 'set'>,
  { version, run, revision, snapshot }: Pick<Made, 'version' | 'run' | 'revision' | 'snapshot'>,
): Made {
  title(`Commit the source of ${named.version}`)
  const commit = commitSource(session, named.version)
  Object.assign(secrets, pipelineOf(commit, named.run))
  const path = snapshotOf(named)
  session.assay('snapshot', 'source', '--out', path)
  return {
    ...named,
    revision: commit,
    snapshot: digestOf(readFileSync(join(folder, path))),
    before: { version, setId: setIdOf({ version, run }), revision, snapshot },
  }
}

/** From build to post-deploy verified; gives when it was deployed. */
function release(one: Made): number {
  build(session, one)
  recordCommit(session, one)
  recordPhase(session, one, PRE)
  link(session, one, PRE)
  adopt(session, one, PRE)
  approve(session, one)
  deploy(session, one, url)
  // Records have whole seconds, and a canary begins after the deployment was seen.
  const deployedAt = Date.now() + 1_000
  title(`Record what run ${one.run} knows after the deployment`)
  recordPhase(session, one, POST)
  link(session, one, POST)
  adopt(session, one, POST)
  return deployedAt
}

/** The server that is deployed to, until it is closed. */
async function startServer() {
  const program = join(import.meta.dirname, 'demo/release/web-edge-server.ts')
  const server = spawn(process.execPath, [program], {
    env: { ...process.env, ...secrets },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [address] = (await once(server.stdout, 'data')) as [Buffer]
  return { url: address.toString().trim(), close: () => server.stdin.end() }
}
