// The last screen: every status that is computed of the releases, by an audit that has ledger, policies, trust document and key alone.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Session, tell, title } from '../session.ts'
import { LEDGER } from './adoption.ts'
import { POLICIES } from './run.ts'

/** What is read of `assay/audit/v1`. */
interface Audit {
  readonly outcome: string
  readonly releases: readonly Release[]
}

interface Release {
  readonly id: string
  readonly outcome: string
  readonly records: readonly {
    readonly family: string
    readonly phase?: string
    readonly standing: string
    readonly status: string
    readonly outcome: string
    readonly signer: string
  }[]
}

/** Signs the head of the ledger, audits it, and shows every status. */
export function showStatuses(session: Session): void {
  title('Sign the head of the ledger, and audit all of it')
  const signed = ['--key', 'log.key.pem', '--name', 'ledger.example/demo']
  const checkpoint = session.run('ledger', 'checkpoint', '--ledger', LEDGER, ...signed)
  tell(checkpoint.stdout + checkpoint.stderr)
  writeFileSync(join(session.folder, 'ledger.vkey'), checkpoint.stdout)
  const line = ['audit', LEDGER, ...POLICIES, '--log-key', 'ledger.vkey']
  const { status, stdout, stderr } = session.run(...line, '--format', 'json')
  if (status !== 0 && status !== 1) throw new Error(`The audit ended with ${status}: ${stderr}`)
  const { releases } = JSON.parse(stdout) as Audit
  const rows = releases.flatMap(({ id, outcome, records }) => [
    '',
    `${outcome.padEnd(8)}  ${id}`,
    ...records.map(
      ({ family, phase = 'commit', standing, status: word, outcome: how, signer }) =>
        `  ${how.padEnd(8)}  ${family.padEnd(15)} ${phase.split('-', 2).join('-').padEnd(11)} ${word.padEnd(28)} ${standing}, ${signer}`,
    ),
  ])
  process.stdout.write(
    `\n${'─'.repeat(80)}\n${rows.map((row) => `  ${row}`.trimEnd()).join('\n')}\n\n`,
  )
  process.stdout.write(`  ${session.seconds()} s\n`)
}
