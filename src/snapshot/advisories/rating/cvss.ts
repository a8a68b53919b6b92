// The base score of a CVSS vector: versions 3.0 and 3.1 (CVSS v3.1 specification, 7.1 and appendix A), and version 2 (CVSS v2 guide,
// 3.2.1). Scores of version 4 come of tables, which are not here: a vector of it has no score.

import type { Severity } from '../advisory.ts'

/** What each value of each metric of a version weighs. */
type Weights = Readonly<Record<string, Readonly<Record<string, number>>>>

const IMPACT_3 = { N: 0, L: 0.22, H: 0.56 }
const WEIGHTS_3 = {
  AV: { N: 0.85, A: 0.62, L: 0.55, P: 0.2 },
  AC: { L: 0.77, H: 0.44 },
  // Of an unchanged scope.
  PR: { N: 0.85, L: 0.62, H: 0.27 },
  UI: { N: 0.85, R: 0.62 },
  S: { U: 0, C: 1 },
  C: IMPACT_3,
  I: IMPACT_3,
  A: IMPACT_3,
} as const satisfies Weights

const PRIVILEGES_CHANGED: ReadonlyMap<number, number> = new Map([
  [0.62, 0.68],
  [0.27, 0.5],
])

const IMPACT_2 = { N: 0, P: 0.275, C: 0.66 }
const WEIGHTS_2 = {
  AV: { L: 0.395, A: 0.646, N: 1 },
  AC: { H: 0.35, M: 0.61, L: 0.71 },
  Au: { M: 0.45, S: 0.56, N: 0.704 },
  C: IMPACT_2,
  I: IMPACT_2,
  A: IMPACT_2,
} as const satisfies Weights

/** The score of a vector, its metrics in any order; nothing for another version, or for what is no vector. */
export function scoreOfVector(vector: string): number | undefined {
  const [, metrics] = /^CVSS:3\.[01]\/(.*)$/.exec(vector) ?? []
  if (metrics !== undefined) {
    const weights = weigh(metrics, WEIGHTS_3)
    return weights === undefined ? undefined : scoreOf3(weights)
  }
  const weights = weigh(vector, WEIGHTS_2)
  return weights === undefined ? undefined : scoreOf2(weights)
}

/** The weight of each metric of the base; nothing where one is absent, stands twice, or has a value that does not exist. */
function weigh<W extends Weights>(
  vector: string,
  weights: W,
): Readonly<Record<keyof W, number>> | undefined {
  const parts = vector.split('/').map((part) => /^([A-Za-z]{1,3}):([A-Z]{1,3})$/.exec(part) ?? [])
  const values = new Map(parts.map(([, name, value]) => [name ?? '', value ?? '']))
  if (values.size !== parts.length || values.has('')) return undefined
  const found: [string, number][] = []
  for (const [name, known] of Object.entries(weights)) {
    const weight = Object.entries(known).find(([value]) => value === values.get(name))?.[1]
    if (weight === undefined) return undefined
    found.push([name, weight])
  }
  return Object.fromEntries(found) as Record<keyof W, number>
}

function scoreOf3({ AV, AC, PR, UI, S, C, I, A }: Record<keyof typeof WEIGHTS_3, number>): number {
  const isChanged = S === 1
  const base = 1 - (1 - C) * (1 - I) * (1 - A)
  const impact = isChanged ? 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15 : 6.42 * base
  if (impact <= 0) return 0
  const privileges = (isChanged ? PRIVILEGES_CHANGED.get(PR) : undefined) ?? PR
  const exploitability = 8.22 * AV * AC * privileges * UI
  return roundUp(Math.min((isChanged ? 1.08 : 1) * (impact + exploitability), 10))
}

function scoreOf2({ AV, AC, Au, C, I, A }: Record<keyof typeof WEIGHTS_2, number>): number {
  const impact = 10.41 * (1 - (1 - C) * (1 - I) * (1 - A))
  if (impact === 0) return 0
  return Math.round((0.6 * impact + 0.4 * 20 * AV * AC * Au - 1.5) * 1.176 * 10) / 10
}

/** Appendix A: the smallest number of one decimal that is no smaller, as computers of all kinds compute it. */
function roundUp(score: number): number {
  const whole = Math.round(score * 100_000)
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10
}

/**
 * The word for a score (version 3.1, section 5, qualitative severity rating scale). A score of version 2 has no word of its own for what
 * is critical; it is held to the same scale, so that it makes nothing milder.
 */
export function severityOfScore(score: number): Severity {
  if (score >= 9) return 'critical'
  if (score >= 7) return 'high'
  if (score >= 4) return 'moderate'
  return score > 0 ? 'low' : 'info'
}
