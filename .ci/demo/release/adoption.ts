// What a run recorded becomes the record of the project: proposed, reviewed by one person, adopted by another.

import { type Session, title } from '../session.ts'
import { ledgerOf, type Made, type Phase, POLICIES } from './run.ts'

/** The ledger of the project. */
export const LEDGER = 'ledger'

/** Takes the records of a phase into the ledger of the project. */
export function adopt(session: Session, made: Made, phase: Phase): void {
  title(`Adopt what run ${made.run} recorded, ${phase}`)
  const source = ledgerOf(made)
  const candidate = `candidate-${made.run}-${phase}.json`
  const review = `review-${made.run}-${phase}.sigstore.json`
  const common = [...POLICIES, '--ledger', LEDGER]
  session.assay(
    'record',
    'adoption',
    'propose',
    source,
    ...common,
    '--phase',
    phase,
    '--out',
    candidate,
  )
  const from = [candidate, '--from', source, ...common]
  const decided = ['--decision', 'adopt', '--key', 'rita.key.pem', '--out', review]
  session.assay('record', 'adoption', 'review', ...from, ...decided)
  const signed = ['--review', review, '--reference', 'minutes of the demo', '--key', 'ada.key.pem']
  session.assay('record', 'adoption', 'apply', ...from, ...signed)
}
