// Log entries and timestamps beside a signature that a key has made. The key stands for itself; they add a time, and a place in a log.

import type { Check } from '../../core/index.ts'
import type { LogKey, NamedRoot, TrustedRoot } from '../../trust/index.ts'
import { checkNotLater, judgeEvidence } from './evidence.ts'
import { describeEnded } from './ended.ts'
import { checkSecondVerifier } from './second/second-verifier.ts'
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
  const second =
    isWhole && judged.every(({ outcome }) => outcome === 'accepted')
      ? checkSecondVerifier(question, joinRoots(question.roots), { key })
      : []
  return {
    checks: [...judged, ...second, ...describeEnded(evidence.witnesses, question)],
    times: evidence.times,
    logEntries: evidence.entries.length,
    timestamps: evidence.timestamps,
    notJudged,
  }
}

/** No root vouches for the key, so that each of its witnesses may be of another one. */
function joinRoots(named: readonly NamedRoot[]): TrustedRoot {
  const roots = named.map(({ root }) => root)
  return {
    transparencyLogs: roots.flatMap((root) => root.transparencyLogs),
    certificateLogs: roots.flatMap((root) => root.certificateLogs),
    unusableLogs: roots.flatMap((root) => root.unusableLogs),
    certificateAuthorities: roots.flatMap((root) => root.certificateAuthorities),
    timestampAuthorities: roots.flatMap((root) => root.timestampAuthorities),
  }
}
