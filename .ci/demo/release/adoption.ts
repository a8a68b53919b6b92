// What a run recorded becomes the record of the project: proposed, reviewed by one person, adopted by another.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Session, title } from '../session.ts'
import { TEST_PATHS } from '../source.ts'
import {
  ledgerOf,
  type Made,
  type Phase,
  POLICIES,
  PREPARATION,
  SMOKE_PLAN,
  setIdOf,
  snapshotOf,
} from './run.ts'

/** The ledger of the project. */
export const LEDGER = 'ledger'

/** What is packed. */
interface Packing {
  readonly phase: Phase
  readonly ledger: string
  /** What records of tests refer to. */
  readonly tests?: readonly string[]
  /** Folder that the pack is written below. */
  readonly out?: string
}

/** Writes a pack of the release up to the phase, and gives its path: of its run's ledger, or of the project's. */
export function pack(
  session: Session,
  made: Made,
  { phase, ledger, tests = TEST_PATHS, out = `of-${ledger}` }: Packing,
): string {
  const documents = [
    ...[`inner-${made.run}.json`, snapshotOf(made), 'matrix.json', ...PREPARATION, ...tests],
    ...(ledger === LEDGER ? [SMOKE_PLAN] : []),
  ]
  const given = documents.flatMap((path) => ['--document', path])
  const scope = ledger === LEDGER ? [] : ['--run']
  const about = ['--release', setIdOf(made), '--phase', phase, '--ledger', ledger, ...scope]
  session.assay('pack', ...about, ...POLICIES, ...given, '--set', made.set, '--out', out)
  const [folder = ''] = /^(?:pre|post)-deploy/.exec(phase) ?? []
  const { place = 'staging', run } = made
  return `${out}/artifacts/release-evidence/${place}/${run}/${folder}.tar`
}

/** Packs the records of a phase, and takes them into the ledger of the project. */
export function adopt(
  session: Session,
  made: Made,
  phase: Phase,
  packing: Pick<Packing, 'tests' | 'out'> = {},
): void {
  const runKey = signRun(session, ledgerOf(made))
  title(`Pack what run ${made.run} recorded, ${phase}`)
  const ledger = ledgerOf(made)
  const source = pack(session, made, { phase, ledger, ...packing })

  title(`Adopt the pack of run ${made.run}, ${phase}`)
  const name = packing.out ?? `${made.run}-${phase}`
  const candidate = `candidate-${name}.json`
  const review = `review-${name}.sigstore.json`
  const common = [...POLICIES, '--ledger', LEDGER, '--log-key', runKey]
  session.assay('record', 'adoption', 'propose', source, ...common, '--out', candidate)
  const from = [candidate, '--from', source, ...common]
  const decided = ['--decision', 'adopt', '--key', 'rita.key.pem', '--out', review]
  session.assay('record', 'adoption', 'review', ...from, ...decided)
  const signed = ['--review', review, '--reference', 'minutes of the demo', '--key', 'ada.key.pem']
  session.assay('record', 'adoption', 'apply', ...from, ...signed)
}

/** Signs the head of a run that has ended, by which an adoption knows that nothing was left out; gives the file of its key. */
function signRun(session: Session, ledger: string): string {
  const signed = ['--key', 'log.key.pem', '--name', `ledger.example/${ledger}`]
  const { status, stdout, stderr } = session.run(
    'ledger',
    'checkpoint',
    '--ledger',
    ledger,
    ...signed,
  )
  if (status !== 0) throw new Error(`The head was not signed: ${stderr}`)
  writeFileSync(join(session.folder, `${ledger}.vkey`), stdout)
  return `${ledger}.vkey`
}
