// What whoever relies on a signed result expects of it. Nothing of that is taken from the result.

import { acceptedCheck, type Check, type Instant, quote, refusedCheck } from '../../core/index.ts'
import type { GateCode } from '../problem.ts'
import type { UnverifiedResult } from './read-result.ts'
import { hasEnded, judgeAge } from './result-time.ts'
import type { Standing } from './standing.ts'

/** What is expected of a result. */
export interface ResultExpectation {
  readonly verdict: Standing
  /** The gate that it is of; any, where it is not said. */
  readonly gate?: string
  /** The id of the set that it is about. */
  readonly release?: string
  /** SHA-256 of the manifest of that set, in lower-case hex. */
  readonly set?: string
  readonly commit?: string
  /** How long ago it may have been judged. */
  readonly ageMsMax?: number
  /** Whether one that counts the ledger of a single run, which nobody adopted, will do. */
  readonly isRun: boolean
  /** Whether one that rests on exceptions will not do. */
  readonly isStrict: boolean
}

/** Judges whether it is the one that is expected. */
export function judgeExpectation(
  { payload, preimage }: UnverifiedResult,
  expected: ResultExpectation,
  now: Instant,
): readonly Check[] {
  const { verdict, gate, release, set, commit, ageMsMax } = expected
  const subject = (
    name: string,
    word: string | undefined,
    found: string | undefined,
  ): readonly Check[] =>
    word === undefined
      ? []
      : [
          compare(name, 'gate/result-subject', {
            message: `The result is about the expected ${name}`,
            expected: word,
            found,
          }),
        ]
  return [
    compare('verdict', 'gate/result-verdict', {
      message: 'The verdict is the expected one',
      expected: verdict,
      found: payload.verdict,
    }),
    ...(gate === undefined
      ? []
      : [
          compare('gate', 'gate/result-gate', {
            message: 'The result is of the expected gate',
            expected: gate,
            found: preimage.gate,
          }),
        ]),
    ...subject('release', release, preimage.set?.id),
    ...subject('set', set, preimage.set?.sha256),
    ...subject('commit', commit, preimage.commit),
    ...(ageMsMax === undefined ? [] : [judgeAge(preimage, ageMsMax, now)]),
    ...judgeScope(preimage, expected),
    ...judgeExceptions(payload, expected, now),
  ]
}

/** What holds of a run alone says nothing of the project that it is of. */
function judgeScope(
  { scope }: UnverifiedResult['preimage'],
  { isRun }: ResultExpectation,
): readonly Check[] {
  if (scope === undefined) return []
  const message = 'The result counts the ledger of one run, which nobody adopted'
  if (isRun) return [acceptedCheck('scope', message)]
  const hint = 'Where that is what you want, say --run'
  return [refusedCheck<GateCode>('scope', 'rejected', 'gate/result-scope', message, { hint })]
}

/** Told wherever the verdict rests on them; one that has ended since lets nothing through any more. */
function judgeExceptions(
  { exceptions }: UnverifiedResult['payload'],
  { isStrict }: ResultExpectation,
  now: Instant,
): readonly Check[] {
  if (exceptions === undefined) return []
  const told = (some: typeof exceptions) =>
    some.map(({ check, expires }) => `${quote(check)} until ${expires}`).join('; ')
  const found = told(exceptions)
  const message = 'The result continues by exception'
  const ended = exceptions.filter(({ expires }) => hasEnded(expires, now))
  if (!isStrict && ended.length > 0) {
    const facts = { expected: 'exceptions that are in force now', found: told(ended) }
    const over = 'The result continues by an exception that has ended'
    return [refusedCheck<GateCode>('exceptions', 'stale', 'gate/result-exception', over, facts)]
  }
  if (!isStrict) return [acceptedCheck('exceptions', message, { found })]
  const facts = { expected: 'no exception', found }
  return [refusedCheck<GateCode>('exceptions', 'rejected', 'gate/result-exception', message, facts)]
}

/** Whether two texts are the same; what is not there is no text. */
export function compare(
  name: string,
  code: GateCode,
  facts: {
    readonly message: string
    readonly expected: string
    readonly found: string | undefined
  },
): Check {
  const { message, expected, found } = facts
  const shown = {
    expected: quote(expected),
    found: found === undefined ? 'none' : quote(found),
  }
  return expected === found
    ? acceptedCheck(name, message, shown)
    : refusedCheck(name, 'rejected', code, message, shown)
}
