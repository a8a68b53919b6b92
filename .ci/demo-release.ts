// `npm run demo:release`: a release of this checkout from its build to where one could go back to. A run builds it and records what it
// knows; people review, adopt and approve; it is deployed, smoked and watched; an audit computes every status from signatures. Nothing
// of it is left behind.

import { randomBytes } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeRelease } from './demo/release.ts'
import { adopt, LEDGER, packOf } from './demo/release/adoption.ts'
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
import { build, link, type Made, POST, PRE, recordPhase, setIdOf } from './demo/release/run.ts'
import { commitSource, copyDocuments, digestOf, pipelineOf } from './demo/release/source.ts'
import { auditElsewhere, auditPack, showStatuses } from './demo/release/screen.ts'
import { openSession, type Session, title } from './demo/session.ts'

const secrets: Record<string, string> = {
  ASSAY_SMOKE_OPERATOR: randomBytes(16).toString('hex'),
  ASSAY_SMOKE_SITE_ACCESS: randomBytes(16).toString('hex'),
}
const session = openSession({ secrets })
makeRelease(session)
copyDocuments(session)
nameParties(session)
session.assay('ledger', 'init', '--ledger', LEDGER)
const { url, close } = await startServer()
const [old, made] = makeReleases(session)
release(old)
release(made)
supersede(session, made, old)
recordRest(session, made)
recordCanary(session, old)
recordIncident(session, made)
close()
const pack = auditPack(session, packOf(made, POST))
showStatuses(session, { audit: auditElsewhere(session), pack }, made)

/** From build to post-deploy verified. */
function release(one: Made): void {
  Object.assign(secrets, pipelineOf(one.revision, one.run))
  build(session, one)
  recordCommit(session, one)
  recordPhase(session, one, PRE)
  link(session, one, PRE)
  adopt(session, one, PRE)
  title(`Approve ${one.version}`)
  approve(session, one, 'alice')
  approve(session, one, 'bob')
  deploy(session, one, url)
  recordPhase(session, one, POST)
  link(session, one, POST)
  adopt(session, one, POST)
}

/** Two releases of this checkout, so that the second has one to go back to; the first names one that nobody recorded. */
function makeReleases({ folder }: Session): readonly [Made, Made] {
  const revision = commitSource(session, 'the source')
  // Again, now that there is a commit that it can name.
  session.assay('snapshot', 'source', '--out', 'snapshot.json')
  const snapshot = digestOf(readFileSync(join(folder, 'snapshot.json')))
  cpSync(join(folder, 'release'), join(folder, 'previous'), { recursive: true })
  writeFileSync(join(folder, 'previous/CHANGELOG.md'), '# The release before\n')
  const first: Made = {
    version: 'v1.0.0',
    run: '101-1',
    revision,
    set: 'previous',
    before: {
      version: 'v0.9.0',
      setId: setIdOf({ version: 'v0.9.0', run: '100-1' }),
      revision: '0'.repeat(40),
      snapshot,
    },
  }
  const before = { version: first.version, setId: setIdOf(first), revision, snapshot }
  return [first, { version: 'v1.1.0', run: '102-1', revision, set: 'release', before }]
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
