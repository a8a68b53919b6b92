// The three words that a result, a criterion and a stage come to (seed ruling 36).

import { combineOutcomes, type Outcome } from '../../core/index.ts'
import { decidingLists, type Judgement } from '../judgement.ts'

/** `continue`: all that is asked is shown. `missing`: some of it is not there, and nothing else stands against it. `blocked`: all other cases. */
export const STANDINGS = ['continue', 'missing', 'blocked'] as const

/** One of {@link STANDINGS}. */
export type Standing = (typeof STANDINGS)[number]

/** What a single outcome comes to: what is stale, unverified or could not be judged blocks. */
export function standingOf(outcome: Outcome): Standing {
  if (outcome === 'accepted') return 'continue'
  return outcome === 'missing' ? 'missing' : 'blocked'
}

/** What all of them together come to; nothing at all is `missing`. */
export function combineStandings(standings: readonly Standing[]): Standing {
  if (standings.length === 0) return 'missing'
  const weight = (standing: Standing) => STANDINGS.indexOf(standing)
  return standings.reduce((worst, one) => (weight(one) > weight(worst) ? one : worst))
}

/**
 * What a gate, or a policy of requirements, comes to.
 *
 * @param ledger of the ledger that was judged: a gate counts only where it is whole, and what speaks against it counts anyway
 */
export function standingOfJudgement(finding: Judgement, ledger: Outcome): Standing {
  const own = finding.decision === 'no-go' ? standingOfLists(finding) : 'continue'
  return combineStandings([standingOf(ledger), own])
}

function standingOfLists(finding: Judgement): Standing {
  const outcomes = decidingLists(finding).map(({ findings }) =>
    findings.length === 0
      ? standingOf(combineOutcomes(findings))
      : combineStandings(findings.map(({ outcome }) => standingOf(outcome))),
  )
  return combineStandings([
    ...outcomes,
    ...finding.subject.against.map(({ outcome }) => standingOf(outcome)),
  ])
}
