// Whether the release may go to staging: what is known of its commit is recorded, and a gate of the shipped policies asked.

import { cpSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../checkout.ts'
import { explain, type Outcome } from './judgement.ts'
import { type Session, tell, title } from './session.ts'
import { recordTests } from './source.ts'

const GATE = 'gate.release_target.render_staging_rollout'
const LEDGER = 'ledger'
const BEFORE = 'the gate of staging, before a person started the rollout'
const AFTER = 'the gate of staging, after a person started it'
const COMMON = ['--trust', 'trust.json', '--ledger', LEDGER]

/** Asks the gate before everything is there that it asks for, and after; and once more when a record was taken away. */
export function passGate(session: Session, commit: string): readonly Outcome[] {
  cpSync(join(ROOT, 'policies'), join(session.folder, 'policies'), { recursive: true })
  title('Record what is known of the commit, and sign the head of the ledger')
  session.assay('key', 'generate', '--type', 'ed25519', '--out', 'ledger-key')
  session.assay('ledger', 'init', '--ledger', LEDGER)
  addHolder(session, 'builder', '--automation')
  const words = ['--commit', commit, ...COMMON, '--key', 'builder-key.key.pem']
  recordTests(session, 'release', { evidence: 'evidence.repo.ci_monorepo_validation', words })
  recordTests(session, 'preflight', { evidence: 'evidence.staging.cloud_preflight', words })
  signHead(session)
  const before = askGate(session, { attempt: BEFORE, expected: 1 })
  startRollout(session, commit)
  signHead(session)
  const after = askGate(session, { attempt: AFTER, expected: 0 })
  return [before, after, dropRecord(session)]
}

/** A person starts the rollout, and begins with a look at what is rolled out. */
function startRollout(session: Session, commit: string): void {
  title('A person starts the rollout')
  addHolder(session, 'operator', '--person')
  const words = ['--commit', commit, ...COMMON, '--key', 'operator-key.key.pem']
  const answers = ['--evidence', 'evidence.staging.render_rollout_workflow']
  const look = ['--name', 'start-rollout', '--folder', 'release']
  const check = ['--', 'sha256sum', '--check', '--quiet', '../SHA256SUMS']
  session.assay('record', 'command', ...words, ...answers, ...look, ...check)
}

/** A key of its own for a role that the gate asks for. */
function addHolder(session: Session, role: string, kind: '--person' | '--automation'): void {
  session.assay('key', 'generate', '--out', `${role}-key`)
  session.assay('trust', 'add-role', '--name', role)
  const named = ['--name', role, '--role', role, kind]
  session.assay('trust', 'add-key', `${role}-key.pub.pem`, ...named)
}

function signHead(session: Session): void {
  const signed = ['--key', 'ledger-key.key.pem', '--name', 'ledger.example/demo']
  const line = ['ledger', 'checkpoint', '--ledger', LEDGER, ...signed]
  const { status, stdout, stderr } = session.run(...line)
  tell(stdout + stderr)
  if (status !== 0) throw new Error(`The head was not signed: ${stderr}`)
  writeFileSync(join(session.folder, 'ledger.vkey'), stdout)
}

/** Takes one record away, and puts it back when the gate has judged. */
function dropRecord(session: Session): Outcome {
  const folder = join(session.folder, LEDGER, 'records')
  const record = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith('.json'),
  )
  if (record === undefined) throw new Error('The ledger has no records')
  const away = join(session.folder, 'away.json')
  renameSync(join(folder, record), away)
  const outcome = askGate(session, {
    attempt: 'the gate of staging, with a record taken out of the ledger',
    expected: 1,
  })
  renameSync(away, join(folder, record))
  return outcome
}

function askGate(
  session: Session,
  asked: { readonly attempt: string; readonly expected: 0 | 1 },
): Outcome {
  title(`Ask ${asked.attempt}`)
  const { status, stdout, stderr } = session.runOffline(
    '.',
    'gate',
    GATE,
    ...COMMON,
    '--log-key',
    'ledger.vkey',
  )
  // What the release has to show once it is adopted comes after it.
  const [decision = ''] = (stdout + stderr).split('\nfulfilment of ')
  tell(decision)
  return { ...asked, status, ...(status === 0 ? { reason: '', hint: '' } : explain(decision)) }
}
