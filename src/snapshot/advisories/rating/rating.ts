// How grave somebody says that an advisory is: in words, and in CVSS vectors.

import { gravest, type Severity, titleOf } from '../advisory.ts'
import { scoreOfVector, severityOfScore } from './cvss.ts'

/** What all ratings of an advisory come to. */
export interface Rating {
  /** The gravest of those that are understood. */
  readonly severity?: Severity
  /** Those that are there and not understood, where no other is: somebody rated it, and nobody here knows how. */
  readonly unscored?: readonly string[]
}

/** Of npm, GitHub, Red Hat and Ubuntu; none of them is bound to a case. */
const WORDS: ReadonlyMap<string, Severity> = new Map([
  ['none', 'info'],
  ['info', 'info'],
  ['negligible', 'info'],
  ['low', 'low'],
  ['moderate', 'moderate'],
  ['medium', 'moderate'],
  ['high', 'high'],
  ['important', 'high'],
  ['critical', 'critical'],
])

/** What rates nothing. */
const SILENT: ReadonlySet<string> = new Set(['', 'unknown'])

/**
 * Joins ratings: who says that an advisory is mild takes nothing back of what another says.
 *
 * @param said words and vectors, as a report has them
 * @param known ratings that need no reading
 */
export function rate(said: readonly unknown[], known: readonly Severity[] = []): Rating {
  const texts = said
    .filter((each) => each !== undefined && each !== null)
    // Whatever is no text is no rating that is known.
    .map((each) => titleOf(typeof each === 'string' ? each : JSON.stringify(each)) ?? '')
    .filter((text) => !SILENT.has(text.toLowerCase()))
  const severity = gravest([...known, ...texts.flatMap((text) => severityOf(text) ?? [])])
  if (severity !== undefined) return { severity }
  return texts.length === 0 ? {} : { unscored: [...new Set(texts)].toSorted() }
}

function severityOf(text: string): Severity | undefined {
  const word = WORDS.get(text.toLowerCase())
  if (word !== undefined) return word
  const score = scoreOfVector(text)
  return score === undefined ? undefined : severityOfScore(score)
}
