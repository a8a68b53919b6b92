// The base score of a CVSS vector, versions 3.0 and 3.1 (CVSS v3.1 specification, 7.1 and appendix A). Scores of version 4 come of
// tables, and those of version 2 know nothing critical: of both, whoever publishes an advisory says the word.

import type { Severity } from '../advisory.ts'

const VECTOR =
  /^CVSS:3\.[01]\/AV:(?<AV>[NALP])\/AC:(?<AC>[LH])\/PR:(?<PR>[NLH])\/UI:(?<UI>[NR])\/S:(?<S>[UC])\/C:(?<C>[NLH])\/I:(?<I>[NLH])\/A:(?<A>[NLH])(?:\/[A-Z]{1,3}:[A-Z])*$/

const ATTACK_VECTOR: Readonly<Record<string, number>> = { N: 0.85, A: 0.62, L: 0.55, P: 0.2 }
const COMPLEXITY: Readonly<Record<string, number>> = { L: 0.77, H: 0.44 }
const INTERACTION: Readonly<Record<string, number>> = { N: 0.85, R: 0.62 }
const IMPACT: Readonly<Record<string, number>> = { N: 0, L: 0.22, H: 0.56 }
const PRIVILEGES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  U: { N: 0.85, L: 0.62, H: 0.27 },
  C: { N: 0.85, L: 0.68, H: 0.5 },
}

/** The score of a vector; nothing for another version, or for what is no vector. */
export function scoreOfVector(vector: string): number | undefined {
  const parts = VECTOR.exec(vector)?.groups
  if (parts === undefined) return undefined
  const weigh = (name: string, weights: Readonly<Record<string, number>>) =>
    weights[parts[name] as string] as number
  const isChanged = parts['S'] === 'C'
  const base = 1 - (1 - weigh('C', IMPACT)) * (1 - weigh('I', IMPACT)) * (1 - weigh('A', IMPACT))
  const impact = isChanged ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base
  if (impact <= 0) return 0
  const exploitability =
    8.22 *
    weigh('AV', ATTACK_VECTOR) *
    weigh('AC', COMPLEXITY) *
    weigh('PR', PRIVILEGES[parts['S'] as string] as Readonly<Record<string, number>>) *
    weigh('UI', INTERACTION)
  return roundUp(Math.min((isChanged ? 1.08 : 1) * (impact + exploitability), 10))
}

/** Appendix A: the smallest number of one decimal that is no smaller, as computers of all kinds compute it. */
function roundUp(score: number): number {
  const whole = Math.round(score * 100_000)
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10
}

/** The word for a score (section 5, qualitative severity rating scale). */
export function severityOfScore(score: number): Severity {
  if (score >= 9) return 'critical'
  if (score >= 7) return 'high'
  if (score >= 4) return 'moderate'
  return score > 0 ? 'low' : 'info'
}
