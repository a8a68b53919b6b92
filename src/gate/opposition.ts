// What was signed against a release and stands (seed ruling 30): it is asked of every release, whatever a policy asks for.

import { type Check, type Instant, membersOf, quote, refusedCheck } from '../core/index.ts'
import type { Evidence, EvidenceIndex } from '../policy/index.ts'
import { type GateSubject, opposed } from './gate-subject.ts'
import type { GateCode } from './problem.ts'

/** What speaks against a release by its family, and how it is said. */
const OPPOSING = [
  { family: 'incident', status: 'open', message: 'An incident is open' },
  { family: 'deployment', status: 'drift', message: 'Another set was found deployed' },
  { family: 'approval', status: 'rejected', message: 'Somebody decided against the release' },
] as const

/** One of the families that may speak against a release. */
export type OpposingFamily = (typeof OPPOSING)[number]['family']

/** All of them. */
export const OPPOSING_FAMILIES: readonly OpposingFamily[] = OPPOSING.map(({ family }) => family)

/** The release with what speaks against it: its records and their ledger, and whatever was signed against it and not made good. */
export function withOpposition(
  subject: GateSubject,
  evidence: EvidenceIndex,
  now: Instant,
  families: readonly OpposingFamily[] = OPPOSING_FAMILIES,
): GateSubject {
  const { release, commit } = subject
  const opposing = OPPOSING.filter(({ family }) => families.includes(family)).flatMap(
    ({ family, status, message }) =>
      (['set', 'commit'] as const)
        .flatMap((about) => evidence.select({ family, about }, { release, commit, now }))
        .filter((piece) => piece.computed.status === status)
        // An incident is closed by its own records, and by nothing else.
        .filter((piece) => family === 'incident' || !evidence.isOvertaken(piece))
        .map((piece) => checkOf(piece, family, message)),
  )
  return opposed(subject, ...opposing)
}

function checkOf(
  { sha256, index, signer, predicate }: Evidence,
  family: OpposingFamily,
  message: string,
): Check {
  const { incident } = membersOf(predicate)
  const name = typeof incident === 'string' ? ` ${quote(incident)}` : ''
  const found = `${family}${name} ${sha256} at entry ${index}, by ${quote(signer.principal)}`
  return refusedCheck<GateCode>('opposition', 'rejected', 'gate/release-opposed', message, {
    found,
  })
}
