// How grave an advisory in a report of npm is: by its word, and by the CVSS vector and score beside it.

import * as z from 'zod/mini'
import type { Severity } from '../advisory.ts'
import { severityOfScore } from '../rating/cvss.ts'
import { rate, type Rating } from '../rating/rating.ts'

/** The member `cvss`; the score is 0 where there is no vector. */
export const NPM_CVSS = z.nullish(
  z.looseObject({
    score: z.nullish(z.number().check(z.gte(0), z.lte(10))),
    vectorString: z.nullish(z.string()),
  }),
)

/** The gravest of them. */
export function rateNpm(word: Severity, cvss: z.infer<typeof NPM_CVSS>): Rating {
  const { score, vectorString } = cvss ?? {}
  return rate([vectorString], [word, severityOfScore(score ?? 0)])
}
