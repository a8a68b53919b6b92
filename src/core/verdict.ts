// A verdict is a tree of checks, each with what was expected and what was found. Renderers show it; nothing else computes it.

import type { Problem } from './result.ts'

/**
 * How a check ended: `rejected`, the evidence is there and is wrong; `missing`, it is not there;
 * `stale`, it was right under an older view; `error`, it could not be judged; `unverified`, it is not there, and whoever asks for it can
 * not make it: only an exception in force lets that pass, which never makes it accepted.
 */
export type Outcome = 'accepted' | 'unverified' | 'rejected' | 'missing' | 'stale' | 'error'

/**
 * One thing that was looked at.
 *
 * @example { name: 'signer', outcome: 'rejected', code: 'verify/signer-unexpected', expected: 'release', found: 'dev' }
 */
export interface Check {
  /** Stable name, kebab-case: what was looked at. */
  readonly name: string
  readonly outcome: Outcome
  /** One sentence for a person, without a final period. */
  readonly message: string
  readonly expected?: string
  readonly found?: string
  /** Why it was not accepted; `docs/errors.md` lists the codes. */
  readonly code?: string
  readonly hint?: string
  readonly because?: readonly Problem[]
  /** The parts this check was made of. */
  readonly checks?: readonly Check[]
}

/** What a check may tell besides its message. */
type CheckFacts = Pick<Check, 'expected' | 'found' | 'hint' | 'because'>

/** A step that found what it should. */
export function acceptedCheck(name: string, message: string, facts: CheckFacts = {}): Check {
  return { name, outcome: 'accepted', message, ...facts }
}

/** A step that did not; `code` says why, and each module takes its own. */
export function refusedCheck<Code extends string>(
  name: string,
  outcome: Exclude<Outcome, 'accepted'>,
  code: Code,
  message: string,
  facts: CheckFacts = {},
): Check & { readonly code: Code } {
  return { name, outcome, code, message, ...facts }
}

/** A run that could not judge something says so before it says that something was wrong. */
const GRAVITY: Readonly<Record<Outcome, number>> = {
  accepted: 0,
  unverified: 1,
  stale: 2,
  missing: 3,
  rejected: 4,
  error: 5,
}

/**
 * The outcome of a whole from the outcomes of its parts: the gravest of them.
 *
 * @returns `missing` for no parts at all, because nothing to check is not a success
 */
export function combineOutcomes(parts: readonly { readonly outcome: Outcome }[]): Outcome {
  if (parts.length === 0) return 'missing'
  return parts.reduce<Outcome>(
    (worst, { outcome }) => (GRAVITY[outcome] > GRAVITY[worst] ? outcome : worst),
    'accepted',
  )
}

/** A check made of other checks; its outcome is computed from theirs. */
export function groupChecks(name: string, message: string, checks: readonly Check[]): Check {
  return { name, outcome: combineOutcomes(checks), message, checks }
}

/** Every check that was not accepted and has no parts of its own: the reasons for a refusal. */
export function failedChecks(check: Check): readonly Check[] {
  if (check.outcome === 'accepted') return []
  const parts = (check.checks ?? []).flatMap(failedChecks)
  return parts.length > 0 ? parts : [check]
}
