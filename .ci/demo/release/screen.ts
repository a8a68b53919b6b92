// The last screen: every status that is computed of the releases, by somebody who has the ledger, the policies, the trust document and
// the key of the ledger, and no network.

import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Session, tell, title } from '../session.ts'
import { LEDGER } from './adoption.ts'
import { type Made, POLICIES, setIdOf } from './run.ts'

/** What is read of `assay/audit/v1`. */
interface Audit {
  readonly outcome: string
  readonly releases: readonly Release[]
}

interface Release {
  readonly id: string
  readonly outcome: string
  readonly records: readonly ShownRecord[]
  readonly commitRecords?: readonly ShownRecord[]
}

interface ShownRecord {
  readonly family: string
  readonly phase?: string
  readonly standing: string
  readonly status: string
  readonly outcome: string
  readonly signer: string
}

/** Signs the head of the ledger, and audits all of it elsewhere. */
export function auditElsewhere(session: Session): Audit {
  title('Sign the head of the ledger')
  const signed = ['--key', 'log.key.pem', '--name', 'ledger.example/demo']
  const { status, stdout, stderr } = session.run(
    'ledger',
    'checkpoint',
    '--ledger',
    LEDGER,
    ...signed,
  )
  tell(stdout + stderr)
  if (status !== 0) throw new Error(`The head was not signed: ${stderr}`)

  title('Audit it in a folder with nothing else, and without a network')
  const { folder } = session
  mkdirSync(join(folder, 'auditor'))
  for (const name of [LEDGER, 'policies', 'trust.json']) {
    cpSync(join(folder, name), join(folder, 'auditor', name), { recursive: true })
  }
  writeFileSync(join(folder, 'auditor/ledger.vkey'), stdout)
  const line = ['audit', LEDGER, ...POLICIES, '--log-key', 'ledger.vkey', '--format', 'json']
  const audit = session.runOffline('auditor', ...line)
  if (audit.status !== 0 && audit.status !== 1) {
    throw new Error(`The audit ended with ${audit.status}: ${audit.stderr}`)
  }
  return JSON.parse(audit.stdout) as Audit
}

/** Audits a pack where there is nothing but the pack, and a trust document that came another way. */
export function auditPack(session: Session, pack: string): Verdict {
  title('Audit a pack in an empty folder, without a network')
  const { folder } = session
  mkdirSync(join(folder, 'empty'))
  cpSync(join(folder, pack), join(folder, 'empty/pack.tar'))
  cpSync(join(folder, 'trust.json'), join(folder, 'empty/trust.json'))
  const line = ['audit', 'pack.tar', '--trust', 'trust.json']
  const { status, stdout, stderr } = session.runOffline('empty', ...line)
  tell(stdout + stderr, LINES_MAX)
  if (status !== 0 && status !== 1) throw new Error(`The audit ended with ${status}`)
  const audit = session.runOffline('empty', ...line, '--format', 'json')
  const { releases, outcome } = JSON.parse(audit.stdout) as Audit
  const records = releases.flatMap((release) => release.records)
  return {
    outcome,
    accepted: records.filter((one) => one.outcome === 'accepted').length,
    records: records.length,
  }
}

/** What an audit of a pack came to. */
interface Verdict {
  readonly outcome: string
  readonly accepted: number
  readonly records: number
}

/** More of a verdict is left out: the last screen has it all. */
const LINES_MAX = 30

/** Shows every status; where the last release is not accepted as a whole, the demo is broken. */
export function showStatuses(
  session: Session,
  { audit: { releases }, pack }: { readonly audit: Audit; readonly pack: Verdict },
  made: Made,
): void {
  const rows = releases.flatMap(({ id, outcome, records, commitRecords = [] }) => [
    '',
    `${outcome.padEnd(8)}  ${id}`,
    ...[...commitRecords, ...records].map(showRecord),
  ])
  const last = releases.find(({ id }) => id === setIdOf(made))
  const lines = [
    `Two releases of this checkout, from build to where one could go back to, in ${session.seconds()} s.`,
    ...rows,
    '',
    `The pack of ${made.version} after its deployment, by itself: ${pack.accepted} of ${pack.records} records accepted.`,
    'Every status was computed from signatures, and none of them stands in a record.',
    'The first release is superseded, had none to go back to, and a canary under a rule for production.',
    'Nothing of this is left behind.',
  ].map((line) => `  ${line}`.trimEnd())
  process.stdout.write(`\n${'─'.repeat(80)}\n\n${lines.join('\n')}\n\n`)
  if (last?.outcome !== 'accepted') process.exitCode = 1
}

function showRecord({ outcome, family, phase, status, standing, signer }: ShownRecord): string {
  const [when = 'commit'] = /^(?:pre|post)-deploy/.exec(phase ?? '') ?? []
  const cells = [outcome.padEnd(8), family.padEnd(15), when.padEnd(11), status.padEnd(27), standing]
  return `${cells.join('  ')}, by ${signer}`
}
