// Log entries and timestamps beside a signature that a key has made. The key stands for itself; they add a time, and a place in a log.

import type { Check } from '../../core/index.ts'
import type { LogKey } from '../../trust/index.ts'
import { checkNotLater, judgeEvidence } from './evidence.ts'
import { describeEnded } from './ended.ts'
import { checkSecondVerifier } from './second-verifier.ts'
import type { MaterialQuestion, WitnessFinding } from './sigstore.ts'

/** No root can judge these: nothing is known of them, for or against the signature. */
const UNJUDGED = {
  logEntries: 'verify/log-unknown',
  timestamps: 'verify/timestamp-authority-unknown',
} as const

/** See {@link Sigstore.judgeWitnesses}. */
export function judgeWitnesses(
  question: MaterialQuestion & { readonly key: LogKey },
): WitnessFinding {
  const { key, asOf } = question
  const evidence = judgeEvidence(question, { spki: key.spki })
  const count = (unjudged: string): number =>
    evidence.checks.filter(({ code }) => code === unjudged).length
  const notJudged = {
    logEntries: count(UNJUDGED.logEntries),
    timestamps: count(UNJUDGED.timestamps),
  }
  const unjudged: readonly (string | undefined)[] = Object.values(UNJUDGED)
  const judged: readonly Check[] = [
    ...evidence.checks.filter(({ code }) => !unjudged.includes(code)),
    ...checkNotLater(evidence.times, asOf),
  ]
  const isWhole = notJudged.logEntries + notJudged.timestamps === 0
  const second = isWhole && isAccepted(judged) ? secondOpinion(question) : []
  return {
    checks: [...judged, ...second, ...describeEnded(evidence.witnesses, question.now)],
    times: evidence.times,
    logEntries: evidence.entries.length,
    timestamps: evidence.timestamps,
    notJudged,
  }
}

function isAccepted(checks: readonly Check[]): boolean {
  return checks.every(({ outcome }) => outcome === 'accepted')
}

/** Asked of each root that knows something of the bundle would be asked too much: any one that agrees is enough. */
function secondOpinion(question: MaterialQuestion & { readonly key: LogKey }): readonly Check[] {
  const opinions = question.roots.map((root) =>
    checkSecondVerifier(question, root, { key: question.key }),
  )
  return opinions.find(isAccepted) ?? opinions[0] ?? []
}
