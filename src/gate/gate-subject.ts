// What a gate, a policy of requirements, a readiness policy or a playbook is asked about.

import { type Check, groupChecks } from '../core/index.ts'

/** The release in question, or, before there is one, the commit that the next one would be built from. */
export interface GateSubject {
  readonly release?: {
    readonly id: string
    readonly target: string
    readonly channel: string
    /** SHA-256 of the set's manifest, that all its records agree on. */
    readonly digest?: string
  }
  readonly commit?: string
  /** What speaks against it: whatever its evidence shows, nothing is allowed. Absent where nothing does. */
  readonly unsound?: Check
}

/** The same, with more that speaks against it, where anything does. */
export function withUnsound(
  subject: GateSubject,
  ...checks: readonly (Check | undefined)[]
): GateSubject {
  const all = [subject.unsound, ...checks].filter((check) => check !== undefined)
  const [first, ...others] = all
  if (first === undefined) return subject
  const joined = others.length === 0 ? first : groupChecks('sound', 'What speaks against it', all)
  return { ...subject, unsound: joined }
}

/** With its ledger: of one that is not whole, nothing is shown. */
export function withLedger(subject: GateSubject, ledger: Check): GateSubject {
  return withUnsound(subject, ledger.outcome === 'accepted' ? undefined : ledger)
}
