// What a gate, a policy of requirements, a readiness policy or a playbook is asked about.

import type { Check } from '../core/index.ts'

/** The release in question, or, before there is one, the commit that the next one would be built from. */
export interface NamedSubject {
  readonly release?: {
    readonly id: string
    readonly target: string
    readonly channel: string
    /** SHA-256 of the set's manifest, that all its records agree on. */
    readonly digest?: string
  }
  readonly commit?: string
}

/** With what is known against it. */
export interface GateSubject extends NamedSubject {
  /** What speaks against it: where there is anything, nothing is allowed, whatever its evidence shows. */
  readonly against: readonly Check[]
}

/** The same, with more that speaks against it, where anything does. */
export function opposed(
  subject: GateSubject,
  ...checks: readonly (Check | undefined)[]
): GateSubject {
  const more = checks.filter((check) => check !== undefined)
  return more.length === 0 ? subject : { ...subject, against: [...subject.against, ...more] }
}

/** With what everything rests on: over a ledger that is not whole, and by policies that nobody signed who had to, nothing is shown. */
export function onGround(subject: GateSubject, ground: Check): GateSubject {
  return opposed(subject, ground.outcome === 'accepted' ? undefined : ground)
}
